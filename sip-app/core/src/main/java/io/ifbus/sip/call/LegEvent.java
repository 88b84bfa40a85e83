// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static java.util.Objects.requireNonNull;

import io.ifbus.sip.sdp.Sdp;
import java.util.Optional;

/** What the network tells of one leg. Retransmissions never get here: the SIP stack absorbs them. */
public sealed interface LegEvent extends CallEvent.OnLeg {
    /** A provisional response to our INVITE; a 100 may go unreported ({@link SipAction.AwaitProgress}). */
    record Progressed(LegId leg, int status, Optional<Sdp> sdp) implements LegEvent {}

    /** A 2xx to our INVITE or re-INVITE; its ACK is core's to order. */
    record Answered(LegId leg, Optional<Sdp> sdp, Peer peer) implements LegEvent {
        public Answered(LegId leg, Optional<Sdp> sdp) {
            this(leg, sdp, Peer.UNKNOWN);
        }
    }

    /**
     * A final refusal of our INVITE or re-INVITE; the stack has sent its ACK, or made up the response itself (408 after
     * silence, 503 after a transport error).
     */
    record Rejected(LegId leg, int status, String phrase, Hints hints) implements LegEvent {
        public Rejected {
            requireNonNull(phrase, "phrase");
            requireNonNull(hints, "hints");
        }

        public Rejected(LegId leg, int status, String phrase) {
            this(leg, status, phrase, Hints.NONE);
        }
    }

    /**
     * The peer cancelled its INVITE or re-INVITE; the stack has answered the CANCEL 200 and the INVITE 487.
     *
     * @param reason its Reason header as it came
     */
    record Cancelled(LegId leg, Optional<String> reason) implements LegEvent {
        public Cancelled(LegId leg) {
            this(leg, Optional.empty());
        }
    }

    /** The ACK to our 2xx. */
    record Acked(LegId leg, Optional<Sdp> sdp) implements LegEvent {}

    /** No ACK to our 2xx within 64*T1. */
    record AckMissing(LegId leg) implements LegEvent {}

    /**
     * A BYE; {@link SipAction.AnswerBye} answers it.
     *
     * @param reason its Reason header as it came
     */
    record ByeReceived(LegId leg, Optional<String> reason) implements LegEvent {
        public ByeReceived(LegId leg) {
            this(leg, Optional.empty());
        }
    }

    /** A final response to our BYE, whichever, or none in time. */
    record ByeAnswered(LegId leg) implements LegEvent {}

    /** A re-INVITE from the peer; {@link SipAction.Respond} answers it. */
    record Reinvited(LegId leg, Optional<Sdp> sdp, Peer peer) implements LegEvent {
        public Reinvited(LegId leg, Optional<Sdp> sdp) {
            this(leg, sdp, Peer.UNKNOWN);
        }
    }

    /** An UPDATE from the peer; {@link SipAction.AnswerUpdate} answers it. */
    record Updated(LegId leg, Optional<Sdp> sdp, Peer peer) implements LegEvent {}

    /** A final response to our UPDATE, or none in time (408). */
    record UpdateAnswered(LegId leg, int status, Peer peer) implements LegEvent {}

    /** Our INVITE was not sent, because its target's host is in trouble; {@code hints} says when to try again. */
    record Barred(LegId leg, String why, Hints hints) implements LegEvent {}

    /** {@code action} could not be carried out: nothing of it has left. */
    record SendFailed(LegId leg, SipAction action, String why) implements LegEvent {
        public SendFailed {
            requireNonNull(action, "action");
            requireNonNull(why, "why");
        }
    }
}
