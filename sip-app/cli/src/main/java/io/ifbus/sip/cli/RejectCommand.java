// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ifbus.sip.cli.api.ExitCode;
import io.ifbus.sip.cli.api.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "reject",
        description = "Refuses a call that is offered to the API.",
        footer = {"", "Example:", "  ifbus reject 3f1c2a9e --code 486"})
final class RejectCommand extends CallOrder {

    @Option(names = "--code", paramLabel = "N", description = "SIP status to refuse with; the API has a default.")
    private Integer code;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Its reason phrase.")
    private String reason;

    RejectCommand(Session session) {
        super(session);
    }

    @Override
    ExitCode run(String uuid) {
        ObjectNode body = Json.object();
        if (code != null) {
            body.put("code", code);
        }
        if (reason != null) {
            body.put("reason", reason);
        }
        return accepted(session.api().post(path(uuid, "/reject"), body), uuid, "rejecting");
    }
}
