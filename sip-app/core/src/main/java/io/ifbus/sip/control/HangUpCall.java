// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.control;

import static java.util.Objects.requireNonNull;

import io.ifbus.sip.call.CallEvent;
import io.ifbus.sip.call.CallId;

/** Ends a call, whatever its state. */
public final class HangUpCall {
    private final Calls calls;

    public HangUpCall(Calls calls) {
        this.calls = requireNonNull(calls, "calls");
    }

    /**
     * Begins to end the call and returns at once. Does no harm when the call is ending or has ended.
     *
     * @return the call as it is now
     * @throws NoSuchCall if it is not known, or ended too long ago
     */
    public CallSnapshot handle(CallId id) {
        if (!calls.apply(id, new CallEvent.HangUpRequested())) {
            throw new NoSuchCall(id);
        }
        return calls.find(id).orElseThrow(() -> new NoSuchCall(id));
    }
}
