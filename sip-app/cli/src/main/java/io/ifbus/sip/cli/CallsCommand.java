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
        name = "calls",
        description = "Lists calls, newest first.",
        footer = {"", "Example:", "  ifbus calls --state connected --limit 20"})
final class CallsCommand extends ApiCommand {

    @Option(names = "--state", paramLabel = "S", description = "Only calls in this state, such as ringing.")
    private String state;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many, 1 to 1000 (the API's default: 100).")
    private Integer limit;

    @Option(names = "--offset", paramLabel = "N", description = "Leave out the first N.")
    private Integer offset;

    CallsCommand(Session session) {
        super(session);
    }

    @Override
    ExitCode run() {
        Query query = new Query().with("offset", offset).with("limit", limit).with("state", state);
        session.show(session.api().get("/v1/calls" + query), this::table);
        return ExitCode.DONE;
    }

    private String table(JsonNode answer) {
        List<JsonNode> calls = Json.items(answer, "calls");
        int total = answer.path("total").asInt(calls.size());
        String table = calls.isEmpty() ? "No calls.\n" : Listings.calls(calls, style());
        int seen = answer.path("offset").asInt(0) + calls.size();
        return seen < total && !calls.isEmpty() ? table + seen + " of " + total + "; more: --offset " + seen : table;
    }
}
