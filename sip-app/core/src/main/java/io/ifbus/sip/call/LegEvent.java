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
    record Answered(LegId leg, Optional<Sdp> sdp) implements LegEvent {}

    /**
     * A final refusal of our INVITE or re-INVITE; the stack has sent its ACK, or made up the response itself (408 after
     * silence, 503 after a transport error).
     */
    record Rejected(LegId leg, int status, String phrase) implements LegEvent {
        public Rejected {
            requireNonNull(phrase, "phrase");
        }
    }

    /** The peer cancelled its INVITE or re-INVITE; the stack has answered the CANCEL 200 and the INVITE 487. */
    record Cancelled(LegId leg) implements LegEvent {}

    /** The ACK to our 2xx. */
    record Acked(LegId leg, Optional<Sdp> sdp) implements LegEvent {}

    /** No ACK to our 2xx within 64*T1. */
    record AckMissing(LegId leg) implements LegEvent {}

    /** A BYE; {@link SipAction.AnswerBye} answers it. */
    record ByeReceived(LegId leg) implements LegEvent {}

    /** A final response to our BYE, whichever, or none in time. */
    record ByeAnswered(LegId leg) implements LegEvent {}

    /** A re-INVITE from the peer; {@link SipAction.Respond} answers it. */
    record Reinvited(LegId leg, Optional<Sdp> sdp) implements LegEvent {}

    /** {@code action} could not be carried out: nothing of it has left. */
    record SendFailed(LegId leg, SipAction action, String why) implements LegEvent {
        public SendFailed {
            requireNonNull(action, "action");
            requireNonNull(why, "why");
        }
    }
}
