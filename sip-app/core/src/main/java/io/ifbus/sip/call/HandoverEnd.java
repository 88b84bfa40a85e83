// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static io.ifbus.sip.call.TransferRun.Stage.CONSULTING;
import static io.ifbus.sip.call.TransferRun.Stage.HANDING_OVER;

import java.util.List;
import java.util.Optional;

/** How a transfer ends without success, or goes on without the transferor. Drawn at {@link TransferRun}. */
record HandoverEnd(Scene scene) {
    private Handover handover() {
        return new Handover(scene);
    }

    private TransferRun run() {
        return handover().run();
    }

    private Turn turn() {
        return scene.turn();
    }

    // ---- failed ----

    /** The joining did not come about. */
    Scene failed(Mode.Linking linking, Optional<LegId> refuser, int status, String phrase) {
        if (OpenLeg.isGone(status) && refuser.isPresent()) {
            return new HandoverEnd(scene.tell(refuser.get(), l -> l.hangUp(Optional.empty())))
                    .gone(refuser.get(), status, phrase);
        }
        return new HandoverEnd(scene.in(back(linking, refuser))).fail(status, phrase);
    }

    /** Where to go back to when the joining has failed. */
    private Mode back(Mode.Linking linking, Optional<LegId> refuser) {
        boolean refused = refuser.filter(linking.link().second()::equals).isPresent();
        boolean untouched = linking.purpose() == Mode.Purpose.HAND_OVER
                && run().isTarget(linking.link().first())
                && (refused || !linking.link().mayHaveChangedSecond())
                && isOfPair(linking.before());
        if (linking.before() instanceof Mode.Alone alone) {
            return untouched && alone.sound() == Mode.Alone.Sound.ECHO ? alone : alone.anew();
        }
        return untouched ? linking.before() : new Mode.Parked();
    }

    /** Not between the transferor and the target. */
    private boolean isOfPair(Mode mode) {
        return !(mode instanceof Mode.Flowing flowing) || flowing.pair().equals(turn().pair());
    }

    /** Everything as before; without the transferor there is nothing to go back to. */
    Scene fail(int status, String phrase) {
        boolean left = handover().hasLeft();
        Mode mode = scene.mode() instanceof Mode.Linking linking
                ? back(linking, Optional.empty())
                : isOfPair(scene.mode()) ? scene.mode() : new Mode.Parked();
        Turn told = abandoned(status, phrase);
        Turn free = mode instanceof Mode.Flowing
                ? told
                : released(released(told, told.pair().caller()), told.pair().callee());
        Scene failed = scene.with(free).withoutRun().in(mode);
        return left
                ? failed.doomed(EndCause.refused(
                        run().transfer().transferor().by(), status >= 300 ? status : 500, phrase, true))
                : failed;
    }

    /** Gives a leg what it waits for from one that will not say it any more. */
    private static Turn released(Turn turn, LegId leg) {
        if (turn.leg(leg) instanceof OwnChange.Agreed) {
            return turn.tell(leg, Leg::decline);
        }
        return turn.leg(leg) instanceof PeersChange.PeerChange ? turn.tell(leg, l -> l.refuse(491, "")) : turn;
    }

    /** The target is let go, and whoever asked is told. */
    Turn abandoned(int status, String phrase) {
        Turn told = handover()
                .report(turn(), status, phrase)
                .act(CallAction.StopTimer.of(TimerName.TRANSFER), CallAction.StopTimer.of(TimerName.JOIN));
        Turn alone = run().target()
                .map(target -> withoutTarget(told, target, status, phrase))
                .orElse(told);
        return alone.with(run().transfer().ended(Transfer.State.FAILED, status, phrase, turn().at()));
    }

    private static Turn withoutTarget(Turn turn, LegId target, int status, String phrase) {
        if (turn.leg(target).isEnded()) {
            return turn;
        }
        Home home = turn.home(target);
        if (home.call().equals(turn.data().facts().id())) {
            return turn.tell(target, l -> l.hangUp(Optional.of(new Reason(status, phrase))));
        }
        Turn free = released(turn, target);
        Leg leg = free.leg(target);
        CallEvent back = leg instanceof IncomingLeg.Invited
                ? new CallEvent.Declined(status, phrase)
                : new CallEvent.Returned(leg);
        return free.act(new CallAction.Tell(home.call(), back)).losing(target);
    }

    Step timedOut() {
        if (scene.run().isEmpty()) {
            return scene.done();
        }
        return switch (run().stage()) {
            case DIALING, RINGING -> fail(408, "No answer").done();
            case REFERRING, REFERRED -> fail(408, "No outcome told in time").done();
            default -> scene.done();
        };
    }

    // ---- someone leaves ----

    Step over(LegId leg, LegNews.Over news) {
        if (scene.run().isEmpty()) {
            return turn().pair().has(leg) ? Phase.over(turn(), leg, news) : scene.done();
        }
        if (run().isTarget(leg)) {
            return targetLeft(leg, news.status() >= 300 ? news.status() : 487).done();
        }
        if (leg.equals(run().leaving())) {
            return left().done();
        }
        return leg.equals(handover().transferee())
                ? Phase.over(abandoned(487, "The party to be handed over left"), leg, news)
                : scene.done();
    }

    private Scene targetLeft(LegId leg, int status) {
        if (run().byPhone()) { // the transferee's phone has taken our place there, or will tell that it could not
            LegId transferor = run().leaving();
            return scene.with(released(turn(), transferor))
                    .in(scene.mode() instanceof Mode.Alone ? scene.mode() : new Mode.Parked());
        }
        return scene.mode() instanceof Mode.Linking linking
                ? new HandoverEnd(scene.in(back(linking, Optional.of(leg)))).fail(status, "Target hung up")
                : fail(status, "Target hung up");
    }

    /** The dialog of a leg that has just been hung up was gone for its peer. */
    Scene gone(LegId leg, int status, String phrase) {
        if (run().isTarget(leg)) {
            return targetLeft(leg, status);
        }
        if (leg.equals(run().leaving())) {
            return left();
        }
        EndCause.By by = turn().pair().side(leg).by();
        return scene.with(abandoned(status, phrase))
                .withoutRun()
                .doomed(new EndCause(EndCause.Result.FAILED, status, phrase, by));
    }

    /** The transferor leaves: the other party waits alone for the target. */
    private Scene left() {
        Mode alone = new Mode.Alone(handover().transferee(), Mode.Alone.Sound.SILENCE);
        if (scene.mode() instanceof Mode.Linking linking && linking.purpose() == Mode.Purpose.HAND_OVER) {
            return scene.in(new Mode.Linking(linking.link(), linking.purpose(), alone));
        }
        Turn free = turn();
        for (LegId waiting : run().target()
                .map(t -> List.of(handover().transferee(), t))
                .orElse(List.of(handover().transferee()))) {
            free = released(free, waiting);
        }
        Scene now = scene.with(free).in(alone);
        return run().stage() == CONSULTING ? now.with(run().at(HANDING_OVER)) : now;
    }
}
