// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import io.ifbus.sip.call.LegEvent.AckMissing;
import io.ifbus.sip.call.LegEvent.Acked;
import io.ifbus.sip.call.LegEvent.ByeReceived;
import io.ifbus.sip.call.LegEvent.Cancelled;
import io.ifbus.sip.call.LegEvent.SendFailed;
import io.ifbus.sip.sdp.Sdp;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A leg on which a re-INVITE or UPDATE of the peer's is under way. Drawn at {@link Leg}. */
sealed interface PeersChange extends OpenLeg {
    /**
     * The peer's offer, or its wish for one, waits for our answer.
     *
     * @param asked what the request said of the peer
     * @param byUpdate it came in an UPDATE, which has no ACK
     */
    record PeerChange(Dialog dialog, Optional<Sdp> offer, Peer asked, boolean byUpdate) implements PeersChange {
        @Override
        public LegStep on(LegEvent event, Instant at) {
            if (event instanceof Cancelled && !byUpdate) {
                return LegStep.to(new Up(dialog)).telling(new LegNews.Withdrawn());
            }
            if (event instanceof ByeReceived e) { // the pending request is still answered (RFC 3261 section 15.1.2)
                return LegStep.to(ClosedLeg.Ended.after(id()), terminated(), new SipAction.AnswerBye(id()))
                        .telling(OpenLeg.hungUp(e));
            }
            return otherwise(event, 500);
        }

        @Override
        public LegStep accept(Optional<Sdp> sdp, Instant at) {
            Optional<Sdp> reply = dialog.reply(offer, sdp);
            Dialog agreed = dialog.asked(asked).sending(reply);
            Optional<SessionTerms> terms = agreed.timer().inResponse(agreed.peer());
            return byUpdate
                    ? LegStep.to(new Up(agreed), new SipAction.AnswerUpdate(id(), 200, reply, terms), agreed.restart())
                    : LegStep.to(new PeerChanged(agreed), new SipAction.Respond(id(), 200, "", reply, Map.of(), terms));
        }

        @Override
        public LegStep refuse(int status, String phrase) {
            return LegStep.to(new Up(dialog), refusal(status, phrase));
        }

        @Override
        public LegStep hangUp(Optional<Reason> why) {
            return LegStep.to(
                    new ClosedLeg.Closing(dialog, true, false, true), terminated(), new SipAction.Bye(id(), why));
        }

        private SipAction terminated() {
            return refusal(487, "");
        }

        private SipAction refusal(int status, String phrase) {
            return byUpdate
                    ? new SipAction.AnswerUpdate(id(), status, Optional.empty(), Optional.empty())
                    : new SipAction.Respond(id(), status, phrase, Optional.empty());
        }

        @Override
        public OpenLeg with(Dialog changed) {
            return new PeerChange(changed, offer, asked, byUpdate);
        }
    }

    /** Our 2xx to the peer's re-INVITE is out, its ACK awaited. */
    record PeerChanged(Dialog dialog) implements PeersChange {
        @Override
        public LegStep on(LegEvent event, Instant at) {
            if (event instanceof Acked e) {
                return LegStep.to(new Up(dialog), dialog.restart()).telling(new LegNews.Acked(e.sdp()));
            }
            if (event instanceof AckMissing) { // RFC 3261 section 14.2
                return ClosedLeg.bye(dialog, Optional.of(new Reason(408, "ACK missing")))
                        .telling(new LegNews.Over(408, "ACK missing"));
            }
            if (event instanceof ByeReceived e) {
                return LegStep.to(ClosedLeg.Ended.after(id()), new SipAction.AnswerBye(id()))
                        .telling(OpenLeg.hungUp(e));
            }
            if (event instanceof Cancelled || isUnsent(event)) { // our 2xx did not leave
                return LegStep.to(new Up(dialog)).telling(new LegNews.Withdrawn());
            }
            return otherwise(event, 500);
        }

        private static boolean isUnsent(LegEvent event) {
            return event instanceof SendFailed e && e.action() instanceof SipAction.Respond;
        }

        @Override
        public LegStep hangUp(Optional<Reason> why) {
            return ClosedLeg.bye(dialog, why);
        }

        @Override
        public OpenLeg with(Dialog changed) {
            return new PeerChanged(changed);
        }
    }
}
