// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import java.util.Locale;

/** Which way media may flow, seen from the party that says it (RFC 3264 section 5.1). */
public enum Direction {
    SENDRECV(true, true),
    SENDONLY(true, false),
    RECVONLY(false, true),
    INACTIVE(false, false);

    private final boolean sends;
    private final boolean receives;

    Direction(boolean sends, boolean receives) {
        this.sends = sends;
        this.receives = receives;
    }

    public boolean sends() {
        return sends;
    }

    public boolean receives() {
        return receives;
    }

    /** The most that may answer an offer of this direction: sendonly is answered recvonly (RFC 3264 section 6.1). */
    Direction mirrored() {
        return of(receives, sends);
    }

    Direction and(Direction other) {
        return of(sends && other.sends, receives && other.receives);
    }

    static Direction of(boolean sends, boolean receives) {
        if (sends) return receives ? SENDRECV : SENDONLY;
        return receives ? RECVONLY : INACTIVE;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
