// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static java.util.Objects.requireNonNull;

/**
 * Why a BYE or CANCEL is sent, as the Reason header says it (RFC 3326).
 *
 * @param status the SIP status that stands for it
 * @param text a few words without quotes or line ends
 */
public record Reason(int status, String text) {
    public Reason {
        text = requireNonNull(text, "text").replaceAll("[\"\\\\\\p{Cntrl}]", " ");
    }

    /** The header's value. */
    public String header() {
        return "SIP;cause=" + status + ";text=\"" + text + '"';
    }
}
