// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli;

import io.ifbus.sip.cli.api.ExitCode;
import io.ifbus.sip.cli.api.Json;
import picocli.CommandLine.Command;

@Command(
        name = "ring",
        description = "Lets the caller of a call that is offered to the API hear ringing.",
        footer = {"", "Example:", "  ifbus ring 3f1c2a9e"})
final class RingCommand extends CallOrder {

    RingCommand(Session session) {
        super(session);
    }

    @Override
    ExitCode run(String uuid) {
        return accepted(session.api().post(path(uuid, "/ring"), Json.object()), uuid, "ringing");
    }
}
