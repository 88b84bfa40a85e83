// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import io.ifbus.sip.sdp.Sdp;
import java.time.Duration;
import java.util.Optional;

/** A call that we start, until both parties can talk (RFC 3725 flow IV). Drawn at {@link Call}. */
sealed interface Dialed extends Phase {
    /** In the register; nothing sent. */
    record Created(CallData data) implements Dialed {
        @Override
        public Step start(Turn turn) {
            CallFacts facts = data.facts();
            long sessionId = facts.id().uuid().getMostSignificantBits() >>> 1;
            // A sees the party it is to be connected with
            SipAction.Invite invite = new SipAction.Invite(
                    LegId.A,
                    facts.to(),
                    facts.from(),
                    Optional.of(Sdp.inactiveOffer(sessionId)),
                    facts.headers(),
                    facts.maxForwards());
            return turn.act(ringTimer(facts))
                    .tell(LegId.A, leg -> leg.invite(invite, turn.at()))
                    .entering(CallState.DIALING)
                    .to(FirstRings::new);
        }

        @Override
        public Step heard(Turn turn, LegId leg, LegNews news) {
            return heardOtherwise(turn, leg, news);
        }

        @Override
        public Phase with(CallData changed) {
            return new Created(changed);
        }
    }

    /** A is being rung. */
    record FirstRings(CallData data) implements Dialed {
        @Override
        public Step heard(Turn turn, LegId leg, LegNews news) {
            if (news instanceof LegNews.Rang) {
                return turn.entering(CallState.RINGING).to(FirstRings::new);
            }
            if (news instanceof LegNews.Accepted) {
                CallFacts facts = data.facts();
                SipAction.Invite invite = new SipAction.Invite(
                        LegId.B, facts.from(), facts.to(), Optional.empty(), facts.headers(), facts.maxForwards());
                return turn.act(ringTimer(facts))
                        .tell(LegId.A, a -> a.ack(Optional.empty()))
                        .tell(LegId.B, b -> b.invite(invite, turn.at()))
                        .to(SecondRings::new);
            }
            return news instanceof LegNews.Failed e ? failed(turn, leg, e) : heardOtherwise(turn, leg, news);
        }

        @Override
        public Step timer(Turn turn, TimerName timer) {
            return ringTimeout(this, turn, timer);
        }

        @Override
        public Phase with(CallData changed) {
            return new FirstRings(changed);
        }
    }

    /** A waits, B is being rung. */
    record SecondRings(CallData data) implements Dialed {
        @Override
        public Step heard(Turn turn, LegId leg, LegNews news) {
            if (news instanceof LegNews.Rang) {
                return turn.entering(CallState.RINGING).to(SecondRings::new);
            }
            if (news instanceof LegNews.Accepted e) {
                return e.sdp().isPresent() ? join(turn, e.sdp().get()) : turn.end(noOffer(), reason(488));
            }
            if (news instanceof LegNews.Offer e) {
                return park(this, turn, e);
            }
            if (news instanceof LegNews.Acked || news instanceof LegNews.Withdrawn) {
                return turn.to(SecondRings::new);
            }
            return news instanceof LegNews.Failed e ? failed(turn, leg, e) : heardOtherwise(turn, leg, news);
        }

        private Step join(Turn turn, Sdp offer) {
            Turn joining = turn.act(
                    new CallAction.StopTimer(TimerName.RING), CallAction.StartTimer.of(TimerName.JOIN, SIP_PATIENCE));
            return Joining.offerToA(joining, offer);
        }

        private static EndCause noOffer() {
            return EndCause.failed(488, "Callee answered without an offer");
        }

        private static Optional<Reason> reason(int status) {
            return Optional.of(new Reason(status, "Not Acceptable Here"));
        }

        @Override
        public Step timer(Turn turn, TimerName timer) {
            return ringTimeout(this, turn, timer);
        }

        @Override
        public Phase with(CallData changed) {
            return new SecondRings(changed);
        }
    }

    /**
     * B answered, and the ACK to its 2xx waits for A's answer to B's offer.
     *
     * @param offer B's
     */
    record Joining(CallData data, Sdp offer) implements Dialed {
        private static final Duration GLARE_MIN = Duration.ofMillis(2100);
        private static final Duration GLARE_MAX = Duration.ofSeconds(4);

        /** Re-INVITEs A, now or as soon as A is free. */
        static Step offerToA(Turn turn, Sdp offer) {
            Turn next = turn.leg(LegId.A).isFree() ? turn.tell(LegId.A, a -> a.reinvite(Optional.of(offer))) : turn;
            return next.to(d -> new Joining(d, offer));
        }

        @Override
        public Step heard(Turn turn, LegId leg, LegNews news) {
            if (news instanceof LegNews.Agreed e) {
                return turn.act(new CallAction.StopTimer(TimerName.JOIN), new CallAction.StopTimer(TimerName.GLARE))
                        .tell(LegId.A, a -> a.ack(Optional.empty()))
                        .tell(LegId.B, b -> b.ack(e.sdp()))
                        .entering(CallState.CONNECTED)
                        .to(Talking.Connected::new);
            }
            if (news instanceof LegNews.Refused e && e.status() == 491) { // RFC 3261 section 14.1: we own the Call-ID
                return turn.act(new CallAction.StartTimer(TimerName.GLARE, GLARE_MIN, GLARE_MAX))
                        .to(this::with);
            }
            if (news instanceof LegNews.Refused e) {
                EndCause cause = new EndCause(EndCause.Result.FAILED, e.status(), e.phrase(), EndCause.By.CALLER);
                return turn.end(cause, Optional.of(new Reason(e.status(), e.phrase())));
            }
            if (news instanceof LegNews.Offer e) {
                return park(this, turn, e);
            }
            if (news instanceof LegNews.Acked || news instanceof LegNews.Withdrawn) {
                return offerToA(turn, offer);
            }
            return heardOtherwise(turn, leg, news);
        }

        @Override
        public Step timer(Turn turn, TimerName timer) {
            return switch (timer) {
                case GLARE -> offerToA(turn, offer);
                case JOIN ->
                    turn.end(
                            EndCause.failed(408, "Media not joined in time"),
                            Optional.of(new Reason(408, "Media not joined in time")));
                default -> turn.to(this::with);
            };
        }

        @Override
        public Phase with(CallData changed) {
            return new Joining(changed, offer);
        }
    }

    private static CallAction ringTimer(CallFacts facts) {
        return CallAction.StartTimer.of(TimerName.RING, facts.ringTimeout());
    }

    static Step ringTimeout(Phase phase, Turn turn, TimerName timer) {
        return timer == TimerName.RING
                ? turn.end(EndCause.ringTimeout(), Optional.of(new Reason(480, "No answer")))
                : turn.to(phase::with);
    }

    /** A phone refused; the other one is told what it said. */
    private static Step failed(Turn turn, LegId leg, LegNews.Failed news) {
        return turn.end(
                EndCause.refused(leg, news.status(), news.phrase(), news.reached()),
                Optional.of(new Reason(news.status(), news.phrase())));
    }

    /** A changes its session before there is anyone to talk to: agreed, and nothing flows. */
    private static Step park(Phase phase, Turn turn, LegNews.Offer news) {
        Optional<Sdp> answer = news.sdp().map(Sdp::inactiveAnswer).or(() -> Optional.of(Sdp.inactiveOffer(1)));
        return turn.tell(LegId.A, a -> a.accept(answer, turn.at())).to(phase::with);
    }
}
