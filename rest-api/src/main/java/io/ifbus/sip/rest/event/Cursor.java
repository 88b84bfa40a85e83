// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.event;

import io.ifbus.sip.control.InvalidRequest;
import java.util.Collections;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How far a reader has read: a position for each node it has read from, on the wire {@code n1:812,n2:77}.
 *
 * @param positions by the node's name
 */
record Cursor(SortedMap<String, Long> positions) {

    static final Cursor NONE = new Cursor(new TreeMap<>());

    private static final int LONGEST = 4096;
    private static final String ENTRY = "[A-Za-z0-9._-]{1,100}:\\d{1,18}";
    private static final Pattern FORM = Pattern.compile(ENTRY + "(," + ENTRY + ")*");

    Cursor {
        positions = Collections.unmodifiableSortedMap(new TreeMap<>(positions));
    }

    /**
     * Reads the form on the wire.
     *
     * @param field where it stands in the request
     * @throws InvalidRequest if it has another form, or names a node twice
     */
    static Cursor parse(String field, String text) {
        if (text.length() > LONGEST || !FORM.matcher(text).matches()) {
            throw new InvalidRequest(field, "'" + field + "' must be the id of an event, such as n1:812");
        }
        SortedMap<String, Long> positions = new TreeMap<>();
        for (String entry : text.split(",")) {
            String[] parts = entry.split(":");
            if (positions.put(parts[0], Long.valueOf(parts[1])) != null) {
                throw new InvalidRequest(field, "'" + field + "' names a node twice");
            }
        }
        return new Cursor(positions);
    }

    /** How far it has read from {@code node}; empty if it never has. */
    OptionalLong at(String node) {
        Long position = positions.get(node);
        return position == null ? OptionalLong.empty() : OptionalLong.of(position);
    }

    Cursor with(String node, long position) {
        SortedMap<String, Long> moved = new TreeMap<>(positions);
        moved.put(node, position);
        return new Cursor(moved);
    }

    /** The form on the wire. */
    @Override
    public String toString() {
        return positions.entrySet().stream()
                .map(entry -> entry.getKey() + ":" + entry.getValue())
                .collect(Collectors.joining(","));
    }
}
