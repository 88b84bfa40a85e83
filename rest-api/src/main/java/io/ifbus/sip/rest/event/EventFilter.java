// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.event;

import io.ifbus.sip.call.CallId;
import io.ifbus.sip.control.InvalidRequest;
import io.ifbus.sip.event.Event;
import io.ifbus.sip.event.EventType;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which events a reader wants.
 *
 * @param calls of these; of all and of none if empty
 * @param types of these; all if empty
 */
record EventFilter(Set<CallId> calls, Set<EventType> types) {

    private static final int MOST_CALLS = 1000;

    EventFilter {
        calls = Set.copyOf(calls);
        types = Set.copyOf(types);
    }

    /**
     * Reads the query parameters.
     *
     * @param calls bare uuids or {@code if://call/} and uuid
     * @throws InvalidRequest naming the parameter that has a value that is none
     */
    static EventFilter parse(List<String> calls, List<String> types) {
        if (calls.size() > MOST_CALLS) {
            throw new InvalidRequest("call", "'call' may stand " + MOST_CALLS + " times");
        }
        Set<CallId> ids = new HashSet<>();
        for (String call : calls) {
            ids.add(CallId.read(call)
                    .orElseThrow(() -> new InvalidRequest("call", "'call' must be the id of a call or its uuid")));
        }
        Set<EventType> wanted = EnumSet.noneOf(EventType.class);
        for (String type : types) {
            wanted.add(EventType.parse(type)
                    .orElseThrow(() -> new InvalidRequest("type", "'type' must be a type of event")));
        }
        return new EventFilter(ids, wanted);
    }

    boolean accepts(Event event) {
        return (types.isEmpty() || types.contains(event.type()))
                && (calls.isEmpty() || event.call().filter(calls::contains).isPresent());
    }
}
