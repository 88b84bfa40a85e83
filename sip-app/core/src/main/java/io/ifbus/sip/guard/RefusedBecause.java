// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.guard;

import java.util.Locale;

/** Why a guard lets an INVITE not pass. */
public enum RefusedBecause {
    /** The target failed too often. */
    OPEN,
    /** The probes are on their way and nobody knows yet how the target does. */
    HALF_OPEN,
    /** As many INVITEs as are allowed wait for their outcome. */
    BULKHEAD;

    /** The word in metrics: {@code open}, {@code half_open}, {@code bulkhead}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
