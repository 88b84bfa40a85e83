// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.event;

import static java.util.Objects.requireNonNull;

import io.ifbus.sip.call.CallId;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Something that happened, for those who follow. Immutable.
 *
 * @param at when it happened
 * @param call the call it belongs to; empty if to none, as with the link to a server
 * @param sequence counts all events of that call from 1; 0 without a call
 * @param traceId joins everything that belongs to one operation
 * @param fields what its type tells, by wire name and in wire order; each a string, a whole number or a boolean
 */
public record Event(
        UUID id,
        EventType type,
        Instant at,
        Optional<CallId> call,
        long sequence,
        String traceId,
        Map<String, Object> fields) {
    public Event {
        requireNonNull(id, "id");
        requireNonNull(type, "type");
        requireNonNull(at, "at");
        requireNonNull(traceId, "traceId");
        if (sequence < 0 || (sequence == 0) == call.isPresent()) {
            throw new IllegalArgumentException("sequence must be 1 or more with a call and 0 without, was " + sequence);
        }
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        fields.forEach(Event::check);
    }

    private static void check(String name, Object value) {
        if (!(value instanceof String
                || value instanceof Integer
                || value instanceof Long
                || value instanceof Boolean)) {
            throw new IllegalArgumentException(name + " must be a string, a whole number or a boolean");
        }
    }
}
