// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

/** Which leg of a call: {@code A} is the caller's, {@code B} the callee's. */
public enum LegId {
    A,
    B;

    /** The one at the other end. */
    public LegId other() {
        return this == A ? B : A;
    }
}
