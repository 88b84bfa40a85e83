// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.control;

import static java.util.Objects.requireNonNull;

import io.ifbus.sip.call.CallEvent;
import io.ifbus.sip.call.CallId;
import io.ifbus.sip.call.Decision;
import io.ifbus.sip.call.Operation;
import io.ifbus.sip.call.Party;

/** Says what becomes of a call that was offered. */
public final class DecideCall {
    private static final int BUSY = 486;
    private final Calls calls;

    public DecideCall(Calls calls) {
        this.calls = requireNonNull(calls, "calls");
    }

    /**
     * Answers it; each of the four returns at once.
     *
     * @throws NoSuchCall if it is not known, or ended too long ago
     * @throws WrongState if it was not offered, or somebody has decided already
     */
    public CallSnapshot answer(CallId id) {
        return decide(id, Operation.ANSWER, new Decision.Answer());
    }

    /** Answers it; the caller hears itself. */
    public CallSnapshot echo(CallId id) {
        return decide(id, Operation.ANSWER, new Decision.Echo());
    }

    /** Rings {@code target}, and answers when it does. */
    public CallSnapshot bridge(CallId id, String target) {
        return decide(id, Operation.ANSWER, new Decision.Bridge(Party.of(Words.sipUri("target", target))));
    }

    /** Tells the caller that it rings; the time limit goes on. */
    public CallSnapshot ring(CallId id) {
        return decide(id, Operation.RING, new Decision.Ring());
    }

    /**
     * Refuses it.
     *
     * @param code a SIP status from 400 to 699; null for 486
     * @param reason the reason phrase; null for the usual one
     * @throws InvalidRequest if one of the two is wrong
     */
    public CallSnapshot reject(CallId id, Integer code, String reason) {
        int status = code == null ? BUSY : code;
        if (status < 400 || status > 699) {
            throw new InvalidRequest("code", "'code' must be 400 to 699");
        }
        String phrase = reason == null ? "" : Words.line("reason", reason);
        return decide(id, Operation.REJECT, new Decision.Reject(status, phrase));
    }

    /** Tells the caller to call {@code target} instead. */
    public CallSnapshot redirect(CallId id, String target) {
        return decide(id, Operation.REDIRECT, new Decision.Redirect(Party.of(Words.anyUri("target", target))));
    }

    private CallSnapshot decide(CallId id, Operation operation, Decision decision) {
        return calls.ask(id, operation, new CallEvent.Decided(decision));
    }
}
