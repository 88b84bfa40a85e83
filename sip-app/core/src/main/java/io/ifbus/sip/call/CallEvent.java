// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** What happens to a call. Those of one leg are {@link OnLeg}s. */
public sealed interface CallEvent {
    /** The call is in the register and may send. */
    record Started() implements CallEvent {}

    /** Someone wants the call ended. Harmless when repeated. */
    record HangUpRequested() implements CallEvent {}

    /** Neither party is to hear the other. Harmless when repeated. */
    record HoldRequested() implements CallEvent {}

    /** They are to hear each other again. Harmless when repeated. */
    record ResumeRequested() implements CallEvent {}

    /** Digits for the party at {@code side}, one of 0-9, *, #, A-D each. */
    record DigitsRequested(Side side, String digits) implements CallEvent {}

    /** What becomes of a call that was offered. */
    record Decided(Decision decision) implements CallEvent {}

    /** One party is to be handed over. */
    record TransferRequested(Transfer transfer) implements CallEvent {}

    /** The consultation is over: hand over now. */
    record TransferCompletionRequested(TransferId transfer) implements CallEvent {}

    /** Everything is to be as it was before. */
    record TransferCancelRequested(TransferId transfer) implements CallEvent {}

    /** A timer of the call ran out. */
    record TimerFired(TimerKey timer) implements CallEvent {
        public TimerFired(TimerName timer) {
            this(timer.ofCall());
        }
    }

    /** What happens on one leg. */
    sealed interface OnLeg extends CallEvent
            permits LegEvent, InfoReceived, DigitSent, ReferReceived, ReferAnswered, Notified {
        LegId leg();
    }

    /**
     * The peer of {@code leg} sent an INFO.
     *
     * @param reference names the request for {@link SipAction.RelayInfo} and {@link SipAction.RefuseInfo}
     */
    record InfoReceived(LegId leg, long reference) implements OnLeg {}

    /** A final response to the digit sent last, or none in time (408). */
    record DigitSent(LegId leg, int status) implements OnLeg {}

    /**
     * The peer of {@code leg} asks us to call someone and hand the other party over (RFC 3515).
     *
     * @param reference names the request for {@link SipAction.AnswerRefer} and {@link SipAction.Notify}
     * @param target URI to call
     * @param replaces the Replaces header in it was present
     * @param replaced the leg whose dialog that header names; empty if we know none
     * @param silent it wants no NOTIFY (RFC 4488)
     * @param referredBy the Referred-By header, which the target is to see (RFC 3892 section 2.2)
     */
    record ReferReceived(
            LegId leg,
            long reference,
            String target,
            boolean replaces,
            Optional<Home> replaced,
            boolean silent,
            Optional<String> referredBy)
            implements OnLeg {
        public ReferReceived {
            requireNonNull(target, "target");
            requireNonNull(replaced, "replaced");
            requireNonNull(referredBy, "referredBy");
        }

        /** Without a Referred-By header. */
        public ReferReceived(
                LegId leg, long reference, String target, boolean replaces, Optional<Home> replaced, boolean silent) {
            this(leg, reference, target, replaces, replaced, silent, Optional.empty());
        }
    }

    /** A final response to our REFER, or none in time (408). */
    record ReferAnswered(LegId leg, int status, String phrase) implements OnLeg {}

    /**
     * The peer tells how our REFER does; the stack has answered the NOTIFY.
     *
     * @param status of the response that it tells; 100 if none can be read
     * @param over its subscription has ended
     */
    record Notified(LegId leg, int status, String phrase, boolean over) implements OnLeg {}

    // ---- between calls of one register ----

    /** An event on a leg that another call has taken over. */
    record Forwarded(Home home, OnLeg event) implements CallEvent {}

    /**
     * Another call wants one of our legs: the party at the other end of its transferor.
     *
     * @param transferor the leg of the party that leaves; if unknown, the one that has {@code uri}, or the caller
     */
    record LendRequested(CallId borrower, Optional<Home> transferor, String uri) implements CallEvent {}

    /** The leg that was asked for, as it is now. */
    record Lent(Home home, Leg leg) implements CallEvent {}

    /** The leg that was asked for cannot be had. */
    record LendRefused(CallId lender, int status) implements CallEvent {}

    /**
     * An INVITE wants to take the place of one of our legs (RFC 3891).
     *
     * @param leg of the INVITE, unanswered
     * @param replaced the leg whose place it wants
     * @param earlyOnly not if that leg was answered
     */
    record ReplacementOffered(Home home, Leg leg, Home replaced, boolean earlyOnly) implements CallEvent {}

    /** Our leg is back, as it is now. */
    record Returned(Leg leg) implements CallEvent {}

    /** Our leg is not wanted and was not touched. */
    record Declined(int status, String phrase) implements CallEvent {}

    /** Our leg stays where it went. */
    record Kept() implements CallEvent {}

    /** Our leg has ended where it went. */
    record LodgerEnded() implements CallEvent {}

    /** What the sender hears if there is no such call. */
    default Optional<CallEvent> undelivered(CallId to) {
        if (this instanceof LendRequested) {
            return Optional.of(new LendRefused(to, 481));
        }
        return this instanceof ReplacementOffered
                ? Optional.of(new Declined(481, "Call/Transaction Does Not Exist"))
                : Optional.empty();
    }
}
