// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What a Session-Expires header says (RFC 4028 section 4).
 *
 * @param interval after which the session is over unless it is refreshed; whole seconds
 * @param refresher who refreshes it, as the sender of the request and its receiver
 */
public record SessionTerms(Duration interval, Refresher refresher) {
    /** The sender of the request that sets the terms, its receiver, or left to the receiver to say. */
    public enum Refresher {
        UNSAID,
        UAC,
        UAS
    }

    public SessionTerms {
        requireNonNull(refresher, "refresher");
        if (requireNonNull(interval, "interval").isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("interval must be positive, was " + interval);
        }
    }
}
