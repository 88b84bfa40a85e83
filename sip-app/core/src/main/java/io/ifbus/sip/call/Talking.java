// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import io.ifbus.sip.call.CallEvent.InfoReceived;
import io.ifbus.sip.sdp.Sdp;
import java.util.Optional;

/** A call whose parties can talk. Drawn at {@link Call}. */
sealed interface Talking extends Phase {
    /**
     * A change of the session on its way from one leg to the other.
     *
     * @param from the leg that asked for it
     * @param offered its request carried the offer; if not, its ACK brings the answer for the other leg's
     */
    record Relay(LegId from, boolean offered) {}

    /** Two legs joined; what one changes is passed to the other, one change at a time. */
    record Connected(CallData data, Optional<Relay> relay) implements Talking {
        Connected(CallData data) {
            this(data, Optional.empty());
        }

        @Override
        public Step heard(Turn turn, LegId leg, LegNews news) {
            if (news instanceof LegNews.Offer e) {
                return offer(turn, leg, e.sdp());
            }
            if (news instanceof LegNews.Agreed e) {
                return agreed(turn, leg, e.sdp());
            }
            if (news instanceof LegNews.Refused e) {
                return refused(turn, leg, e);
            }
            if (news instanceof LegNews.Acked e) {
                return acked(turn, leg, e.sdp());
            }
            if (news instanceof LegNews.Withdrawn) { // the other leg's answer comes all the same, and is acknowledged
                return turn.to(this::with);
            }
            return heardOtherwise(turn, leg, news);
        }

        private Step offer(Turn turn, LegId leg, Optional<Sdp> sdp) {
            if (relay.isPresent() || !turn.leg(leg.other()).isFree()) {
                return turn.tell(leg, l -> l.refuse(491, "")).to(this::with);
            }
            return turn.tell(leg.other(), l -> l.reinvite(sdp))
                    .to(d -> new Connected(d, Optional.of(new Relay(leg, sdp.isPresent()))));
        }

        private Step agreed(Turn turn, LegId leg, Optional<Sdp> sdp) {
            boolean waiting = relay.isPresent() && turn.leg(leg.other()) instanceof OpenLeg.PeerChange;
            if (!waiting || relay.get().offered() || sdp.isEmpty()) {
                Turn acked = turn.tell(leg, l -> l.ack(Optional.empty()));
                return (waiting ? answer(acked, leg.other(), sdp) : acked).to(Connected::new);
            }
            return answer(turn, leg.other(), sdp).to(this::with);
        }

        private static Turn answer(Turn turn, LegId asker, Optional<Sdp> sdp) {
            return sdp.isPresent()
                    ? turn.tell(asker, l -> l.accept(sdp, turn.at()))
                    : turn.tell(asker, l -> l.refuse(488, ""));
        }

        private Step refused(Turn turn, LegId leg, LegNews.Refused news) {
            if (news.status() == 408 || news.status() == 481) { // the dialog is gone (RFC 3261 section 12.2.1.2)
                EndCause cause =
                        new EndCause(EndCause.Result.COMPLETED, news.status(), news.phrase(), EndCause.By.of(leg));
                return turn.end(cause, Optional.of(new Reason(news.status(), news.phrase())));
            }
            LegId asker = leg.other();
            boolean waiting = relay.isPresent() && turn.leg(asker) instanceof OpenLeg.PeerChange;
            return (waiting ? turn.tell(asker, l -> l.refuse(news.status(), news.phrase())) : turn).to(Connected::new);
        }

        /** The ACK of the leg that was asked for an offer brings the answer that the other leg waits for. */
        private Step acked(Turn turn, LegId leg, Optional<Sdp> sdp) {
            boolean owed = relay.isPresent()
                    && relay.get().from() == leg
                    && !relay.get().offered();
            return owed ? turn.tell(leg.other(), l -> l.ack(sdp)).to(Connected::new) : turn.to(this::with);
        }

        @Override
        public Step info(Turn turn, InfoReceived event) {
            LegId other = event.leg().other();
            return turn.leg(other).isUp()
                    ? turn.act(new SipAction.RelayInfo(other, event.reference()))
                            .to(this::with)
                    : Talking.super.info(turn, event);
        }

        @Override
        public Phase with(CallData changed) {
            return new Connected(changed, relay);
        }
    }

    /** The caller hears itself. */
    record Echoing(CallData data) implements Talking {
        @Override
        public Step heard(Turn turn, LegId leg, LegNews news) {
            if (news instanceof LegNews.Offer e) {
                Optional<Sdp> answer = e.sdp().flatMap(Sdp::echoAnswer);
                return turn.tell(LegId.A, a -> answer.isPresent() ? a.accept(answer, turn.at()) : a.refuse(488, ""))
                        .to(Echoing::new);
            }
            if (news instanceof LegNews.Acked || news instanceof LegNews.Withdrawn) {
                return turn.to(Echoing::new);
            }
            return heardOtherwise(turn, leg, news);
        }

        @Override
        public Phase with(CallData changed) {
            return new Echoing(changed);
        }
    }
}
