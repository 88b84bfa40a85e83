// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.control;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How long calls stay visible after their end.
 *
 * @param time at most
 * @param count at most so many; the oldest go first
 */
public record Retention(Duration time, int count) {
    public static final Retention DEFAULT = new Retention(Duration.ofHours(1), 10_000);

    public Retention {
        requireNonNull(time, "time");
        if (time.isNegative() || count < 0) {
            throw new IllegalArgumentException("retention must not be negative");
        }
    }
}
