// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.ifbus.sip.cli.api.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The API's lists as tables. */
public final class Listings {

    private static final int SHORTEST_ID = 8;

    private Listings() {}

    public static String calls(List<JsonNode> calls, Style style) {
        Table table = new Table("CALL", "STATE", "DIRECTION", "FROM", "TO", "CREATED", "SECONDS", "RESULT", "CAUSE");
        int length = idLength(calls.stream().map(call -> id(call, "call_id")).toList());
        for (JsonNode call : calls) {
            table.row(
                    head(id(call, "call_id"), length),
                    Words.field(call, "state"),
                    Words.field(call, "direction"),
                    Words.field(call, "from"),
                    Words.field(call, "to"),
                    Words.time(call, "created_at"),
                    Words.field(call, "duration"),
                    Words.field(call, "result"),
                    Words.cause(call));
        }
        return table.render(style);
    }

    public static String transfers(List<JsonNode> transfers, Style style) {
        Table table = new Table("TRANSFER", "KIND", "METHOD", "TRANSFEROR", "TARGET", "STATE", "CODE", "REASON");
        for (JsonNode transfer : transfers) {
            table.row(
                    id(transfer, "transfer_id"),
                    Words.field(transfer, "kind"),
                    Words.field(transfer, "method"),
                    Words.field(transfer, "transferor"),
                    Words.field(transfer, "target"),
                    Words.field(transfer, "state"),
                    Words.field(transfer, "code"),
                    Words.field(transfer, "reason"));
        }
        return table.render(style);
    }

    public static String cdrs(List<JsonNode> cdrs, Style style) {
        Table table = new Table("CALL", "START", "END", "SECONDS", "RESULT", "FROM", "TO", "CAUSE");
        for (JsonNode cdr : cdrs) {
            table.row(
                    id(cdr, "call_id"),
                    Words.time(cdr, "start_time"),
                    Words.time(cdr, "end_time"),
                    Words.field(cdr, "duration"),
                    Words.field(cdr, "result"),
                    Words.field(cdr, "from"),
                    Words.field(cdr, "to"),
                    Words.cause(cdr));
        }
        return table.render(style);
    }

    public static String routes(List<JsonNode> routes, Style style) {
        Table table = new Table("NAME", "TO", "FROM", "HEADERS", "REGION", "TARGET");
        for (JsonNode route : routes) {
            table.row(
                    Words.field(route, "name"),
                    Words.field(route, "to"),
                    Words.field(route, "from"),
                    Words.field(route, "headers"),
                    Words.field(route, "region"),
                    Words.field(route, "target"));
        }
        return table.render(style);
    }

    private static String id(JsonNode object, String field) {
        return Json.uuid(Words.field(object, field));
    }

    private static String head(String id, int length) {
        return id.length() > length ? id.substring(0, length) : id;
    }

    /** The first characters of an id that tell it from all others, 8 at least. */
    private static int idLength(List<String> ids) {
        int length = SHORTEST_ID;
        while (length < 36 && !differ(ids, length)) {
            length++;
        }
        return length;
    }

    private static boolean differ(List<String> ids, int length) {
        Set<String> heads = new HashSet<>();
        return ids.stream().allMatch(id -> heads.add(head(id, length)));
    }
}
