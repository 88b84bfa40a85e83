// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli;

import io.ifbus.sip.cli.api.ExitCode;
import io.ifbus.sip.cli.text.Details;
import picocli.CommandLine.Command;

@Command(
        name = "show",
        description = "Shows all of one call.",
        footer = {"", "Example:", "  ifbus show 3f1c2a9e"})
final class ShowCommand extends CallOrder {

    ShowCommand(Session session) {
        super(session);
    }

    @Override
    ExitCode run(String uuid) {
        session.show(session.api().get(path(uuid, "")), call -> Details.of(call, style()));
        return ExitCode.DONE;
    }
}
