// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.guard;

import io.ifbus.sip.guard.GuardState;
import java.time.Duration;
import java.time.Instant;

/**
 * How a guard stands.
 *
 * @param since when it came into {@code state}
 */
record Standing(GuardState state, Instant since) {

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    boolean is(GuardState other) {
        return state == other;
    }

    /** What is left of the cool-down; from a second to {@code coolDown}, even if the clock has been set. */
    Duration rest(Duration coolDown, Instant now) {
        Duration rest = coolDown.minus(Duration.between(since, now));
        Duration atMost = rest.compareTo(coolDown) > 0 ? coolDown : rest;
        return atMost.compareTo(SHORTEST) < 0 ? SHORTEST : atMost;
    }
}
