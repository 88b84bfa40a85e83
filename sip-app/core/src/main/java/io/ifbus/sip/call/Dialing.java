// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

/** How a call that we start is set up. */
public enum Dialing {
    /** The caller is rung, then the callee, then they are joined (RFC 3725 flow IV). */
    BOTH,
    /** The same, and the caller hears what the callee's phone plays before it is answered. */
    BOTH_WITH_EARLY_MEDIA,
    /** The callee only; it hears itself until it is transferred. */
    CALLEE_ALONE
}
