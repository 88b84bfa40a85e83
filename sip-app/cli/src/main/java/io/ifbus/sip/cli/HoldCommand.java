// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli;

import io.ifbus.sip.cli.api.ExitCode;
import picocli.CommandLine.Command;

@Command(
        name = "hold",
        description = "Puts a call on hold.",
        footer = {"", "Example:", "  ifbus hold 3f1c2a9e"})
final class HoldCommand extends CallOrder {

    HoldCommand(Session session) {
        super(session);
    }

    @Override
    ExitCode run(String uuid) {
        return accepted(session.api().put(path(uuid, "/hold")), uuid, "going on hold");
    }
}
