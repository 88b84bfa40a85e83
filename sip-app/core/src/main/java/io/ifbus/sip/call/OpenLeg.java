// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import io.ifbus.sip.call.LegEvent.AckMissing;
import io.ifbus.sip.call.LegEvent.Acked;
import io.ifbus.sip.call.LegEvent.Answered;
import io.ifbus.sip.call.LegEvent.ByeReceived;
import io.ifbus.sip.call.LegEvent.Cancelled;
import io.ifbus.sip.call.LegEvent.Progressed;
import io.ifbus.sip.call.LegEvent.Reinvited;
import io.ifbus.sip.call.LegEvent.Rejected;
import io.ifbus.sip.call.LegEvent.SendFailed;
import io.ifbus.sip.sdp.Sdp;
import java.time.Instant;
import java.util.Optional;

/** A leg whose dialog is confirmed, until one of us hangs up. Drawn at {@link Leg}. */
sealed interface OpenLeg extends Leg {
    Dialog dialog();

    @Override
    default LegId id() {
        return dialog().leg();
    }

    LegNews HUNG_UP = new LegNews.Over(200, "Hung up");

    /** Both can talk; nothing under way. */
    record Up(Dialog dialog) implements OpenLeg {
        @Override
        public LegStep on(LegEvent event, Instant at) {
            if (event instanceof ByeReceived) {
                return LegStep.to(ClosedLeg.Ended.after(id()), new SipAction.AnswerBye(id()))
                        .telling(HUNG_UP);
            }
            if (event instanceof Reinvited e) {
                return LegStep.to(new PeerChange(dialog, e.sdp())).telling(new LegNews.Offer(e.sdp()));
            }
            if (event instanceof SendFailed e && e.action() instanceof SipAction.Ack) {
                return ClosedLeg.bye(dialog, Optional.empty()).telling(new LegNews.Over(500, e.why()));
            }
            return LegStep.unexpected(this, event);
        }

        @Override
        public LegStep reinvite(Optional<Sdp> sdp) {
            Optional<Sdp> offer = dialog.offer(sdp);
            return LegStep.to(
                    new Changing(dialog.sending(offer), dialog, offer.isPresent()),
                    new SipAction.Reinvite(id(), offer));
        }

        @Override
        public LegStep hangUp(Optional<Reason> why) {
            return ClosedLeg.bye(dialog, why);
        }

        @Override
        public boolean isFree() {
            return true;
        }

        @Override
        public boolean isUp() {
            return true;
        }
    }

    /**
     * Our re-INVITE is under way.
     *
     * @param before the dialog to go back to if it is refused; the version it spent stays spent
     */
    record Changing(Dialog dialog, Dialog before, boolean offered) implements OpenLeg {
        @Override
        public LegStep on(LegEvent event, Instant at) {
            if (event instanceof Progressed) {
                return LegStep.stay(this);
            }
            if (event instanceof Answered e) {
                return LegStep.to(new Agreed(dialog, offered ? Optional.empty() : e.sdp()))
                        .telling(new LegNews.Agreed(e.sdp()));
            }
            if (event instanceof Rejected e) {
                return LegStep.to(new Up(dialog)).telling(new LegNews.Refused(e.status(), e.phrase()));
            }
            if (event instanceof Reinvited) { // glare (RFC 3261 section 14.2)
                return LegStep.to(this, new SipAction.Respond(id(), 491, "", Optional.empty()));
            }
            if (event instanceof ByeReceived) {
                return LegStep.to(new ClosedLeg.Closing(dialog, false, true, offered), new SipAction.AnswerBye(id()))
                        .telling(HUNG_UP);
            }
            if (event instanceof SendFailed e && e.action() instanceof SipAction.Reinvite) {
                return LegStep.to(new Up(before)).telling(new LegNews.Refused(500, e.why()));
            }
            return LegStep.unexpected(this, event);
        }

        @Override
        public LegStep hangUp(Optional<Reason> why) {
            return LegStep.to(new ClosedLeg.Closing(dialog, true, true, offered), new SipAction.Bye(id(), why));
        }

        @Override
        public boolean isUp() {
            return true;
        }
    }

    /** Our re-INVITE was accepted and the ACK is owed. */
    record Agreed(Dialog dialog, Optional<Sdp> owed) implements OpenLeg {
        @Override
        public LegStep on(LegEvent event, Instant at) {
            if (event instanceof Answered) {
                return LegStep.stay(this);
            }
            if (event instanceof ByeReceived) {
                return LegStep.to(
                                ClosedLeg.Ended.after(id()),
                                new SipAction.Ack(id(), dialog.refusal(owed)),
                                new SipAction.AnswerBye(id()))
                        .telling(HUNG_UP);
            }
            if (event instanceof Reinvited) {
                return LegStep.to(this, new SipAction.Respond(id(), 491, "", Optional.empty()));
            }
            return LegStep.unexpected(this, event);
        }

        @Override
        public LegStep ack(Optional<Sdp> sdp) {
            Optional<Sdp> answer = owed.isEmpty()
                    ? Optional.empty()
                    : sdp.isPresent() ? dialog.reply(owed, sdp) : dialog.refusal(owed);
            return LegStep.to(new Up(dialog.sending(answer)), new SipAction.Ack(id(), answer));
        }

        @Override
        public LegStep hangUp(Optional<Reason> why) {
            return ClosedLeg.ackAndBye(dialog, owed, why);
        }

        @Override
        public boolean isUp() {
            return true;
        }
    }

    /** The peer's re-INVITE waits for our answer. */
    record PeerChange(Dialog dialog, Optional<Sdp> offer) implements OpenLeg {
        @Override
        public LegStep on(LegEvent event, Instant at) {
            if (event instanceof Cancelled) {
                return LegStep.to(new Up(dialog)).telling(new LegNews.Withdrawn());
            }
            if (event instanceof ByeReceived) { // the pending request is still answered (RFC 3261 section 15.1.2)
                return LegStep.to(ClosedLeg.Ended.after(id()), terminated(), new SipAction.AnswerBye(id()))
                        .telling(HUNG_UP);
            }
            return LegStep.unexpected(this, event);
        }

        @Override
        public LegStep accept(Optional<Sdp> sdp, Instant at) {
            Optional<Sdp> reply = dialog.reply(offer, sdp);
            return LegStep.to(new PeerChanged(dialog.sending(reply)), new SipAction.Respond(id(), 200, "", reply));
        }

        @Override
        public LegStep refuse(int status, String phrase) {
            return LegStep.to(new Up(dialog), new SipAction.Respond(id(), status, phrase, Optional.empty()));
        }

        @Override
        public LegStep hangUp(Optional<Reason> why) {
            return LegStep.to(
                    new ClosedLeg.Closing(dialog, true, false, true), terminated(), new SipAction.Bye(id(), why));
        }

        private SipAction terminated() {
            return new SipAction.Respond(id(), 487, "", Optional.empty());
        }

        @Override
        public boolean isUp() {
            return true;
        }
    }

    /** Our 2xx to the peer's re-INVITE is out, its ACK awaited. */
    record PeerChanged(Dialog dialog) implements OpenLeg {
        @Override
        public LegStep on(LegEvent event, Instant at) {
            if (event instanceof Acked e) {
                return LegStep.to(new Up(dialog)).telling(new LegNews.Acked(e.sdp()));
            }
            if (event instanceof AckMissing) { // RFC 3261 section 14.2
                return ClosedLeg.bye(dialog, Optional.of(new Reason(408, "ACK missing")))
                        .telling(new LegNews.Over(408, "ACK missing"));
            }
            if (event instanceof ByeReceived) {
                return LegStep.to(ClosedLeg.Ended.after(id()), new SipAction.AnswerBye(id()))
                        .telling(HUNG_UP);
            }
            if (event instanceof Cancelled || event instanceof SendFailed) { // our 2xx did not leave
                return LegStep.to(new Up(dialog)).telling(new LegNews.Withdrawn());
            }
            if (event instanceof Reinvited) {
                return LegStep.to(this, new SipAction.Respond(id(), 491, "", Optional.empty()));
            }
            return LegStep.unexpected(this, event);
        }

        @Override
        public LegStep hangUp(Optional<Reason> why) {
            return ClosedLeg.bye(dialog, why);
        }

        @Override
        public boolean isUp() {
            return true;
        }
    }
}
