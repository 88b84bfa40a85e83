// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli;

import io.ifbus.sip.cli.api.Event;
import io.ifbus.sip.cli.api.ExitCode;
import io.ifbus.sip.cli.api.Query;
import io.ifbus.sip.cli.text.Events;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "watch",
        description = {
            "Follows the events of the server, one line each (with --json, one document each), until Ctrl-C.",
            "When the connection breaks it is made again, and goes on after the last event seen."
        },
        footer = {"", "Example:", "  ifbus watch --type call_state_changed"})
final class WatchCommand extends ApiCommand {

    @Option(names = "--call", paramLabel = "CALL", description = "Only events of this call; repeatable.")
    private final List<String> calls = new ArrayList<>();

    @Option(
            names = "--type",
            paramLabel = "T",
            description = "Only events of this type, such as incoming_call; repeatable.")
    private final List<String> types = new ArrayList<>();

    WatchCommand(Session session) {
        super(session);
    }

    @Override
    ExitCode run() {
        Query query = new Query()
                .withEach(
                        "call",
                        calls.stream().map(call -> session.calls().uuid(call)).toList())
                .withEach("type", types);
        session.follows(true);
        try {
            session.events().follow("/v1/events" + query, this::show);
        } finally {
            session.follows(false);
        }
        return ExitCode.DONE;
    }

    /** Whether anybody still reads. */
    private boolean show(Event event) {
        session.console().print(session.json() ? Events.json(event) : Events.line(event, style()));
        return session.console().isRead();
    }
}
