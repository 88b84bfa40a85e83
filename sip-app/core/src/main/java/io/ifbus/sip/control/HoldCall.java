// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.control;

import static java.util.Objects.requireNonNull;

import io.ifbus.sip.call.CallEvent;
import io.ifbus.sip.call.CallId;
import io.ifbus.sip.call.Operation;

/** Puts both parties of a call on hold, and lets them hear each other again. */
public final class HoldCall {
    private final Calls calls;

    public HoldCall(Calls calls) {
        this.calls = requireNonNull(calls, "calls");
    }

    /**
     * Begins to hold and returns at once; harmless when repeated.
     *
     * @throws NoSuchCall if it is not known, or ended too long ago
     * @throws WrongState if nobody could be put on hold
     */
    public CallSnapshot handle(CallId id) {
        return calls.ask(id, Operation.HOLD, new CallEvent.HoldRequested());
    }

    /**
     * Begins to resume and returns at once; harmless when repeated.
     *
     * @throws NoSuchCall if it is not known, or ended too long ago
     * @throws WrongState if there is nobody to resume
     */
    public CallSnapshot resume(CallId id) {
        return calls.ask(id, Operation.RESUME, new CallEvent.ResumeRequested());
    }
}
