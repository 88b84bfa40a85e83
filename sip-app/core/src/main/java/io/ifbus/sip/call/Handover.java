// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static io.ifbus.sip.call.TransferRun.Stage.ANSWERED;
import static io.ifbus.sip.call.TransferRun.Stage.CONSULTING;
import static io.ifbus.sip.call.TransferRun.Stage.HANDING_OVER;
import static io.ifbus.sip.call.TransferRun.Stage.REFERRED;
import static io.ifbus.sip.call.TransferRun.Stage.RINGING;

import java.util.Optional;
import java.util.Set;

/** What a call that was answered does about a transfer. Drawn at {@link TransferRun}. */
record Handover(Scene scene) {
    private TransferRun run() {
        return scene.run().orElseThrow();
    }

    private Turn turn() {
        return scene.turn();
    }

    /** The party that is handed over. */
    private LegId transferee() {
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
            return Optional.of(fail(487, "Cancelled").done());
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
                ? Optional.of(
                        fail(e.status(), "The other call has nobody to give").done())
                : Optional.empty();
    }

    private boolean isFrom(CallId call) {
        return run().borrowed().filter(call::equals).isPresent();
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
                    : new Handover(stopped).fail(488, "Target answered without a session description");
        }
        return news instanceof LegNews.Failed e ? fail(e.status(), e.phrase()) : scene.heard(leg, news);
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
        boolean consult = run().attended() && run().stage() == ANSWERED && !hasLeft();
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

    private boolean hasLeft() {
        return scene.leg(run().leaving()) instanceof ClosedLeg;
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
        if (told.leg(run.leaving()).isUp()) {
            told = told.tell(run.leaving(), leg -> leg.hangUp(Optional.empty()));
        }
        Transfer done = run.transfer().ended(Transfer.State.COMPLETED, 200, "OK", turn().at());
        return scene.with(told.with(pair).introducing(pair).with(done))
                .wantingHold(false) // whoever was on hold has somebody else to talk with now
                .withoutRun()
                .in(Mode.Flowing.between(pair));
    }

    // ---- failed ----

    /** The joining did not come about. */
    Scene failed(Mode.Linking linking, Optional<LegId> refuser, int status, String phrase) {
        Pair pair = turn().pair();
        if (OpenLeg.isGone(status) && refuser.filter(pair::has).isPresent()) {
            LegId gone = refuser.get();
            if (gone.equals(run().leaving())) {
                return new Handover(scene.tell(gone, l -> l.hangUp(Optional.empty()))).left();
            }
            return new Handover(scene.with(abandoned(status, phrase)))
                    .scene()
                    .doomed(new EndCause(
                            EndCause.Result.FAILED,
                            status,
                            phrase,
                            pair.side(gone).by()));
        }
        boolean refused = refuser.filter(linking.link().second()::equals).isPresent();
        boolean untouched = linking.purpose() == Mode.Purpose.HAND_OVER
                && run().isTarget(linking.link().first())
                && (refused || !linking.link().mayHaveChangedSecond())
                && isOfPair(linking.before());
        return new Handover(scene.in(untouched ? linking.before() : new Mode.Parked())).fail(status, phrase);
    }

    /** Not between the transferor and the target. */
    private boolean isOfPair(Mode mode) {
        return !(mode instanceof Mode.Flowing flowing) || flowing.pair().equals(turn().pair());
    }

    /** Everything as before; without the transferor there is nothing to go back to. */
    Scene fail(int status, String phrase) {
        boolean left = hasLeft();
        Mode mode = isOfPair(scene.mode()) ? scene.mode() : new Mode.Parked();
        Scene failed = scene.with(abandoned(status, phrase))
                .withoutRun()
                .in(mode instanceof Mode.Linking ? new Mode.Parked() : mode);
        return left
                ? failed.doomed(EndCause.refused(
                        run().transfer().transferor().by(), status >= 300 ? status : 500, phrase, true))
                : failed;
    }

    /** The target is let go, and whoever asked is told. */
    Turn abandoned(int status, String phrase) {
        Turn told = report(turn(), status, phrase).act(CallAction.StopTimer.of(TimerName.TRANSFER));
        Turn alone = run().target()
                .map(target -> withoutTarget(told, target, status, phrase))
                .orElse(told);
        return alone.with(run().transfer().ended(Transfer.State.FAILED, status, phrase, turn().at()));
    }

    private Turn withoutTarget(Turn turn, LegId target, int status, String phrase) {
        Leg leg = turn.leg(target);
        if (leg.isEnded()) {
            return turn;
        }
        Home home = turn.home(target);
        if (home.call().equals(turn.data().facts().id())) {
            return turn.tell(target, l -> l.hangUp(Optional.of(new Reason(status, phrase))));
        }
        CallEvent back = leg instanceof IncomingLeg.Invited
                ? new CallEvent.Declined(status, phrase)
                : new CallEvent.Returned(leg);
        return turn.act(new CallAction.Tell(home.call(), back)).losing(target);
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
        if (run().isTarget(leg) && run().stage() == REFERRED) {
            // the phone may have taken our place there; its NOTIFY tells (RFC 3891 section 3)
            return scene.in(isOfPair(scene.mode()) ? scene.mode() : new Mode.Parked())
                    .done();
        }
        if (run().isTarget(leg)) {
            int status = news.status() >= 300 ? news.status() : 487;
            return (scene.mode() instanceof Mode.Linking linking
                            ? failed(linking, Optional.of(leg), status, "Target hung up")
                            : fail(status, "Target hung up"))
                    .done();
        }
        if (leg.equals(run().leaving())) {
            return left().done();
        }
        return leg.equals(transferee())
                ? Phase.over(abandoned(487, "The party to be handed over left"), leg, news)
                : scene.done();
    }

    /** The transferor leaves: the other party waits alone for the target. */
    private Scene left() {
        LegId waiting = transferee();
        Turn freed = scene.leg(waiting) instanceof PeersChange.PeerChange
                ? turn().tell(waiting, l -> l.refuse(491, ""))
                : turn();
        Mode alone = new Mode.Alone(waiting, Mode.Alone.Sound.SILENCE);
        Scene now = scene.with(freed);
        boolean handingOver =
                scene.mode() instanceof Mode.Linking linking && linking.purpose() == Mode.Purpose.HAND_OVER;
        if (handingOver) {
            Mode.Linking linking = (Mode.Linking) scene.mode();
            return now.in(new Mode.Linking(linking.link(), linking.purpose(), alone));
        }
        return run().stage() == CONSULTING ? now.in(alone).with(run().at(HANDING_OVER)) : now.in(alone);
    }

    // ---- by the phone ----

    Step onPhone(LegId leg, CallEvent.OnLeg event) {
        if (!leg.equals(transferee())) {
            return scene.done();
        }
        if (event instanceof CallEvent.ReferAnswered e) {
            return referAnswered(e).done();
        }
        return event instanceof CallEvent.Notified e ? notified(e) : scene.done();
    }

    private Scene referAnswered(CallEvent.ReferAnswered e) {
        if (e.status() < 300) {
            return scene.with(run().by(Transfer.Method.REFER).at(REFERRED));
        }
        boolean unable = e.status() == 405 || e.status() == 420 || e.status() == 501;
        if (!unable || run().transfer().method() != Transfer.Method.AUTO) {
            return fail(e.status(), e.phrase());
        }
        return run().target().isPresent()
                ? scene.with(run().by(Transfer.Method.B2BUA).at(HANDING_OVER))
                : new HandoverStart(scene).dial(run());
    }

    private Step notified(CallEvent.Notified e) {
        if (e.status() >= 300) {
            return fail(e.status(), e.phrase()).done();
        }
        if (e.status() >= 200) {
            Transfer done = run().transfer().ended(Transfer.State.COMPLETED, 200, "OK", turn().at());
            Turn told = turn().with(done);
            return told.end(new EndCause(EndCause.Result.COMPLETED, 200, "Transferred", EndCause.By.API));
        }
        return e.over() ? fail(487, "The phone stopped reporting").done() : scene.done();
    }

    /** Tells the phone that asked. */
    private Turn report(Turn turn, int status, String phrase) {
        TransferRun run = run();
        return run.reporter().isPresent() && turn.leg(run.leaving()).isUp()
                ? turn.send(
                        run.leaving(),
                        id -> new SipAction.Notify(id, run.reporter().get(), status, phrase))
                : turn;
    }
}
