// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import java.time.Instant;
import java.util.Optional;

/**
 * A call one of whose legs is in the hands of another call.
 *
 * <pre>
 *  Talking --asked to lend a leg--> OnLoan --returned--> Talking
 *  Arrived --to replace a leg-----> OnLoan --declined--> refused
 *                                   OnLoan --kept--> Departed: the other party is hung up; over when the leg has ended
 * </pre>
 *
 * What happens on the leg is passed on to the call that has it.
 */
sealed interface Away extends Phase {
    LegId leg();

    CallId borrower();

    @Override
    default Step on(CallEvent event, Instant at) {
        Turn turn = Turn.begin(data(), at);
        Home home = turn.home(leg());
        if (event instanceof CallEvent.OnLeg e && e.leg().equals(leg())) {
            return passOn(turn, new CallEvent.Forwarded(home, e));
        }
        if (event instanceof CallEvent.TimerFired e && e.timer().leg().equals(Optional.of(leg()))) {
            return turn.to(this::with); // stopped too late
        }
        boolean about =
                event instanceof CallEvent.LendRequested e && e.transferor().equals(Optional.of(home))
                        || event instanceof CallEvent.ReplacementOffered r
                                && r.replaced().equals(home);
        return about ? passOn(turn, event) : Phase.super.on(event, at);
    }

    private Step passOn(Turn turn, CallEvent event) {
        return turn.act(new CallAction.Tell(borrower(), event)).to(this::with);
    }

    /** Gives the party at the other end of the transferor away; empty if there is none to give. */
    static Optional<Step> lending(Turn turn, CallEvent.LendRequested wish, boolean held) {
        LegId transferor = wish.transferor().flatMap(turn::find).orElseGet(() -> turn.pair()
                .at(sideOf(turn.data().facts(), wish.uri())));
        LegId lent = turn.pair().other(transferor);
        Home home = turn.home(lent);
        boolean ours = home.call().equals(turn.data().facts().id());
        if (!turn.pair().has(transferor) || !ours) {
            return Optional.empty();
        }
        return Optional.of(turn.with(turn.data().sending(lent, "")) // what was still to be dialled there is not
                .act(
                        new CallAction.StopTimer(TimerName.SESSION.of(lent)),
                        new CallAction.Tell(wish.borrower(), new CallEvent.Lent(home, turn.leg(lent))))
                .entering(CallState.TRANSFERRING)
                .to(d -> new OnLoan(d, lent, wish.borrower(), held, false)));
    }

    private static Side sideOf(CallFacts facts, String uri) {
        return facts.to().uri().equals(uri) && !facts.from().uri().equals(uri) ? Side.CALLEE : Side.CALLER;
    }

    /** Offers A's INVITE to the call whose leg it wants to replace. */
    static Step offering(Turn turn, Plan.Replace plan) {
        CallId borrower = plan.replaced().call();
        Home home = turn.home(LegId.A);
        CallEvent offer = new CallEvent.ReplacementOffered(home, turn.leg(LegId.A), plan.replaced(), plan.earlyOnly());
        return turn.act(new CallAction.Tell(borrower, offer)).to(d -> new OnLoan(d, LegId.A, borrower, false, false));
    }

    /**
     * The other call has it and may give it back.
     *
     * @param held the call was on hold
     * @param ending it is to be hung up when it comes back
     */
    record OnLoan(CallData data, LegId leg, CallId borrower, boolean held, boolean ending) implements Away {
        @Override
        public Step heard(Turn turn, LegId id, LegNews news) {
            if (news instanceof LegNews.Offer e) {
                return turn.tell(id, l -> l.accept(Scene.parked(e.sdp()), turn.at()))
                        .to(this::with);
            }
            if (news instanceof LegNews.Over) {
                return turn.to(d -> new OnLoan(d, leg, borrower, held, true));
            }
            return news instanceof LegNews.Agreed ? turn.tell(id, Leg::decline).to(this::with) : turn.to(this::with);
        }

        @Override
        public Step hangUp(Turn turn) {
            return withoutOthers(turn).to(d -> new OnLoan(d, leg, borrower, held, true));
        }

        private Turn withoutOthers(Turn turn) {
            Turn now = turn;
            for (LegId id : data.legs().ids().keySet()) {
                now = id.equals(leg) ? now : now.tell(id, l -> l.hangUp(Optional.empty()));
            }
            return now;
        }

        @Override
        public Step wish(Turn turn, CallEvent event) {
            if (event instanceof CallEvent.Returned e) {
                return returned(turn, e.leg());
            }
            if (event instanceof CallEvent.Declined e) {
                EndCause cause = EndCause.failed(e.status(), "Nothing to replace");
                return turn.end(cause, Optional.of(new Reason(e.status(), e.phrase())));
            }
            if (event instanceof CallEvent.Kept) {
                EndCause cause = new EndCause(EndCause.Result.COMPLETED, 200, "Transferred", EndCause.By.API);
                Turn leaving = withoutOthers(turn)
                        .entering(CallState.HANGING_UP)
                        .act(CallAction.StartTimer.of(TimerName.END, Turn.END_LIMIT));
                return new Departed(leaving.data(), leg, borrower, cause).settle(leaving);
            }
            if (event instanceof CallEvent.LodgerEnded) {
                Turn gone = turn.with(data.with(data.legs().with(leg, ClosedLeg.Ended.after(leg))));
                return Phase.over(gone, leg, new LegNews.Over(200, "Hung up"));
            }
            if (event instanceof CallEvent.HoldRequested || event instanceof CallEvent.ResumeRequested) {
                boolean hold = event instanceof CallEvent.HoldRequested;
                return turn.to(d -> new OnLoan(d, leg, borrower, hold, ending));
            }
            return Away.super.wish(turn, event);
        }

        private Step returned(Turn turn, Leg back) {
            Turn whole = turn.with(data.with(data.legs().with(leg, back)));
            LegId other = turn.pair().other(leg);
            if (turn.leg(other) instanceof OutgoingLeg.Idle) { // it was answered in vain
                EndCause cause = EndCause.failed(500, "Could not be joined");
                return whole.end(cause, Optional.of(new Reason(cause.code(), cause.reason())));
            }
            if (ending || back instanceof ClosedLeg) {
                EndCause.By by = turn.pair().side(ending ? other : leg).by();
                return whole.end(new EndCause(EndCause.Result.COMPLETED, 200, "Hung up", by));
            }
            return Scene.begin(timed(whole, back), new Mode.Parked())
                    .wantingHold(held)
                    .done();
        }

        /** Its timers run here again. */
        private Turn timed(Turn turn, Leg back) {
            Turn timed = back instanceof OpenLeg open ? turn.act(open.dialog().restart()) : turn;
            return back instanceof OpenLeg.Up up && !up.isFree()
                    ? timed.after(leg, OpenLeg.Up.afterGlare(up.dialog()))
                    : timed;
        }

        @Override
        public Phase with(CallData changed) {
            return new OnLoan(changed, leg, borrower, held, ending);
        }
    }

    /** The other call keeps it; ours is over but for what happens on that leg. */
    record Departed(CallData data, LegId leg, CallId borrower, EndCause why) implements Away {
        @Override
        public Step heard(Turn turn, LegId id, LegNews news) {
            return settle(turn);
        }

        @Override
        public Step settle(Turn turn) {
            if (turn.data().legs().haveEnded()) {
                return turn.terminate(why);
            }
            return turn.data().legs().haveEndedBut(leg)
                    ? turn.entering(CallState.TERMINATED)
                            .act(CallAction.StopTimer.of(TimerName.END))
                            .to(this::with)
                    : turn.to(this::with);
        }

        @Override
        public Step timer(Turn turn, TimerName timer) {
            if (timer != TimerName.END) {
                return turn.to(this::with);
            }
            Turn forced = turn;
            for (LegId id : turn.data().legs().ids().keySet()) {
                Legs legs = forced.data().legs();
                forced = id.equals(leg)
                        ? forced
                        : forced.with(forced.data().with(legs.with(id, ClosedLeg.Ended.after(id))));
            }
            return settle(forced);
        }

        @Override
        public Step wish(Turn turn, CallEvent event) {
            return event instanceof CallEvent.LodgerEnded
                    ? settle(turn.with(turn.data().with(turn.data().legs().with(leg, ClosedLeg.Ended.after(leg)))))
                    : Away.super.wish(turn, event);
        }

        @Override
        public Step hangUp(Turn turn) {
            return turn.to(this::with); // over already
        }

        @Override
        public Optional<EndCause> cause() {
            return Optional.of(why);
        }

        @Override
        public Phase with(CallData changed) {
            return new Departed(changed, leg, borrower, why);
        }
    }
}
