// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

/** What a call waits for. A call has at most one timer of each name, or of each name and leg. */
public enum TimerName {
    /** A phone rings. */
    RING,
    /** Both parties answered and their media are being joined. */
    JOIN,
    /** Nobody has decided yet what becomes of a call that was offered. */
    OFFER,
    /** The outcome of a transfer is awaited. */
    TRANSFER,
    /** One leg's re-INVITE met another one and is to be sent again (RFC 3261 section 14.1). */
    GLARE,
    /** One leg's session is to be refreshed, or was not (RFC 4028). */
    SESSION,
    /** Legs are ending; what has not ended by then is dropped. */
    END;

    /** The call's own timer of this name. */
    public TimerKey ofCall() {
        return new TimerKey(this, java.util.Optional.empty());
    }

    /** A leg's timer of this name. */
    public TimerKey of(LegId leg) {
        return new TimerKey(this, java.util.Optional.of(leg));
    }
}
