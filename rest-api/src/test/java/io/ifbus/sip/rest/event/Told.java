// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.event;

import io.ifbus.sip.call.CallId;
import io.ifbus.sip.event.Event;
import io.ifbus.sip.event.EventLog;
import io.ifbus.sip.event.EventType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Events for tests, and what of them arrives. */
final class Told {

    static final CallId ALICE = new CallId(new UUID(0, 1));
    static final CallId BOB = new CallId(new UUID(0, 2));

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.123456Z");
    private static final Pattern FRAME = Pattern.compile("id: (\\S+)\nevent: (\\S+)\ndata: (.+)\n\n");

    private Told() {}

    static Event event(CallId call, EventType type, long sequence) {
        return new Event(
                new UUID(1, sequence), type, NOON, Optional.of(call), sequence, "trace", Map.of("state", "ringing"));
    }

    /** Appends so many changes of state of Alice's call. */
    static void append(EventLog log, int count) {
        for (int i = 0; i < count; i++) {
            log.append(event(ALICE, EventType.CALL_STATE_CHANGED, log.last() - log.beginning() + 1));
        }
    }

    /** The frames of events in {@code text}, each as "id type". */
    static List<String> frames(String text) {
        return FRAME.matcher(text)
                .results()
                .map(frame -> frame.group(1) + " " + frame.group(2))
                .toList();
    }

    /** The JSON of the frames in {@code text}. */
    static List<String> data(String text) {
        return FRAME.matcher(text)
                .results()
                .map((MatchResult frame) -> frame.group(3))
                .toList();
    }
}
