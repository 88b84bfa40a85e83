// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ifbus.sip.cli.api.ExitCode;
import io.ifbus.sip.cli.api.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "dtmf",
        description = "Sends digits to a party of a call.",
        footer = {"", "Example:", "  ifbus dtmf 3f1c2a9e '1234#'"})
final class DtmfCommand extends CallOrder {

    @Parameters(index = "1", paramLabel = "DIGITS", description = "Of 0-9, *, # and A-D.")
    private String digits;

    @Option(
            names = "--party",
            paramLabel = "PARTY",
            description = "Who gets them: ${COMPLETION-CANDIDATES}; the API has a default.")
    private Party party;

    DtmfCommand(Session session) {
        super(session);
    }

    @Override
    ExitCode run(String uuid) {
        ObjectNode body = Json.object().put("digits", digits);
        if (party != null) {
            body.put("party", party.toString());
        }
        return accepted(session.api().post(path(uuid, "/dtmf"), body), uuid, "sending digits");
    }
}
