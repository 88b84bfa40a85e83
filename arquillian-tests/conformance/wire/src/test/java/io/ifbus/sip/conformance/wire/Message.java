// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A SIP message as its lines: what a peer writes, and what it hears.
 *
 * @param start the start line
 * @param fields header rows in their order, folded ones made whole
 * @param at when it was heard, {@code System.nanoTime()}
 */
record Message(String start, List<Field> fields, String body, long at) {
    private static final Map<String, String> COMPACT = Map.ofEntries(
            Map.entry("v", "via"),
            Map.entry("f", "from"),
            Map.entry("t", "to"),
            Map.entry("i", "call-id"),
            Map.entry("m", "contact"),
            Map.entry("l", "content-length"),
            Map.entry("c", "content-type"),
            Map.entry("s", "subject"),
            Map.entry("k", "supported"),
            Map.entry("e", "content-encoding"),
            Map.entry("o", "event"),
            Map.entry("r", "refer-to"));

    /** One header row. */
    record Field(String name, String value) {
        boolean is(String other) {
            return key(name).equals(key(other));
        }

        private static String key(String name) {
            String lower = name.toLowerCase(java.util.Locale.ROOT);
            return COMPACT.getOrDefault(lower, lower);
        }
    }

    Message {
        fields = List.copyOf(fields);
    }

    static Message of(String start) {
        return new Message(start, List.of(), "", 0);
    }

    static Message parse(String text) {
        String[] parts = text.split("\r\n\r\n", 2);
        String[] lines = parts[0].replaceAll("\r\n[ \t]+", " ").split("\r\n");
        List<Field> fields = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            String[] field = lines[i].split(":", 2);
            fields.add(new Field(field[0].trim(), field.length < 2 ? "" : field[1].trim()));
        }
        return new Message(lines[0], fields, parts.length < 2 ? "" : parts[1], System.nanoTime());
    }

    /** The status of a response, 0 of a request. */
    int status() {
        return start.startsWith("SIP/2.0 ") ? Integer.parseInt(start.substring(8, 11)) : 0;
    }

    /** The method of a request, or of the request that a response answers. */
    String method() {
        return status() == 0 ? start.split(" ")[0] : header("CSeq").replaceAll("^\\d+\\s+", "");
    }

    String uri() {
        return start.split(" ")[1];
    }

    /** The first row of that name, or null. */
    String header(String name) {
        List<String> rows = rows(name);
        return rows.isEmpty() ? null : rows.get(0);
    }

    List<String> rows(String name) {
        return fields.stream().filter(f -> f.is(name)).map(Field::value).toList();
    }

    /** The values of all rows of that name, taken apart at commas outside of quotes and angle brackets. */
    List<String> values(String name) {
        List<String> values = new ArrayList<>();
        for (String row : rows(name)) {
            int from = 0;
            boolean quoted = false;
            int depth = 0;
            for (int i = 0; i < row.length(); i++) {
                char c = row.charAt(i);
                quoted ^= c == '"';
                depth += quoted ? 0 : c == '<' ? 1 : c == '>' ? -1 : 0;
                if (c == ',' && !quoted && depth == 0) {
                    values.add(row.substring(from, i).trim());
                    from = i + 1;
                }
            }
            values.add(row.substring(from).trim());
        }
        return values;
    }

    String callId() {
        return header("Call-ID");
    }

    int cseq() {
        return Integer.parseInt(header("CSeq").split("\\s+")[0]);
    }

    String branch() {
        return parameter("Via", "branch");
    }

    String toTag() {
        return parameter("To", "tag");
    }

    String fromTag() {
        return parameter("From", "tag");
    }

    /** A parameter of the first value of that header, or null. */
    String parameter(String header, String name) {
        Matcher matcher = Pattern.compile("(?i);\\s*" + name + "\\s*=\\s*([^;,>\\s]+)")
                .matcher(values(header).get(0).replaceAll("<[^>]*>", ""));
        return matcher.find() ? matcher.group(1) : null;
    }

    /** The URI of the first value of that header. */
    String uriOf(String header) {
        String value = values(header).get(0);
        return value.contains("<") ? value.replaceAll("^[^<]*<|>.*$", "") : value.replaceAll(";.*$", "");
    }

    Message start(String other) {
        return new Message(other, fields, body, at);
    }

    /** The same with that header as its only row of that name, in its place or at the end. */
    Message with(String name, String value) {
        List<Field> changed = new ArrayList<>();
        boolean there = false;
        for (Field field : fields) {
            if (!field.is(name)) {
                changed.add(field);
            } else if (!there) {
                changed.add(new Field(name, value));
                there = true;
            }
        }
        if (!there) {
            changed.add(new Field(name, value));
        }
        return new Message(start, changed, body, at);
    }

    Message change(String name, UnaryOperator<String> change) {
        return with(name, change.apply(header(name)));
    }

    /** The same with one more row at the end. */
    Message add(String name, String value) {
        List<Field> changed = new ArrayList<>(fields);
        changed.add(new Field(name, value));
        return new Message(start, changed, body, at);
    }

    Message without(String name) {
        return new Message(start, fields.stream().filter(f -> !f.is(name)).toList(), body, at);
    }

    Message body(String type, String content) {
        return new Message(start, with("Content-Type", type).fields, content, at);
    }

    /** On the wire: with a Content-Length, unless one is there. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(start).append("\r\n");
        fields.forEach(f -> text.append(f.name()).append(": ").append(f.value()).append("\r\n"));
        if (header("Content-Length") == null) {
            text.append("Content-Length: ")
                    .append(body.getBytes(StandardCharsets.UTF_8).length)
                    .append("\r\n");
        }
        return text.append("\r\n").append(body).toString();
    }
}
