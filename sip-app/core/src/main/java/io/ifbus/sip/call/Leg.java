// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import io.ifbus.sip.sdp.Sdp;
import java.time.Instant;
import java.util.Optional;

/**
 * One dialog with one phone, from our side. It keeps the protocol's promises by itself: no CANCEL before a 1xx, an ACK
 * for each 2xx, one BYE at most, a final response to each INVITE. What it cannot decide alone it tells its call.
 *
 * <pre>
 *  we ring it ({@link OutgoingLeg})                          it rings us ({@link IncomingLeg})
 *
 *  Idle --INVITE--> Calling --1xx--> Proceeding              Invited --2xx sent--> Accepting
 *                    |  |              |  |                     |                    |  |
 *             hangUp |  '--- 2xx ------|--'                     | 3xx-6xx sent,  ACK |  | hangUp:
 *                    v                 | hangUp: CANCEL         | CANCEL, BYE        |  v  wait for ACK
 *                Forsaken --1xx: CANCEL-> Cancelling            v                    | Regretting
 *                    |                 |                      Ended                  |  |
 *                    | 2xx: ACK, BYE   | 2xx: ACK, BYE                               |  | ACK: BYE
 *                    v                 v                                             |  v
 *  Answered2xx     Closing           Closing                                         | Closing
 *     | ACK                                                                          |
 *     '--------------------------------> Up &lt;---------------------------------------'
 *
 *  up ({@link OpenLeg})
 *
 *  Up --re-INVITE sent--> Changing --2xx--> Agreed --ACK sent--> Up            3xx-6xx: back to Up
 *  Up --re-INVITE came--> PeerChange --2xx sent--> PeerChanged --ACK--> Up     refused, CANCEL: back to Up
 *  any of them: BYE came -> answered 200 -> Ended;   hangUp: what is owed, BYE -> Closing
 *
 *  ending ({@link ClosedLeg})
 *
 *  Closing: our BYE, or our re-INVITE, waits for its final response -> Ended
 * </pre>
 *
 * A BYE that crosses ours is answered 200 and changes nothing. A 2xx that crosses our CANCEL, or comes after we gave
 * up, is acknowledged and ended (RFC 3261 section 9.1 and 15). Two re-INVITEs that cross: ours is refused by the peer,
 * the peer's is refused here, both 491 (section 14); ours is
 * tried again when the call still wants it, after a while in which the leg is not {@link #isFree() free}.
 *
 * <p>An UPDATE without an offer is answered at once and changes no state; one with an offer is a {@code PeerChange}
 * (RFC 3311). The session timer (RFC 4028) runs while the leg is up: when it runs out we refresh, by UPDATE or else by
 * re-INVITE ({@code Refreshing}), or give up the peer that should have.
 */
sealed interface Leg permits OutgoingLeg, IncomingLeg, OpenLeg, ClosedLeg {
    /** Applies {@code event}. Total: each event is accepted in each state; surprises are noted, never thrown. */
    LegStep on(LegEvent event, Instant at);

    /** Ends the leg in the way its state asks for. Harmless when repeated. */
    LegStep hangUp(Optional<Reason> why);

    /** Sends the first INVITE. */
    default LegStep invite(SipAction.Invite invite, Instant at) {
        return LegStep.unexpected(this, "invite");
    }

    /** Acknowledges the 2xx that waits for it. */
    default LegStep ack(Optional<Sdp> sdp) {
        return LegStep.unexpected(this, "ack");
    }

    /** Sends a re-INVITE; only a leg that {@link #isFree() is free} does. */
    default LegStep reinvite(Optional<Sdp> sdp) {
        return LegStep.unexpected(this, "reinvite");
    }

    /** Sends a provisional response to the peer's INVITE. */
    default LegStep ring(int status, Optional<Sdp> sdp) {
        return LegStep.unexpected(this, "ring");
    }

    /** Sends 200 to the peer's INVITE or re-INVITE. */
    default LegStep accept(Optional<Sdp> sdp, Instant at) {
        return LegStep.unexpected(this, "accept");
    }

    /** Sends a final refusal to the peer's INVITE or re-INVITE. */
    default LegStep refuse(int status, String phrase) {
        return LegStep.unexpected(this, "refuse");
    }

    /** Sends the offer of another leg: in a re-INVITE, or in the 2xx to an INVITE that asked for one. */
    default LegStep offer(Sdp sdp, Instant at) {
        return LegStep.unexpected(this, "offer");
    }

    /** Sends the answer to the offer that waits for it: in the ACK, or in the 2xx. */
    default LegStep answer(Optional<Sdp> sdp, Instant at) {
        return LegStep.unexpected(this, "answer");
    }

    /** Agrees to the offer that waits for its ACK, and lets nothing flow. */
    default LegStep decline() {
        return LegStep.unexpected(this, "decline");
    }

    /** Asks the peer to send and receive nothing until further notice. */
    default LegStep park() {
        return LegStep.unexpected(this, "park");
    }

    /** A timer of this leg ran out. */
    default LegStep timer(TimerName name) {
        return LegStep.stay(this);
    }

    /** What its phone has said of itself. */
    default Peer peer() {
        return Peer.UNKNOWN;
    }

    /** Up, and no offer or answer under way. */
    default boolean isFree() {
        return false;
    }

    /** Up: messages inside the dialog can be sent. */
    default boolean isUp() {
        return false;
    }

    default boolean isEnded() {
        return false;
    }

    /** Its name in the call that it began in. */
    LegId id();

    /** Answers an UPDATE in a state that cannot take an offer. */
    static LegStep update(Leg leg, LegEvent.Updated e, int statusOfOffer) {
        int status = e.sdp().isPresent() ? statusOfOffer : 200;
        return LegStep.to(leg, new SipAction.AnswerUpdate(leg.id(), status, Optional.empty(), Optional.empty()));
    }
}
