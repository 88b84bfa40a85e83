// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import io.ifbus.sip.sdp.Sdp;
import java.util.Optional;

/** A call that we start, until the first phone, or both, have answered. Drawn at {@link Call}. */
sealed interface Dialed extends Phase {
    /** In the register; nothing sent. */
    record Created(CallData data, Dialing dialing) implements Dialed {
        @Override
        public Step start(Turn turn) {
            CallFacts facts = data.facts();
            boolean one = dialing == Dialing.CALLEE_ALONE;
            LegId leg = one ? LegId.B : LegId.A;
            Turn ringing = turn.act(ringTimer(facts));
            if (one) {
                return ring(ringing, leg, facts.from(), facts.to())
                        .entering(CallState.DIALING)
                        .to(d -> new OneRings(d, Redirects.NONE));
            }
            // A sees the party it is to be connected with
            return ring(ringing, leg, facts.to(), facts.from())
                    .introducing(Pair.FIRST)
                    .entering(CallState.DIALING)
                    .to(d -> new FirstRings(d, dialing, Redirects.NONE));
        }

        private static Turn ring(Turn turn, LegId leg, Party from, Party to) {
            long sessionId = turn.data().facts().id().uuid().getMostSignificantBits() >>> 1;
            Optional<Sdp> offer = Optional.of(Sdp.inactiveOffer(sessionId));
            return turn.ring(leg, from, to, offer, turn.data().facts().headers());
        }

        @Override
        public Step heard(Turn turn, LegId leg, LegNews news) {
            return heardOtherwise(turn, leg, news);
        }

        @Override
        public Phase with(CallData changed) {
            return new Created(changed, dialing);
        }
    }

    /** The only phone of the call is being rung. */
    record OneRings(CallData data, Redirects redirects) implements Dialed {
        @Override
        public Step heard(Turn turn, LegId leg, LegNews news) {
            if (news instanceof LegNews.Rang) {
                return turn.entering(CallState.RINGING).to(this::with);
            }
            if (news instanceof LegNews.Accepted) {
                Turn up = turn.act(CallAction.StopTimer.of(TimerName.RING)).tell(leg, l -> l.ack(Optional.empty()));
                return Scene.begin(up, new Mode.Alone(leg, Mode.Alone.Sound.ECHO_WANTED))
                        .done();
            }
            if (news instanceof LegNews.Failed e) {
                return redirects
                        .after(e)
                        .map(next -> next.ring(turn, leg, data.facts().from(), Created::ring)
                                .to(d -> new OneRings(d, next)))
                        .orElseGet(() -> failed(turn, leg, e));
            }
            return heardOtherwise(turn, leg, news);
        }

        @Override
        public Step timer(Turn turn, TimerName timer) {
            return ringTimeout(this, turn, timer);
        }

        @Override
        public Phase with(CallData changed) {
            return new OneRings(changed, redirects);
        }
    }

    /** A is being rung. */
    record FirstRings(CallData data, Dialing dialing, Redirects redirects) implements Dialed {
        @Override
        public Step heard(Turn turn, LegId leg, LegNews news) {
            if (news instanceof LegNews.Rang) {
                return turn.entering(CallState.RINGING).to(this::with);
            }
            if (news instanceof LegNews.Accepted e) {
                return answered(turn, leg, e.sdp());
            }
            if (news instanceof LegNews.Failed e) {
                return redirects
                        .after(e)
                        .map(next -> next.ring(turn, leg, data.facts().to(), Created::ring)
                                .to(d -> new FirstRings(d, dialing, next)))
                        .orElseGet(() -> failed(turn, leg, e));
            }
            return heardOtherwise(turn, leg, news);
        }

        private Step answered(Turn turn, LegId leg, Optional<Sdp> sdp) {
            CallFacts facts = data.facts();
            // with early media B is offered what A has, so that its 18x can be an answer
            Optional<Sdp> offer = dialing == Dialing.BOTH_WITH_EARLY_MEDIA ? sdp.map(Sdp::active) : Optional.empty();
            return turn.act(ringTimer(facts))
                    .tell(leg, a -> a.ack(Optional.empty()))
                    .ring(turn.pair().callee(), facts.from(), facts.to(), offer, facts.headers())
                    .to(d -> new SecondRings(d, offer, Redirects.NONE));
        }

        @Override
        public Step timer(Turn turn, TimerName timer) {
            return ringTimeout(this, turn, timer);
        }

        @Override
        public Phase with(CallData changed) {
            return new FirstRings(changed, dialing, redirects);
        }
    }

    /**
     * A waits, B is being rung.
     *
     * @param offered what B was offered, if early media were asked for
     */
    record SecondRings(CallData data, Optional<Sdp> offered, Redirects redirects) implements Dialed {
        @Override
        public Step heard(Turn turn, LegId leg, LegNews news) {
            if (news instanceof LegNews.Rang e) {
                return rang(turn.entering(CallState.RINGING), e.sdp());
            }
            if (news instanceof LegNews.Accepted e) {
                return answered(turn, leg, e.sdp());
            }
            if (news instanceof LegNews.Agreed) { // A has taken B's early media
                return turn.tell(leg, a -> a.ack(Optional.empty())).to(this::with);
            }
            if (news instanceof LegNews.Offer e) {
                return park(turn, leg, e);
            }
            if (news instanceof LegNews.Acked || news instanceof LegNews.Withdrawn || news instanceof LegNews.Refused) {
                return turn.to(this::with);
            }
            if (news instanceof LegNews.Failed e) {
                return redirects
                        .after(e)
                        .map(next -> next.ring(turn, leg, data.facts().from(), this::ringAgain)
                                .to(d -> new SecondRings(d, offered, next)))
                        .orElseGet(() -> failed(turn, leg, e));
            }
            return heardOtherwise(turn, leg, news);
        }

        private Turn ringAgain(Turn turn, LegId leg, Party from, Party to) {
            return turn.ring(leg, from, to, offered, data.facts().headers());
        }

        /** A hears B's early media, unless it is busy with something else. */
        private Step rang(Turn turn, Optional<Sdp> early) {
            LegId a = turn.pair().caller();
            return offered.isPresent() && early.isPresent() && turn.leg(a).isFree()
                    ? turn.tell(a, leg -> leg.reinvite(early)).to(this::with)
                    : turn.to(this::with);
        }

        private Step answered(Turn turn, LegId leg, Optional<Sdp> sdp) {
            if (sdp.isEmpty()) {
                return turn.end(
                        EndCause.failed(488, "Callee answered without a session description"),
                        Optional.of(new Reason(488, "Not Acceptable Here")));
            }
            Turn answered = turn.act(CallAction.StopTimer.of(TimerName.RING));
            LegId a = turn.pair().caller();
            if (offered.isEmpty()) {
                return Scene.link(answered, Link.offering(leg, a, sdp.get()), Mode.Purpose.DIAL);
            }
            // B is acknowledged at once; A is told B's final answer, and B whatever A makes of it
            return Scene.link(
                    answered.tell(leg, b -> b.ack(Optional.empty())),
                    Link.telling(a, leg, sdp.get(), offered.get()),
                    Mode.Purpose.DIAL);
        }

        @Override
        public Step timer(Turn turn, TimerName timer) {
            return ringTimeout(this, turn, timer);
        }

        /** A changes its session before there is anyone to talk to: agreed, and nothing flows. */
        private Step park(Turn turn, LegId leg, LegNews.Offer news) {
            return turn.tell(leg, l -> l.accept(Scene.parked(news.sdp()), turn.at()))
                    .to(this::with);
        }

        @Override
        public Phase with(CallData changed) {
            return new SecondRings(changed, offered, redirects);
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
        EndCause.By by = turn.pair().side(leg).by();
        return turn.end(
                EndCause.refused(by, news.status(), news.phrase(), news.reached()),
                Optional.of(
                        new Reason(news.status(), news.phrase(), news.hints().reason())));
    }
}
