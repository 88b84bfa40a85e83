// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.ifbus.sip.cli.api.Json;
import java.util.List;
import java.util.Map;

/** All of one object: its fields in the order of the API, lists of objects as indented lines below. */
public final class Details {

    private Details() {}

    /** The lines, each with its end. */
    public static String of(JsonNode object, Style style) {
        List<Map.Entry<String, JsonNode>> fields = List.copyOf(object.properties());
        int width =
                fields.stream().mapToInt(field -> field.getKey().length()).max().orElse(0);
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, JsonNode> field : fields) {
            if (field.getValue().path(0).isObject()) {
                text.append(Words.clean(field.getKey())).append('\n');
                Json.stream(field.getValue())
                        .forEach(item -> text.append("  ").append(line(item)).append('\n'));
            } else if (!field.getValue().isNull()) {
                String value = Words.value(field.getValue());
                text.append(Words.clean(field.getKey()))
                        .append(" ".repeat(width - field.getKey().length() + 2))
                        .append(style.paint(value, value))
                        .append('\n');
            }
        }
        return text.toString();
    }

    private static String line(JsonNode item) {
        return String.join(
                "  ",
                item.properties().stream()
                        .map(field -> Words.value(field.getValue()))
                        .toList());
    }
}
