// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static java.util.Objects.requireNonNull;

import io.ifbus.sip.sdp.Sdp;
import java.util.Map;
import java.util.Optional;

/** A message to send on a leg. Within one call they are carried out in the order in which they were decided. */
public sealed interface SipAction extends CallAction.ForStack {
    /**
     * Opens the leg with an initial INVITE to {@code to}.
     *
     * @param from shown as the caller
     * @param sdp the offer; none asks the callee for one
     */
    record Invite(LegId leg, Party from, Party to, Optional<Sdp> sdp, Map<String, String> headers, int maxForwards)
            implements SipAction {
        public Invite {
            requireNonNull(leg, "leg");
            headers = Map.copyOf(headers);
        }
    }

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
    record Reinvite(LegId leg, Optional<Sdp> sdp) implements SipAction {}

    /** Ends a leg that is up. */
    record Bye(LegId leg, Optional<Reason> reason) implements SipAction {}

    /** Answers the peer's BYE with 200. */
    record AnswerBye(LegId leg) implements SipAction {}

    /**
     * Answers the peer's INVITE or re-INVITE.
     *
     * @param status 180 to 699
     * @param phrase the reason phrase; empty for the usual one
     */
    record Respond(LegId leg, int status, String phrase, Optional<Sdp> sdp) implements SipAction {
        public Respond {
            requireNonNull(phrase, "phrase");
            if (status < 180 || status > 699) {
                throw new IllegalArgumentException("status must be 180 to 699, was " + status);
            }
        }
    }

    /** Passes the INFO named {@code reference} to {@code leg}, and the answer to it back. */
    record RelayInfo(LegId leg, int reference) implements SipAction {}

    /** Refuses the INFO named {@code reference} that came from {@code leg}. */
    record RefuseInfo(LegId leg, int reference, int status) implements SipAction {}

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
