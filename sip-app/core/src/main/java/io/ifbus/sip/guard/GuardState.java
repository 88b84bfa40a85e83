// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.guard;

import java.util.Locale;

/**
 * How a guard stands to its target.
 *
 * <pre>
 * closed --failures--> open --cool-down--> half-open --probes succeed--> closed
 *                       ^                      |
 *                       +----a probe fails-----+      a reset by hand leads to closed from anywhere
 * </pre>
 */
public enum GuardState {
    /** INVITEs pass. */
    CLOSED,
    /** No INVITE passes. */
    OPEN,
    /** A few INVITEs pass, to see how the target does. */
    HALF_OPEN;

    /** The word on the wire, in metrics and in logs: {@code closed}, {@code open}, {@code half_open}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
