// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli;

import io.ifbus.sip.cli.api.ExitCode;
import io.ifbus.sip.cli.api.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "redirect",
        description = "Sends the caller of a call that is offered to the API elsewhere.",
        footer = {"", "Example:", "  ifbus redirect 3f1c2a9e sip:carol@example.com"})
final class RedirectCommand extends CallOrder {

    @Parameters(index = "1", paramLabel = "TARGET", description = "SIP URI that the caller shall try instead.")
    private String target;

    RedirectCommand(Session session) {
        super(session);
    }

    @Override
    ExitCode run(String uuid) {
        return accepted(
                session.api().post(path(uuid, "/redirect"), Json.object().put("target", target)), uuid, "redirecting");
    }
}
