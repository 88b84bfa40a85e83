// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static io.ifbus.sip.call.TransferRun.Stage.ANSWERED;
import static io.ifbus.sip.call.TransferRun.Stage.CONSULTING;
import static io.ifbus.sip.call.TransferRun.Stage.HANDING_OVER;
import static io.ifbus.sip.call.TransferRun.Stage.RINGING;

import java.util.Optional;
import java.util.Set;

/** What a call that was answered does about a transfer. Drawn at {@link TransferRun}. */
record Handover(Scene scene) {
    TransferRun run() {
        return scene.run().orElseThrow();
    }

    private Turn turn() {
        return scene.turn();
    }

    /** The party that is handed over. */
    LegId transferee() {
        return turn().pair().other(run().leaving());
    }

    // ---- wishes ----

    /** Empty if {@code event} has nothing to do with transfers, or comes too late. */
    Optional<Step> wish(CallEvent event) {
        if (event instanceof CallEvent.TransferRequested e) {
            return Optional.of(new HandoverStart(scene).asked(e.transfer()));
        }
        if (event instanceof CallEvent.ReplacementOffered e) {
            return Optional.of(new HandoverStart(scene).replacement(e));
        }
        return scene.run().isEmpty() ? Optional.empty() : duringRun(event);
    }

    private Optional<Step> duringRun(CallEvent event) {
        TransferId id = run().transfer().id();
        if (event instanceof CallEvent.TransferCompletionRequested e
                && e.transfer().equals(id)) {
            return Optional.of(run().stage() == CONSULTING ? complete().done() : scene.done());
        }
        if (event instanceof CallEvent.TransferCancelRequested e && e.transfer().equals(id)) {
            return Optional.of(failure().fail(487, "Cancelled").done());
        }
        boolean borrowing = run().stage() == TransferRun.Stage.BORROWING;
        if (borrowing && event instanceof CallEvent.Lent e && isFrom(e.home().call())) {
            LegId guest = turn().data().legs().free();
            TransferRun next = run().towards(guest).at(ANSWERED, Transfer.State.JOINING);
            return Optional.of(scene.with(turn().adopting(guest, e.leg(), e.home()))
                    .with(next)
                    .done());
        }
        return borrowing && event instanceof CallEvent.LendRefused e && isFrom(e.lender())
                ? Optional.of(failure()
                        .fail(e.status(), "The other call has nobody to give")
                        .done())
                : Optional.empty();
    }

    private boolean isFrom(CallId call) {
        return run().borrowed().filter(call::equals).isPresent();
    }

    private HandoverEnd failure() {
        return new HandoverEnd(scene);
    }

    Step referred(LegId leg, CallEvent.ReferReceived e) {
        return new HandoverStart(scene).referred(leg, e);
    }

    // ---- the target ----

    Scene heardTarget(LegId leg, LegNews news) {
        if (news instanceof LegNews.Rang) {
            return run().stage() == RINGING ? scene : progressed(run().at(RINGING, Transfer.State.RINGING));
        }
        if (news instanceof LegNews.Accepted e) {
            Scene stopped = scene.with(turn().act(CallAction.StopTimer.of(TimerName.TRANSFER)));
            return e.sdp().isPresent()
                    ? stopped.with(run().at(ANSWERED, Transfer.State.JOINING))
                    : new HandoverEnd(stopped).fail(488, "Target answered without a session description");
        }
        return news instanceof LegNews.Failed e ? failure().fail(e.status(), e.phrase()) : scene.heard(leg, news);
    }

    private Scene progressed(TransferRun next) {
        return scene.with(report(turn(), 180, "Ringing")).with(next);
    }

    /** Begins to join, as soon as nothing else is under way. */
    Scene pursue() {
        boolean wanted = run().stage() == ANSWERED || run().stage() == HANDING_OVER;
        if (!wanted) {
            return scene;
        }
        boolean consult = run().attended() && run().stage() == ANSWERED && isThere();
        if (!consult) {
            return scene.with(run().at(HANDING_OVER, Transfer.State.JOINING))
                    .linking(link(transferee()), Mode.Purpose.HAND_OVER);
        }
        return scene.mode() instanceof Mode.Flowing
                ? scene.in(new Mode.Parking(Set.of(transferee()), Set.of()))
                : scene.linking(link(run().leaving()), Mode.Purpose.CONSULT);
    }

    private Link link(LegId other) {
        LegId target = run().target().orElseThrow();
        Leg leg = scene.leg(target);
        if (leg instanceof OutgoingLeg.Answered2xx e && e.owed().isPresent()) {
            return Link.offering(target, other, e.owed().get());
        }
        if (leg instanceof IncomingLeg.Invited e) {
            return e.offer()
                    .map(offer -> Link.offering(target, other, offer))
                    .orElseGet(() -> Link.asking(other, target));
        }
        return Link.asking(target, other);
    }

    boolean hasLeft() {
        return scene.leg(run().leaving()) instanceof ClosedLeg;
    }

    /** There is a transferor whom the target can talk with: a single party has none. */
    private boolean isThere() {
        return !hasLeft() && !(scene.leg(run().leaving()) instanceof OutgoingLeg.Idle);
    }

    // ---- joined ----

    Scene consulting() {
        Pair pair = turn().pair().replacing(transferee(), run().target().orElseThrow());
        return scene.with(turn().introducing(pair))
                .with(run().at(CONSULTING, Transfer.State.CONSULTING))
                .in(Mode.Flowing.between(pair));
    }

    /** The consultation is over. */
    private Scene complete() {
        LegId target = run().target().orElseThrow();
        Leg transferee = scene.leg(transferee());
        boolean phoneCan =
                transferee.peer().allows("REFER") && scene.leg(target).peer().supports("replaces");
        Transfer.Method method = run().transfer().method();
        boolean byPhone = method == Transfer.Method.REFER || method == Transfer.Method.AUTO && phoneCan;
        return byPhone && !hasLeft()
                ? new HandoverStart(scene).refer(run(), transferee(), Optional.of(turn().home(target)))
                : scene.with(run().by(Transfer.Method.B2BUA).at(HANDING_OVER));
    }

    Scene completed() {
        TransferRun run = run();
        LegId target = run.target().orElseThrow();
        Pair pair = turn().pair().replacing(run.leaving(), target);
        Turn told = report(turn(), 200, "OK");
        if (run.borrowed().isPresent()) {
            told = told.act(new CallAction.Tell(run.borrowed().get(), new CallEvent.Kept()));
        }
        told = told.tell(run.leaving(), leg -> leg.hangUp(Optional.empty())); // up or not yet; harmless if it has left
        Transfer done = run.transfer().ended(Transfer.State.COMPLETED, 200, "OK", turn().at());
        return scene.with(told.with(pair).introducing(pair).with(done).entering(CallState.CONNECTED))
                .wantingHold(false) // whoever was on hold has somebody else to talk with now
                .withoutRun()
                .wantingHold(false) // whoever was on hold has somebody else to talk with now
                .in(Mode.Flowing.between(pair));
    }

    /** Tells the phone that asked. */
    Turn report(Turn turn, int status, String phrase) {
        TransferRun run = run();
        return run.reporter().isPresent() && turn.leg(run.leaving()).isUp()
                ? turn.send(
                        run.leaving(),
                        id -> new SipAction.Notify(id, run.reporter().get(), status, phrase))
                : turn;
    }
}
