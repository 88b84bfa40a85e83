// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.control;

import java.time.Duration;

/** The target's host has failed too often, or is as busy as it may be; nothing has been sent. */
public final class UpstreamUnavailable extends Refusal {
    private final Duration retryAfter;

    public UpstreamUnavailable(String why, Duration retryAfter) {
        super(new Verdict(Verdict.Fault.UPSTREAM, "upstream-unavailable", true), why);
        this.retryAfter = retryAfter;
    }

    /** When it may be worth another try. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
