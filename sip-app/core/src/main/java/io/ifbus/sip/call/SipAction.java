// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static java.util.Objects.requireNonNull;

import io.ifbus.sip.sdp.Sdp;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A message to send on a leg. Within one call they are carried out in the order in which they were decided. */
public sealed interface SipAction extends CallAction.ForStack {
    /**
     * Opens the leg with an initial INVITE to {@code to}.
     *
     * @param from shown as the caller
     * @param sdp the offer; none asks the callee for one
     * @param session the Session-Expires
     */
    record Invite(
            LegId leg,
            Party from,
            Party to,
            Optional<Sdp> sdp,
            Map<String, String> headers,
            int maxForwards,
            SessionTerms session)
            implements SipAction {
        public Invite {
            requireNonNull(leg, "leg");
            headers = Map.copyOf(headers);
            requireNonNull(session, "session");
        }
    }

    /** Sends the last INVITE or re-INVITE once more, with credentials if it was challenged, in the same dialog. */
    record InviteAgain(LegId leg, SessionTerms session) implements SipAction {}

    /**
     * Asks to be told by {@link LegEvent.Progressed} as soon as a 1xx to the INVITE under way has been heard, the 100
     * included that a SIP stack keeps to itself.
     */
    record AwaitProgress(LegId leg) implements SipAction {}

    /** Cancels the INVITE that is under way; a 1xx has been heard (RFC 3261 section 9.1). */
    record Cancel(LegId leg, Optional<Reason> reason) implements SipAction {}

    /** Acknowledges the last 2xx to our INVITE or re-INVITE. */
    record Ack(LegId leg, Optional<Sdp> sdp) implements SipAction {}

    /** Changes the session of a leg that is up. */
    record Reinvite(LegId leg, Optional<Sdp> sdp, SessionTerms session) implements SipAction {}

    /** Refreshes the session of a leg that is up and changes nothing (RFC 3311, RFC 4028 section 7.4). */
    record Update(LegId leg, SessionTerms session) implements SipAction {}

    /** Ends a leg that is up. */
    record Bye(LegId leg, Optional<Reason> reason) implements SipAction {}

    /** Answers the peer's BYE with 200. */
    record AnswerBye(LegId leg) implements SipAction {}

    /**
     * Answers the peer's INVITE or re-INVITE.
     *
     * @param status 180 to 699
     * @param phrase the reason phrase; empty for the usual one
     * @param headers what it says besides, by name
     * @param session the Session-Expires of a 2xx
     */
    record Respond(
            LegId leg,
            int status,
            String phrase,
            Optional<Sdp> sdp,
            Map<String, String> headers,
            Optional<SessionTerms> session)
            implements SipAction {
        public Respond {
            requireNonNull(phrase, "phrase");
            headers = Map.copyOf(headers);
            requireNonNull(session, "session");
            if (status < 180 || status > 699) {
                throw new IllegalArgumentException("status must be 180 to 699, was " + status);
            }
        }

        public Respond(LegId leg, int status, String phrase, Optional<Sdp> sdp) {
            this(leg, status, phrase, sdp, Map.of(), Optional.empty());
        }
    }

    /** Answers the peer's UPDATE. */
    record AnswerUpdate(LegId leg, int status, Optional<Sdp> sdp, Optional<SessionTerms> session)
            implements SipAction {}

    /** Passes the INFO named {@code reference} to {@code leg}, and the answer to it back. */
    record RelayInfo(LegId leg, long reference) implements SipAction {}

    /** Refuses the INFO named {@code reference} that came from {@code leg}. */
    record RefuseInfo(LegId leg, long reference, int status) implements SipAction {}

    /**
     * Sends one digit by INFO (application/dtmf-relay); {@link CallEvent.DigitSent} tells the answer.
     *
     * @param digit one of 0-9, *, #, A-D
     */
    record SendDigit(LegId leg, char digit, Duration length) implements SipAction {}

    /**
     * Asks the peer to call {@code target} instead of us (RFC 3515).
     *
     * @param replaces the leg of ours whose dialog the new call takes over (RFC 3891)
     * @param referredBy on whose behalf (RFC 3892)
     */
    record Refer(LegId leg, String target, Optional<Home> replaces, String referredBy) implements SipAction {}

    /**
     * Answers the peer's REFER named {@code reference}.
     *
     * @param silent no NOTIFY will follow (RFC 4488)
     */
    record AnswerRefer(LegId leg, long reference, int status, boolean silent) implements SipAction {}

    /** Tells the peer how its REFER named {@code reference} does; with a final status the subscription ends. */
    record Notify(LegId leg, long reference, int status, String phrase) implements SipAction {
        public Notify {
            requireNonNull(phrase, "phrase");
        }
    }

    /** {@code leg} now talks with the party of {@code peer}: their sessions are one end to end (RFC 7989). */
    record Introduce(LegId leg, Home peer) implements SipAction {}

    /** The call is over: lets go of everything held for it. The last action of a call. */
    record Release() implements SipAction {
        /** Belongs to no leg. */
        @Override
        public LegId leg() {
            return LegId.A;
        }
    }

    LegId leg();
}
