// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Why a BYE or CANCEL is sent, as the Reason header says it (RFC 3326).
 *
 * @param status the SIP status that stands for it
 * @param text a few words without quotes or line ends
 * @param heard the header as the other party said it, which is passed on as it is
 */
public record Reason(int status, String text, Optional<String> heard) {
    public Reason {
        text = requireNonNull(text, "text").replaceAll("[\"\\\\\\p{Cntrl}]", " ");
        requireNonNull(heard, "heard");
    }

    public Reason(int status, String text) {
        this(status, text, Optional.empty());
    }

    /** What one party is told when another one said no. */
    static Reason onward(int status, String phrase) {
        if (status < 400) {
            return new Reason(480, "Temporarily Unavailable"); // moved, and moved again
        }
        return switch (status) {
            case 401, 407 -> new Reason(403, "Forbidden"); // credentials would be ours, not the other's
            case 422, 503 -> new Reason(500, "Server Internal Error"); // between that party and us (16.7 step 6)
            default -> new Reason(status, phrase);
        };
    }

    /** The header's value. */
    public String header() {
        return heard.orElse("SIP;cause=" + status + ";text=\"" + text + '"');
    }
}
