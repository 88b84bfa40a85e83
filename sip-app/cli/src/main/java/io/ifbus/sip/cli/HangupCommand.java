// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli;

import io.ifbus.sip.cli.api.ExitCode;
import io.ifbus.sip.cli.api.Failure;
import io.ifbus.sip.cli.api.Query;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "hangup",
        description = {
            "Hangs up calls: those named, or all, or those that fit every one of --state, --from and --to.",
            "Of several named calls each is tried, also when one before is refused."
        },
        footer = {"", "Examples:", "  ifbus hangup 3f1c2a9e", "  ifbus hangup --state ringing"})
final class HangupCommand extends ApiCommand {

    @Parameters(paramLabel = "CALL", arity = "0..*", description = "The calls.")
    private final List<String> calls = new ArrayList<>();

    @Option(names = "--all", description = "Every call.")
    private boolean all;

    @Option(names = "--state", paramLabel = "S", description = "The calls in this state.")
    private String state;

    @Option(names = "--from", paramLabel = "URI", description = "The calls from there.")
    private String from;

    @Option(names = "--to", paramLabel = "URI", description = "The calls to there.")
    private String to;

    @Spec
    private CommandSpec spec;

    HangupCommand(Session session) {
        super(session);
    }

    @Override
    ExitCode run() {
        Query filter = new Query().with("state", state).with("from", from).with("to", to);
        int ways = (calls.isEmpty() ? 0 : 1) + (all ? 1 : 0) + (filter.isEmpty() ? 0 : 1);
        if (ways != 1) {
            throw new ParameterException(
                    spec.commandLine(), "which calls? Name some, or say --all, or give --state, --from or --to");
        }
        return calls.isEmpty() ? many(all ? new Query().with("all", true) : filter) : named();
    }

    private ExitCode many(Query filter) {
        session.show(
                session.api().delete("/v1/calls" + filter), answer -> "hanging up " + word(answer, "count") + " calls");
        return ExitCode.DONE;
    }

    private ExitCode named() {
        // all names first: a wrong one hangs up nothing
        List<String> uuids =
                calls.stream().map(session.calls()::uuid).distinct().toList();
        ExitCode worst = ExitCode.DONE;
        for (String uuid : uuids) {
            worst = worst.or(hangUp(uuid));
        }
        return worst;
    }

    private ExitCode hangUp(String uuid) {
        try {
            return accepted(session.api().delete("/v1/calls/" + uuid), uuid, "hanging up");
        } catch (Failure e) {
            session.console().complain(uuid + ": " + e.getMessage());
            return e.code();
        }
    }
}
