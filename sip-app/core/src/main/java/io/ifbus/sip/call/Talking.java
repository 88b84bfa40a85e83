// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A call that was answered, with or without a transfer under way.
 *
 * <pre>
 *  Flowing --hold--> Parking --both agreed--> Parked --resume--> Linking --joined--> Flowing
 *     ^ |                                       |
 *     | '-- target of a transfer answered ------'--> Linking --joined--> Flowing, with the target in the pair
 *     '------------------------------------------------ | failed: as it was before, joined anew if it was touched
 *  Alone: one party only, silent or hearing itself; a transfer gives it someone to talk with
 * </pre>
 *
 * The wishes (hold, the stage of a transfer) are kept, and pursued whenever the legs they need are free: {@link
 * Scene#done}.
 *
 * @param holdWanted a client wants it on hold
 */
record Talking(CallData data, Mode mode, boolean holdWanted, Optional<TransferRun> run) implements Phase {
    @Override
    public Step heard(Turn turn, LegId leg, LegNews news) {
        Scene scene = scene(turn);
        if (news instanceof LegNews.Over e) {
            return new HandoverEnd(scene).over(leg, e);
        }
        if (news instanceof LegNews.Refused e && OpenLeg.isGone(e.status()) && !isLinking(leg)) {
            Scene without = scene.tell(leg, l -> l.hangUp(Optional.empty()));
            return new HandoverEnd(without).over(leg, new LegNews.Over(e.status(), e.phrase()));
        }
        if (run.isPresent() && run.get().isTarget(leg) && !isLinking(leg)) {
            return new Handover(scene).heardTarget(leg, news).done();
        }
        return scene.heard(leg, news).done();
    }

    private boolean isLinking(LegId leg) {
        return mode instanceof Mode.Linking linking && linking.link().has(leg)
                || mode instanceof Mode.Flowing flowing && flowing.pair().has(leg);
    }

    @Override
    public Step settle(Turn turn) {
        return scene(turn).done();
    }

    @Override
    public Step timer(Turn turn, TimerName timer) {
        if (timer == TimerName.JOIN && mode instanceof Mode.Linking linking) {
            return scene(turn)
                    .linkFailed(linking, Optional.empty(), 408, "Media not joined in time")
                    .done();
        }
        return timer == TimerName.TRANSFER
                ? new HandoverEnd(scene(turn)).timedOut()
                : scene(turn).done();
    }

    @Override
    public Step hangUp(Turn turn) {
        Turn last = run.isPresent() ? new HandoverEnd(scene(turn)).abandoned(487, "Call hung up") : turn;
        return Phase.super.hangUp(last);
    }

    @Override
    public Step info(Turn turn, LegId leg, long reference) {
        Pair pair = mode instanceof Mode.Flowing flowing ? flowing.pair() : data.pair();
        boolean relayed = pair.has(leg)
                && turn.data().legs().has(pair.other(leg))
                && turn.leg(pair.other(leg)).isUp();
        return relayed
                ? turn.send(pair.other(leg), id -> new SipAction.RelayInfo(id, reference))
                        .to(this::with)
                : Phase.super.info(turn, leg, reference);
    }

    @Override
    public Step onPhone(Turn turn, LegId leg, CallEvent.OnLeg event) {
        if (event instanceof CallEvent.DigitSent e) {
            return scene(Digits.sent(turn, leg, e.status())).done();
        }
        if (event instanceof CallEvent.ReferReceived e) {
            boolean mayStart =
                    run.isEmpty() && data.pair().has(leg) && turn.leg(leg).isUp();
            return mayStart ? new Handover(scene(turn)).referred(leg, e) : Phase.super.onPhone(turn, leg, event);
        }
        return run.filter(TransferRun::byPhone).isPresent()
                ? new HandoverByPhone(scene(turn)).heard(leg, event)
                : turn.to(this::with);
    }

    @Override
    public Step wish(Turn turn, CallEvent event) {
        Scene scene = scene(turn);
        if (event instanceof CallEvent.HoldRequested) {
            return scene.wantingHold(true).done();
        }
        if (event instanceof CallEvent.ResumeRequested) {
            return scene.wantingHold(false).done();
        }
        if (event instanceof CallEvent.DigitsRequested e) {
            return scene(Digits.wanted(turn, turn.pair().at(e.side()), e.digits()))
                    .done();
        }
        if (event instanceof CallEvent.LendRequested e && mayLend()) {
            return Away.lending(turn, e, holdWanted).orElseGet(() -> Phase.super.wish(turn, event));
        }
        Optional<Step> handover = new Handover(scene).wish(event);
        return handover.orElseGet(() -> Phase.super.wish(turn, event));
    }

    /** Nothing is under way, and both parties are there. */
    private boolean mayLend() {
        boolean calm = mode instanceof Mode.Flowing flowing ? flowing.relay().isEmpty() : mode instanceof Mode.Parked;
        Legs legs = data.legs();
        return calm
                && run.isEmpty()
                && legs.get(data.pair().caller()).isFree()
                && legs.get(data.pair().callee()).isFree();
    }

    @Override
    public Set<Operation> allowed() {
        EnumSet<Operation> allowed = EnumSet.of(Operation.HANG_UP);
        boolean answered = data.wasConnected();
        Legs legs = data.legs();
        if (answered
                && (legs.get(data.pair().caller()).isUp()
                        || legs.get(data.pair().callee()).isUp())) {
            allowed.add(Operation.DTMF);
        }
        if (answered && run.isEmpty()) {
            if (HandoverStart.isCalm(mode)
                    && isUpOrIdle(data.pair().caller())
                    && isUpOrIdle(data.pair().callee())) {
                allowed.add(Operation.TRANSFER);
            }
            if (!(mode instanceof Mode.Alone)) {
                allowed.addAll(EnumSet.of(Operation.HOLD, Operation.RESUME));
            }
        }
        return allowed;
    }

    private boolean isUpOrIdle(LegId leg) {
        return data.legs().get(leg).isUp() || data.legs().get(leg) instanceof OutgoingLeg.Idle;
    }

    private Scene scene(Turn turn) {
        return new Scene(turn, mode, holdWanted, run);
    }

    @Override
    public Phase with(CallData changed) {
        return new Talking(changed, mode, holdWanted, run);
    }
}
