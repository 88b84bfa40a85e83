// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

/** What a call waits for. A call has at most one timer of each name; starting one again replaces it. */
public enum TimerName {
    /** A phone rings. */
    RING,
    /** Both parties answered and their media are being joined. */
    JOIN,
    /** A re-INVITE met another one and is to be sent again (RFC 3261 section 14.1). */
    GLARE,
    /** Legs are ending; what has not ended by then is dropped. */
    END
}
