// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** How a transfer begins: by a client, by a phone's REFER, or by an INVITE that replaces one. */
record HandoverStart(Scene scene) {
    private Turn turn() {
        return scene.turn();
    }

    private boolean isCalm() {
        return scene.run().isEmpty() && isCalm(scene.mode());
    }

    /** Nothing is on its way from one state to another. */
    static boolean isCalm(Mode mode) {
        return mode instanceof Mode.Flowing || mode instanceof Mode.Parked || mode instanceof Mode.Alone;
    }

    Step asked(Transfer transfer) {
        LegId leaving = turn().pair().at(transfer.transferor());
        LegId transferee = turn().pair().other(leaving);
        if (!isCalm() || !scene.leg(transferee).isUp()) {
            Transfer refused = transfer.ended(Transfer.State.FAILED, 491, "Something else is under way", turn().at());
            return scene.with(turn().with(refused)).done();
        }
        return begin(transfer, leaving, Optional.empty(), Optional.empty()).done();
    }

    private Scene begin(Transfer transfer, LegId leaving, Optional<Long> reporter, Optional<String> referredBy) {
        TransferRun run = new TransferRun(
                transfer, TransferRun.Stage.DIALING, leaving, Optional.empty(), reporter, Optional.empty());
        if (transfer.kind() == Transfer.Kind.JOIN) {
            return borrow(run, Optional.empty());
        }
        LegId transferee = turn().pair().other(leaving);
        boolean phoneCan = scene.leg(transferee).peer().allows("REFER");
        boolean byPhone =
                transfer.method() == Transfer.Method.REFER || transfer.method() == Transfer.Method.AUTO && phoneCan;
        return byPhone && transfer.kind() == Transfer.Kind.BLIND
                ? refer(run, transferee, Optional.empty())
                : dial(run, referredBy);
    }

    /** Rings the target ourselves. */
    Scene dial(TransferRun run) {
        return dial(run, Optional.empty());
    }

    private Scene dial(TransferRun run, Optional<String> referredBy) {
        CallFacts facts = turn().data().facts();
        LegId target = turn().data().legs().free();
        Side side = run.transfer().transferor();
        Map<String, String> headers = new HashMap<>(facts.headers());
        headers.put("Referred-By", referredBy.orElseGet(() -> referredBy(side)));
        TransferRun dialing = new TransferRun(
                        run.transfer().by(by(run)),
                        run.stage(),
                        run.leaving(),
                        Optional.of(target),
                        run.reporter(),
                        run.borrowed())
                .at(TransferRun.Stage.DIALING, Transfer.State.DIALING);
        Turn ringing = turn().act(CallAction.StartTimer.of(TimerName.TRANSFER, facts.ringTimeout()))
                .ring(
                        target,
                        turn().data().party(side.opposite()),
                        Party.of(run.transfer().target()),
                        Optional.empty(),
                        headers);
        return scene.with(ringing).with(dialing);
    }

    /** A consultation may still end by a REFER. */
    private static Transfer.Method by(TransferRun run) {
        return run.attended() ? run.transfer().method() : Transfer.Method.B2BUA;
    }

    private String referredBy(Side side) {
        return "<" + turn().data().party(side).uri() + ">";
    }

    /** Lets the phone ring the target. */
    Scene refer(TransferRun run, LegId transferee, Optional<Home> replaces) {
        String referredBy = referredBy(run.transfer().transferor());
        String target = run.transfer().target();
        Turn asked = turn().act(CallAction.StartTimer.of(
                        TimerName.TRANSFER, turn().data().facts().ringTimeout().plus(Phase.SIP_PATIENCE)))
                .send(transferee, id -> new SipAction.Refer(id, target, replaces, referredBy));
        return scene.with(asked).with(run.at(TransferRun.Stage.REFERRING, Transfer.State.REFERRING));
    }

    /** @param known the transferor's leg of the other call, if that is known */
    private Scene borrow(TransferRun run, Optional<Home> known) {
        CallId us = turn().data().facts().id();
        Optional<CallId> other =
                known.map(Home::call).or(() -> CallId.read(run.transfer().target()));
        String uri = turn().data().party(run.transfer().transferor()).uri();
        TransferRun borrowing = new TransferRun(
                run.transfer().by(Transfer.Method.B2BUA).now(Transfer.State.JOINING),
                TransferRun.Stage.BORROWING,
                run.leaving(),
                Optional.empty(),
                run.reporter(),
                other);
        if (other.isEmpty() || other.get().equals(us)) {
            return new HandoverEnd(scene.with(borrowing)).fail(481, "Not another call");
        }
        CallEvent wish = new CallEvent.LendRequested(us, known, uri);
        return scene.with(turn().act(new CallAction.Tell(other.get(), wish))).with(borrowing);
    }

    /** A phone asks us to call someone and hand the other party over. */
    Step referred(LegId leg, CallEvent.ReferReceived e) {
        boolean nobody = scene.leg(turn().pair().other(leg)) instanceof OutgoingLeg.Idle;
        if (!isCalm() || nobody) {
            int status = nobody ? 603 : 491;
            return scene.with(turn().send(leg, id -> new SipAction.AnswerRefer(id, e.reference(), status, false)))
                    .done();
        }
        Turn accepted = turn().send(leg, id -> new SipAction.AnswerRefer(id, e.reference(), 202, e.silent()));
        if (!e.silent()) {
            accepted = accepted.send(leg, id -> new SipAction.Notify(id, e.reference(), 100, "Trying"));
        }
        Optional<Long> reporter = e.silent() ? Optional.empty() : Optional.of(e.reference());
        HandoverStart next = new HandoverStart(scene.with(accepted));
        Transfer transfer = Transfer.requested(
                idOf(e),
                e.replaces() ? Transfer.Kind.JOIN : Transfer.Kind.BLIND,
                turn().pair().side(leg),
                e.target(),
                Transfer.Method.B2BUA,
                turn().at());
        if (!e.replaces()) {
            return next.begin(transfer, leg, reporter, e.referredBy()).done();
        }
        TransferRun run = new TransferRun(
                transfer, TransferRun.Stage.BORROWING, leg, Optional.empty(), reporter, Optional.empty());
        // its Replaces names a dialog with us; one that we do not know is not passed on
        return e.replaced().isPresent()
                ? next.borrow(run, e.replaced()).done()
                : new HandoverEnd(next.scene().with(run))
                        .fail(481, "No such dialog to replace")
                        .done();
    }

    /** The same REFER has the same id wherever it is looked at. */
    private TransferId idOf(CallEvent.ReferReceived e) {
        return derived(e.reference());
    }

    private TransferId derived(long from) {
        UUID call = turn().data().facts().id().uuid();
        return new TransferId(new UUID(call.getMostSignificantBits() ^ from, ~call.getLeastSignificantBits()));
    }

    /** Why {@code replaced} is not to be replaced; empty if it is (RFC 3891 section 3). */
    private OptionalInt refusal(Optional<LegId> replaced, boolean earlyOnly) {
        if (replaced.isEmpty() || scene.leg(replaced.get()) instanceof OutgoingLeg.Idle) {
            return OptionalInt.of(481);
        }
        if (scene.leg(replaced.get()) instanceof ClosedLeg) {
            return OptionalInt.of(603); // a dialog that has terminated
        }
        if (!turn().pair().has(replaced.get())) {
            return OptionalInt.of(481); // the target of a transfer: not confirmed, or not to be moved
        }
        if (earlyOnly) {
            return OptionalInt.of(486);
        }
        LegId other = turn().pair().other(replaced.get());
        if (scene.leg(other) instanceof OutgoingLeg.Idle) {
            return OptionalInt.of(480); // a single party: nobody there to be connected with
        }
        boolean ready =
                isCalm() && scene.leg(replaced.get()).isUp() && scene.leg(other).isUp();
        return ready ? OptionalInt.empty() : OptionalInt.of(491);
    }

    /** An INVITE wants to take the place of one of our legs (RFC 3891 section 3). */
    Step replacement(CallEvent.ReplacementOffered e) {
        Optional<LegId> replaced = turn().find(e.replaced());
        OptionalInt refusal = refusal(replaced, e.earlyOnly());
        if (refusal.isPresent()) {
            CallEvent no = new CallEvent.Declined(refusal.getAsInt(), "");
            return scene.with(turn().act(new CallAction.Tell(e.home().call(), no)))
                    .done();
        }
        LegId guest = turn().data().legs().free();
        Transfer transfer = Transfer.requested(
                derived(e.home().call().uuid().getLeastSignificantBits()),
                Transfer.Kind.REPLACEMENT,
                turn().pair().side(replaced.get()),
                e.home().call().toString(),
                Transfer.Method.B2BUA,
                turn().at());
        TransferRun run = new TransferRun(
                transfer.now(Transfer.State.JOINING),
                TransferRun.Stage.ANSWERED,
                replaced.get(),
                Optional.of(guest),
                Optional.empty(),
                Optional.of(e.home().call()));
        return scene.with(turn().adopting(guest, e.leg(), e.home())).with(run).done();
    }
}
