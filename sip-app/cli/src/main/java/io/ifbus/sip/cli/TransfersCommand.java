// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.ifbus.sip.cli.api.ExitCode;
import io.ifbus.sip.cli.api.Json;
import io.ifbus.sip.cli.text.Listings;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
        name = "transfers",
        description = "Lists the transfers of a call.",
        footer = {"", "Example:", "  ifbus transfers 3f1c2a9e"})
final class TransfersCommand extends CallOrder {

    TransfersCommand(Session session) {
        super(session);
    }

    @Override
    ExitCode run(String uuid) {
        session.show(session.api().get(path(uuid, "/transfers")), this::table);
        return ExitCode.DONE;
    }

    private String table(JsonNode answer) {
        List<JsonNode> transfers = Json.items(answer, "transfers");
        return transfers.isEmpty() ? "No transfers." : Listings.transfers(transfers, style());
    }
}
