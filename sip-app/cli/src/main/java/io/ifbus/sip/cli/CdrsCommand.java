// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.ifbus.sip.cli.api.ExitCode;
import io.ifbus.sip.cli.api.Json;
import io.ifbus.sip.cli.api.Query;
import io.ifbus.sip.cli.text.Listings;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "cdrs",
        description = "Lists the detail records of calls that have ended, the last one first.",
        footer = {"", "Example:", "  ifbus cdrs --since 2h --result busy"})
final class CdrsCommand extends ApiCommand {

    @Option(names = "--from", paramLabel = "URI", description = "Only calls from there.")
    private String from;

    @Option(names = "--to", paramLabel = "URI", description = "Only calls to there.")
    private String to;

    @Option(
            names = "--result",
            paramLabel = "R",
            description = "Only calls that ended so: completed, no_answer, busy, failed or cancelled.")
    private String result;

    @Option(names = "--direction", paramLabel = "D", description = "Only inbound or only outbound calls.")
    private String direction;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Ended then or later: 2026-01-02T03:04:05Z, or so long ago: 90s, 15m, 2h, 7d.")
    private String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Ended before that; written like --since.")
    private String until;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many.")
    private Integer limit;

    @Option(names = "--cursor", paramLabel = "CURSOR", description = "Go on where the list before ended.")
    private String cursor;

    CdrsCommand(Session session) {
        super(session);
    }

    @Override
    ExitCode run() {
        Query query = new Query()
                .with("from", from)
                .with("to", to)
                .with("result", result)
                .with("direction", direction)
                .with("since", Moment.of(since, session.now()))
                .with("until", Moment.of(until, session.now()))
                .with("limit", limit)
                .with("cursor", cursor);
        session.show(session.api().get("/v1/cdrs" + query), this::table);
        return ExitCode.DONE;
    }

    private String table(JsonNode answer) {
        List<JsonNode> cdrs = Json.items(answer, "cdrs");
        String table = cdrs.isEmpty() ? "No records.\n" : Listings.cdrs(cdrs, style());
        String next = word(answer, "next_cursor");
        return next.equals("-") ? table : table + "more: --cursor " + next;
    }
}
