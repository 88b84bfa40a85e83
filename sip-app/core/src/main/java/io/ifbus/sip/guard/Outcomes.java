// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.guard;

/** Tells a target that cannot serve from one that says no. */
public final class Outcomes {

    private static final int REQUEST_TIMEOUT = 408;

    private Outcomes() {}

    /**
     * Whether an INVITE that ended with {@code status} speaks against its target: 500, 502, 503 and 504, and 408 if
     * nothing was heard. Everything else is a sign of life: 2xx, 3xx, 401, 403, 404, 486, 487, 6xx, and 501 or 505, which
     * say what the request wanted and not how the server does.
     *
     * @param status the final status, 100 to 699; a transport error is 503 and a time-out 408 (RFC 3261 section 8.1.3.1)
     * @param reached whether the target answered anything at all, a 100 included
     * @throws IllegalArgumentException if {@code status} is no SIP status
     */
    public static boolean isFailure(int status, boolean reached) {
        if (status < 100 || status > 699) {
            throw new IllegalArgumentException("a SIP status is from 100 to 699, was " + status);
        }
        return switch (status) {
            case 500, 502, 503, 504 -> true;
            case REQUEST_TIMEOUT -> !reached;
            default -> false;
        };
    }
}
