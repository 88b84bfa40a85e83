// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.control;

import io.ifbus.sip.call.CallNotice;

/**
 * Hears what becomes of each call. Of one call it hears one thing at a time, in the order in which it was decided; of
 * several at once, on any thread. Called on the path of the call: must be quick, must not block and not throw.
 */
public interface CallObserver {
    /** @param call as it was soon after {@code notice} was decided; may be ahead of it */
    void heard(CallSnapshot call, CallNotice notice);

    /** The call is over and its legs have ended: the last thing heard of it, after its last notice. */
    default void ended(CallSnapshot call) {}
}
