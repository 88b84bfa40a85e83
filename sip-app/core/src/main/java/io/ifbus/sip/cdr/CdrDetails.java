// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cdr;

import io.ifbus.sip.call.CallState;
import io.ifbus.sip.call.StateChange;
import io.ifbus.sip.control.CallSnapshot;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a record tells beyond its fields, read off the history of the call. */
final class CdrDetails {
    private CdrDetails() {}

    /**
     * {@code ring_time}: when it first rang, ISO 8601; {@code hold_duration}: how long it was on hold, in whole seconds.
     * Each is left out if it never was.
     */
    static Map<String, String> of(CallSnapshot call) {
        Map<String, String> details = new TreeMap<>();
        call.history().stream()
                .filter(change -> change.state() == CallState.RINGING)
                .findFirst()
                .ifPresent(change -> details.put(
                        "ring_time", change.at().truncatedTo(ChronoUnit.MILLIS).toString()));
        Duration held = held(call.history());
        if (!held.isZero()) {
            details.put("hold_duration", Long.toString(held.toSeconds()));
        }
        return details;
    }

    private static Duration held(List<StateChange> history) {
        Duration held = Duration.ZERO;
        for (int i = 0; i + 1 < history.size(); i++) {
            if (history.get(i).state() == CallState.ON_HOLD) {
                held = held.plus(
                        Duration.between(history.get(i).at(), history.get(i + 1).at()));
            }
        }
        return held;
    }
}
