// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli;

import io.ifbus.sip.cli.api.ExitCode;
import io.ifbus.sip.cli.api.Json;
import picocli.CommandLine.Command;

@Command(
        name = "answer",
        description = "Answers a call that is offered to the API.",
        footer = {"", "Example:", "  ifbus answer 3f1c2a9e"})
final class AnswerCommand extends CallOrder {

    AnswerCommand(Session session) {
        super(session);
    }

    @Override
    ExitCode run(String uuid) {
        return accepted(session.api().post(path(uuid, "/answer"), Json.object()), uuid, "answering");
    }
}
