// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** One timer of a call. Starting it again replaces it. */
public record TimerKey(TimerName name, Optional<LegId> leg) {
    public TimerKey {
        requireNonNull(name, "name");
        requireNonNull(leg, "leg");
    }

    @Override
    public String toString() {
        return name + leg.map(l -> "(" + l + ")").orElse("");
    }
}
