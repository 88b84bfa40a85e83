// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.event;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.ifbus.sip.call.CallId;
import io.ifbus.sip.event.Event;
import io.ifbus.sip.rest.json.Json;
import java.util.Map;

/**
 * An event on the wire: what all have, and then the fields of its type.
 *
 * @param timestamp UTC in ISO 8601 with {@code Z}
 * @param sequence counts the events of the call; left out, like the call's id, if there is no call
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record EventBody(
        String eventId,
        String type,
        String timestamp,
        String callId,
        Long sequence,
        String traceId,
        @JsonAnyGetter Map<String, Object> fields) {

    static EventBody of(Event event) {
        return new EventBody(
                event.id().toString(),
                event.type().word(),
                Json.time(event.at()),
                event.call().map(CallId::toString).orElse(null),
                event.call().isPresent() ? event.sequence() : null,
                event.traceId(),
                event.fields());
    }
}
