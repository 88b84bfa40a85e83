// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.guard;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * When a guard opens, how it closes again, and how many INVITEs may wait.
 *
 * @param consecutiveFailures opens it; 1 or more
 * @param failureRatio of the last {@code window} outcomes; more than that opens it; 0 or more and below 1
 * @param window outcomes that the ratio is taken of, and that are needed before it is; 1 or more
 * @param coolDown how long an open guard lets nothing pass; a millisecond or more
 * @param halfOpenProbes INVITEs that pass after the cool-down, all of which must succeed to close it; 1 or more
 * @param manualResetOnly an open guard stays open until it is reset
 * @param bulkhead INVITEs to one target that may wait for their outcome; 1 or more
 */
public record GuardPolicy(
        int consecutiveFailures,
        double failureRatio,
        int window,
        Duration coolDown,
        int halfOpenProbes,
        boolean manualResetOnly,
        int bulkhead) {

    public GuardPolicy {
        requireNonNull(coolDown, "coolDown");
        if (consecutiveFailures < 1 || window < 1 || halfOpenProbes < 1 || bulkhead < 1) {
            throw new IllegalArgumentException("consecutive failures, window, probes and bulkhead are at least 1");
        }
        if (!(failureRatio >= 0 && failureRatio < 1)) {
            throw new IllegalArgumentException("a failure ratio is 0 or more and below 1, was " + failureRatio);
        }
        if (coolDown.toMillis() < 1) {
            throw new IllegalArgumentException("a cool-down is a millisecond or more, was " + coolDown);
        }
    }

    /** How many failures in a full window are more than the ratio allows; in decimal, where 0.29 of 100 is 29. */
    int failuresOfWindow() {
        return BigDecimal.valueOf(failureRatio)
                        .multiply(BigDecimal.valueOf(window))
                        .intValue()
                + 1;
    }
}
