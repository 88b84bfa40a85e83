// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.ifbus.sip.cli.api.ExitCode;
import io.ifbus.sip.cli.api.Json;
import io.ifbus.sip.cli.text.Listings;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
        name = "routes",
        description = "Lists the inbound routes, in the order in which they are tried.",
        footer = {"", "Example:", "  ifbus routes"})
final class RoutesCommand extends ApiCommand {

    RoutesCommand(Session session) {
        super(session);
    }

    @Override
    ExitCode run() {
        session.show(session.api().get("/v1/routes"), this::table);
        return ExitCode.DONE;
    }

    private String table(JsonNode answer) {
        List<JsonNode> routes = Json.items(answer, "routes");
        return routes.isEmpty() ? "No routes." : Listings.routes(routes, style());
    }
}
