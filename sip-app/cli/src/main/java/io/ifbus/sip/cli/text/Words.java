// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.ifbus.sip.cli.api.Json;
import java.util.stream.Collectors;

/**
 * Values of the API as words for people. What a peer sent cannot steer the terminal: control characters are shown as
 * '?'.
 */
public final class Words {

    private static final String UNSAFE = "[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]";

    private Words() {}

    /** {@code text} on one line, without characters that a terminal obeys or hides. */
    public static String clean(String text) {
        return text.replaceAll("(?U)" + UNSAFE, "?");
    }

    /** The words of a field; {@code -} if it is absent. */
    public static String field(JsonNode object, String name) {
        return orDash(value(object.path(name)));
    }

    /** A cause such as {@code 486 Busy Here by callee}; {@code -} if there is none. */
    public static String cause(JsonNode object) {
        return orDash(value(object.path("hangup_cause")));
    }

    /** A time without its fraction: {@code 2026-01-02T03:04:05Z}. */
    public static String time(JsonNode object, String name) {
        return field(object, name).replaceFirst("\\.\\d+", "");
    }

    static String value(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (value.isArray()) {
            return Json.stream(value).map(Words::value).collect(Collectors.joining(", "));
        }
        return clean(value.isObject() ? object(value) : value.asText());
    }

    private static String object(JsonNode object) {
        if (object.has("code") && object.has("by")) {
            String reason = Json.text(object, "reason");
            return Json.text(object, "code") + (reason.isEmpty() ? "" : " " + reason) + " by "
                    + Json.text(object, "by");
        }
        return object.properties().stream()
                .map(field -> field.getKey() + "=" + value(field.getValue()))
                .collect(Collectors.joining(" "));
    }

    private static String orDash(String text) {
        return text.isEmpty() ? "-" : text;
    }
}
