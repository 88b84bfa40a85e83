// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.ifbus.sip.cli.api.Event;
import io.ifbus.sip.cli.api.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Events as lines: time, type, call, state, the two parties, and then whatever else there is as name=value. */
public final class Events {

    private static final Set<String> SHOWN =
            Set.of("event_id", "type", "event", "timestamp", "call_id", "trace_id", "state", "from", "to", "sequence");

    private Events() {}

    /** One line for people. */
    public static String line(Event event, Style style) {
        Optional<JsonNode> data = Json.parse(event.data()).filter(JsonNode::isObject);
        if (data.isEmpty()) {
            return Words.clean(event.type() + "  " + event.data());
        }
        JsonNode fields = data.get();
        List<String> words = new ArrayList<>();
        words.add(Words.time(fields, "timestamp"));
        words.add(style.paint(Words.clean(event.type()), event.type()));
        if (fields.has("call_id")) {
            String state = Words.field(fields, "state");
            words.add(Json.uuid(Words.field(fields, "call_id")));
            words.add(style.paint(state, state));
        }
        if (fields.has("from") || fields.has("to")) {
            words.add(Words.field(fields, "from") + " -> " + Words.field(fields, "to"));
        }
        for (Map.Entry<String, JsonNode> field : fields.properties()) {
            String value = Words.value(field.getValue());
            if (!SHOWN.contains(field.getKey()) && !value.isEmpty()) {
                words.add(Words.clean(field.getKey()) + "=" + value);
            }
        }
        return String.join("  ", words);
    }

    /** One JSON document on one line, as it came wherever that is one. */
    public static String json(Event event) {
        if (event.data().indexOf('\n') < 0) {
            return event.data();
        }
        // line feeds are no part of a JSON string, so only the form is lost
        return Json.parse(event.data())
                .map(JsonNode::toString)
                .orElse(event.data().replace('\n', ' '));
    }
}
