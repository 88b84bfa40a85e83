// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli;

import io.ifbus.sip.cli.api.ExitCode;
import picocli.CommandLine.Command;

@Command(
        name = "resume",
        description = "Takes a call off hold.",
        footer = {"", "Example:", "  ifbus resume 3f1c2a9e"})
final class ResumeCommand extends CallOrder {

    ResumeCommand(Session session) {
        super(session);
    }

    @Override
    ExitCode run(String uuid) {
        return accepted(session.api().delete(path(uuid, "/hold")), uuid, "resuming");
    }
}
