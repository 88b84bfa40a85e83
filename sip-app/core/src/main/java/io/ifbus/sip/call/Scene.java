// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import io.ifbus.sip.sdp.Sdp;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A {@link Talking} in the making: what has been ordered so far, and what it will be. Immutable. */
record Scene(Turn turn, Mode mode, boolean holdWanted, Optional<TransferRun> run) {
    static Scene begin(Turn turn, Mode mode) {
        return new Scene(turn, mode, false, Optional.empty());
    }

    /** The first joining of a call. */
    static Step link(Turn turn, Link link, Mode.Purpose purpose) {
        Mode before = Mode.Flowing.between(turn.pair());
        return begin(turn, before).linking(link, purpose).done();
    }

    /** What answers {@code offer}, or offers something if there is none, and lets nothing flow. */
    static Optional<Sdp> parked(Optional<Sdp> offer) {
        return offer.map(Sdp::inactiveAnswer).or(() -> Optional.of(Sdp.inactiveOffer(1)));
    }

    Leg leg(LegId id) {
        return turn.leg(id);
    }

    Instant at() {
        return turn.at();
    }

    Scene with(Turn changed) {
        return new Scene(changed, mode, holdWanted, run);
    }

    Scene in(Mode next) {
        return new Scene(turn, next, holdWanted, run);
    }

    Scene wantingHold(boolean wanted) {
        return new Scene(turn, mode, wanted, run);
    }

    /** With a transfer under way; how it stands is remembered and told. */
    Scene with(TransferRun next) {
        return new Scene(turn.with(next.transfer()), mode, holdWanted, Optional.of(next));
    }

    Scene withoutRun() {
        return new Scene(turn, mode, holdWanted, Optional.empty());
    }

    Scene tell(LegId id, Function<Leg, LegStep> order) {
        return with(turn.tell(id, order));
    }

    Scene linking(Link link, Mode.Purpose purpose) {
        return with(turn.act(CallAction.StartTimer.of(TimerName.JOIN, Phase.SIP_PATIENCE)))
                .in(new Mode.Linking(link, purpose, mode));
    }

    // ---- news of a leg ----

    Scene heard(LegId leg, LegNews news) {
        if (mode instanceof Mode.Linking linking && linking.link().has(leg)) {
            return linking.link().heard(this, linking, leg, news);
        }
        if (mode instanceof Mode.Flowing flowing && flowing.pair().has(leg)) {
            return new Relaying(this, flowing).heard(leg, news);
        }
        if (mode instanceof Mode.Parking parking && parking.asked().contains(leg)) {
            return parkingHeard(parking, leg, news);
        }
        if (mode instanceof Mode.Alone alone && alone.leg().equals(leg)) {
            return aloneHeard(alone, news);
        }
        return aside(leg, news);
    }

    /** A leg that nobody talks with. */
    private Scene aside(LegId leg, LegNews news) {
        if (news instanceof LegNews.Offer e) {
            return tell(leg, l -> l.accept(parked(e.sdp()), at()));
        }
        return news instanceof LegNews.Agreed ? tell(leg, Leg::decline) : this;
    }

    private Scene parkingHeard(Mode.Parking parking, LegId leg, LegNews news) {
        if (news instanceof LegNews.Agreed) {
            return tell(leg, Leg::decline).in(without(parking, leg));
        }
        if (news instanceof LegNews.Refused e) {
            Set<LegId> again = new HashSet<>(parking.todo());
            again.add(leg);
            return e.status() == 491
                    ? in(new Mode.Parking(again, without(parking, leg).asked()))
                    : with(turn.trouble("hold-refused", "A phone refused to be put on hold: " + e.status(), true))
                            .in(without(parking, leg));
        }
        return aside(leg, news);
    }

    private static Mode.Parking without(Mode.Parking parking, LegId leg) {
        Set<LegId> rest = new HashSet<>(parking.asked());
        rest.remove(leg);
        return new Mode.Parking(parking.todo(), rest);
    }

    private Scene aloneHeard(Mode.Alone alone, LegNews news) {
        boolean echo = alone.sound() != Mode.Alone.Sound.SILENCE;
        if (news instanceof LegNews.Offer e && echo) {
            Optional<Sdp> answer = e.sdp().flatMap(Sdp::echoAnswer);
            return tell(alone.leg(), l -> answer.isPresent() ? l.accept(answer, at()) : l.refuse(488, ""));
        }
        if (news instanceof LegNews.Agreed e && alone.sound() == Mode.Alone.Sound.ECHO_ASKED) {
            Optional<Sdp> answer = e.sdp().flatMap(Sdp::echoAnswer);
            return tell(alone.leg(), l -> answer.isPresent() ? l.ack(answer) : l.decline())
                    .in(new Mode.Alone(alone.leg(), Mode.Alone.Sound.ECHO));
        }
        if (news instanceof LegNews.Refused e && alone.sound() == Mode.Alone.Sound.ECHO_ASKED) {
            boolean again = e.status() == 491;
            return in(new Mode.Alone(alone.leg(), again ? Mode.Alone.Sound.ECHO_WANTED : Mode.Alone.Sound.SILENCE));
        }
        return aside(alone.leg(), news);
    }

    // ---- how joining ended ----

    Scene linked(Mode.Linking linking) {
        Scene done = with(turn.act(CallAction.StopTimer.of(TimerName.JOIN)));
        return switch (linking.purpose()) {
            case DIAL, RESUME ->
                done.with(done.turn.entering(CallState.CONNECTED)).in(Mode.Flowing.between(turn.pair()));
            case CONSULT -> new Handover(done).consulting();
            case HAND_OVER -> new Handover(done).completed();
        };
    }

    /** @param refuser the leg that refused; the session of that one is as it was */
    Scene linkFailed(Mode.Linking linking, Optional<LegId> refuser, int status, String phrase) {
        Scene failed = with(turn.act(CallAction.StopTimer.of(TimerName.JOIN)));
        return switch (linking.purpose()) {
            case DIAL -> failed.ending(status, phrase, refuser);
            case RESUME ->
                OpenLeg.isGone(status)
                        ? failed.ending(status, phrase, refuser)
                        : failed.declined(linking.link()).notResumed(status);
            case CONSULT, HAND_OVER ->
                new HandoverEnd(failed.declined(linking.link())).failed(linking, refuser, status, phrase);
        };
    }

    private Scene notResumed(int status) {
        return with(turn.trouble("resume-refused", "The parties could not be joined: " + status, true))
                .wantingHold(true)
                .in(new Mode.Parked());
    }

    /** An offer of a leg of the pair that nobody will answer any more. */
    private Scene declined(Link link) {
        boolean owed = leg(link.first()) instanceof OwnChange.Agreed;
        return owed ? tell(link.first(), Leg::decline) : this;
    }

    /** The call cannot go on: {@link #done} ends it. */
    private Scene ending(int status, String phrase, Optional<LegId> refuser) {
        EndCause.By by = refuser.map(leg -> turn.pair().side(leg).by()).orElse(EndCause.By.SYSTEM);
        return in(new Doomed(new EndCause(EndCause.Result.FAILED, status, phrase, by)));
    }

    Scene doomed(EndCause cause) {
        return in(new Doomed(cause));
    }

    // ---- what is wanted next ----

    /** Pursues what is wanted as far as the legs allow, and shows what came of it. */
    Step done() {
        Scene now = this;
        for (Scene next = now.pursue(); next != now; next = now.pursue()) {
            now = next;
        }
        if (now.mode instanceof Doomed doomed) {
            EndCause cause = doomed.cause();
            return now.turn.end(cause, Optional.of(new Reason(cause.code(), cause.reason())));
        }
        Scene last = now;
        Turn shown = now.shown().map(state -> last.turn.entering(state)).orElse(now.turn);
        return shown.to(d -> new Talking(d, last.mode, last.holdWanted, last.run));
    }

    private Optional<CallState> shown() {
        if (run.isPresent()) {
            return Optional.of(CallState.TRANSFERRING);
        }
        if (mode instanceof Mode.Flowing flowing) {
            return Optional.of(flowing.quiet() ? CallState.ON_HOLD : CallState.CONNECTED);
        }
        if (mode instanceof Mode.Parked) {
            return Optional.of(CallState.ON_HOLD);
        }
        return mode instanceof Mode.Alone ? Optional.of(CallState.CONNECTED) : Optional.empty();
    }

    private Scene pursue() {
        if (mode instanceof Mode.Linking linking) {
            return linking.link().pursue(this, linking);
        }
        if (mode instanceof Mode.Parking parking) {
            return park(parking);
        }
        if (mode instanceof Mode.Alone alone
                && alone.sound() == Mode.Alone.Sound.ECHO_WANTED
                && run.isEmpty()
                && leg(alone.leg()).isFree()) {
            return tell(alone.leg(), l -> l.reinvite(Optional.empty()))
                    .in(new Mode.Alone(alone.leg(), Mode.Alone.Sound.ECHO_ASKED));
        }
        boolean busy = mode instanceof Mode.Flowing flowing && flowing.relay().isPresent() || mode instanceof Doomed;
        if (busy) {
            return this;
        }
        return run.isPresent() ? new Handover(this).pursue() : hold();
    }

    private Scene hold() {
        if (holdWanted && mode instanceof Mode.Flowing) {
            return in(new Mode.Parking(Set.of(turn.pair().caller(), turn.pair().callee()), Set.of()));
        }
        boolean resume = !holdWanted && mode instanceof Mode.Parked;
        return resume ? linking(Link.asking(turn.pair().caller(), turn.pair().callee()), Mode.Purpose.RESUME) : this;
    }

    private Scene park(Mode.Parking parking) {
        Optional<LegId> next = parking.todo().stream()
                .sorted()
                .filter(id -> leg(id).isFree() || leg(id) instanceof ClosedLeg)
                .findFirst();
        if (next.isEmpty()) {
            boolean over = parking.todo().isEmpty() && parking.asked().isEmpty();
            return over ? in(new Mode.Parked()) : this;
        }
        Set<LegId> todo = new HashSet<>(parking.todo());
        todo.remove(next.get());
        if (leg(next.get()) instanceof ClosedLeg) {
            return in(new Mode.Parking(todo, parking.asked()));
        }
        Set<LegId> asked = new HashSet<>(parking.asked());
        asked.add(next.get());
        return tell(next.get(), Leg::park).in(new Mode.Parking(todo, asked));
    }
}
