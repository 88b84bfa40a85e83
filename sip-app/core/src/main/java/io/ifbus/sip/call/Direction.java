// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

/** Who started it, seen from here. */
public enum Direction {
    /** An INVITE reached us. */
    INBOUND,
    /** We sent the INVITE. */
    OUTBOUND;

    /** Spelling in JSON and metric tags. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
