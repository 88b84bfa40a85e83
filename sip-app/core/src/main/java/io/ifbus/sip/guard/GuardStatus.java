// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.guard;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * One guard as it is now.
 *
 * @param host the target, as it was named to {@link TargetGuard#admit}
 * @param since when it came into its state, by this node's clock
 * @param waiting INVITEs to the target whose outcome is not known yet; 0 or more
 */
public record GuardStatus(String host, GuardState state, Instant since, int waiting) {
    public GuardStatus {
        requireNonNull(host, "host");
        requireNonNull(state, "state");
        requireNonNull(since, "since");
        if (waiting < 0) {
            throw new IllegalArgumentException("waiting must be >= 0, was " + waiting);
        }
    }
}
