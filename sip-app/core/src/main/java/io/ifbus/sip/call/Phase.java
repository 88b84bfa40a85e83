// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** A state of a call; {@link Call} draws them. What they do not say they leave to the defaults here. */
sealed interface Phase permits Dialed, Arriving, Talking, Away, Closed {
    /** 64*T1 (RFC 3261 section 17.1.1.1). */
    Duration SIP_PATIENCE = Duration.ofSeconds(32);

    CallData data();

    /** The same state with other data. */
    Phase with(CallData data);

    /** A leg has news; {@code turn} has the leg as it is now. */
    Step heard(Turn turn, LegId leg, LegNews news);

    /** Applies {@code event}. Total. */
    default Step on(CallEvent event, Instant at) {
        Turn turn = Turn.begin(data(), at);
        if (event instanceof CallEvent.OnLeg e) {
            return onLeg(turn, e.leg(), e);
        }
        if (event instanceof CallEvent.Forwarded e) {
            Optional<LegId> lodger = data().legs().at(e.home());
            return lodger.isPresent() ? onLeg(turn, lodger.get(), e.event()) : wish(turn, e);
        }
        if (event instanceof CallEvent.HangUpRequested) {
            return hangUp(turn);
        }
        if (event instanceof CallEvent.TimerFired e) {
            return e.timer().leg().isPresent()
                    ? legTimer(turn, e.timer())
                    : timer(turn, e.timer().name());
        }
        return event instanceof CallEvent.Started ? start(turn) : wish(turn, event);
    }

    private Step onLeg(Turn turn, LegId leg, CallEvent.OnLeg event) {
        if (!turn.data().legs().has(leg)) {
            return surprised(turn, event.getClass().getSimpleName());
        }
        if (event instanceof LegEvent.SendFailed e && e.action() instanceof SipAction.SendDigit) {
            return onPhone(turn, leg, new CallEvent.DigitSent(leg, 503));
        }
        if (event instanceof LegEvent.SendFailed e && e.action() instanceof SipAction.Refer) {
            return onPhone(turn, leg, new CallEvent.ReferAnswered(leg, 503, e.why()));
        }
        if (event instanceof LegEvent e) {
            return stepped(turn, leg, turn.leg(leg).on(e, turn.at()));
        }
        return event instanceof CallEvent.InfoReceived e ? info(turn, leg, e.reference()) : onPhone(turn, leg, event);
    }

    private Step legTimer(Turn turn, TimerKey timer) {
        LegId leg = timer.leg().orElseThrow();
        return turn.data().legs().has(leg)
                ? stepped(turn, leg, turn.leg(leg).timer(timer.name()))
                : turn.to(this::with);
    }

    private Step stepped(Turn turn, LegId leg, LegStep step) {
        Turn after = turn.after(leg, step);
        return step.news().isPresent() ? heard(after, leg, step.news().get()) : settle(after);
    }

    default Step start(Turn turn) {
        return surprised(turn, "Started");
    }

    /** Someone wants the call ended, and it is not ending yet. */
    default Step hangUp(Turn turn) {
        EndCause.Result result = turn.data().wasConnected() ? EndCause.Result.COMPLETED : EndCause.Result.CANCELLED;
        return turn.end(new EndCause(result, 200, "Hung up by API", EndCause.By.API));
    }

    default Step timer(Turn turn, TimerName timer) {
        return turn.to(this::with); // stopped too late
    }

    default Step info(Turn turn, LegId leg, long reference) {
        return turn.send(leg, id -> new SipAction.RefuseInfo(id, reference, 481))
                .to(this::with);
    }

    /** What a phone does beside its session: REFER and what belongs to it. */
    default Step onPhone(Turn turn, LegId leg, CallEvent.OnLeg event) {
        int status = turn.leg(leg).isUp() ? 491 : 481;
        return event instanceof CallEvent.ReferReceived e
                ? turn.send(leg, id -> new SipAction.AnswerRefer(id, e.reference(), status, false))
                        .to(this::with)
                : turn.to(this::with); // the answer to something that nobody waits for any more
    }

    /** What a client or another call wants; it may have come too late. */
    default Step wish(Turn turn, CallEvent event) {
        return refuseOthers(turn, event, 481)
                .map(t -> t.to(this::with))
                .orElseGet(() -> surprised(turn, event.getClass().getSimpleName()));
    }

    /** What other calls are told that want something of one that has nothing to give. */
    static Optional<Turn> refuseOthers(Turn turn, CallEvent event, int status) {
        if (event instanceof CallEvent.LendRequested e) {
            CallId us = turn.data().facts().id();
            return Optional.of(turn.act(new CallAction.Tell(e.borrower(), new CallEvent.LendRefused(us, status))));
        }
        if (event instanceof CallEvent.ReplacementOffered e) {
            CallEvent no = new CallEvent.Declined(status, "");
            return Optional.of(turn.act(new CallAction.Tell(e.home().call(), no)));
        }
        if (event instanceof CallEvent.Forwarded e
                && turn.data().legs().at(e.home()).isEmpty()) {
            return Optional.of(turn.act(new CallAction.Tell(e.home().call(), e.event()))); // given back meanwhile
        }
        if (event instanceof CallEvent.LendRefused) { // not wanted any more
            return Optional.of(turn);
        }
        if (event instanceof CallEvent.Lent e) { // asked for, and not wanted any more
            return Optional.of(turn.act(new CallAction.Tell(e.home().call(), new CallEvent.Returned(e.leg()))));
        }
        return Optional.empty();
    }

    /** A leg did its duty and had nothing to tell. */
    default Step settle(Turn turn) {
        return turn.to(this::with);
    }

    /** What makes sense to ask of it now; a hang-up always does. */
    default Set<Operation> allowed() {
        return EnumSet.of(Operation.HANG_UP);
    }

    default Optional<EndCause> cause() {
        return Optional.empty();
    }

    default Step surprised(Turn turn, String what) {
        return turn.act(new CallAction.NoteSurprise(getClass().getSimpleName(), what))
                .to(this::with);
    }

    /** What all states say to the end of a leg, and to surprises. */
    default Step heardOtherwise(Turn turn, LegId leg, LegNews news) {
        if (news instanceof LegNews.Over e) {
            return over(turn, leg, e);
        }
        if (news instanceof LegNews.Offer) { // no one there who could answer it
            return turn.tell(leg, l -> l.refuse(491, "")).to(this::with);
        }
        if (news instanceof LegNews.Agreed) { // nobody waits for it any more
            return turn.tell(leg, Leg::decline).to(this::with);
        }
        return surprised(turn, news.getClass().getSimpleName());
    }

    /** A leg of the pair has gone: so does the call. */
    static Step over(Turn turn, LegId leg, LegNews.Over news) {
        Side side = turn.pair().side(leg);
        if (news.status() >= 300 && news.status() != 487) { // lost, not left
            return turn.end(
                    new EndCause(EndCause.Result.FAILED, news.status(), news.phrase(), side.by()),
                    Optional.of(new Reason(news.status(), news.phrase())));
        }
        boolean connected = turn.data().wasConnected();
        EndCause.Result result = connected
                ? EndCause.Result.COMPLETED
                : side == Side.CALLER ? EndCause.Result.CANCELLED : EndCause.Result.FAILED;
        return turn.end(
                new EndCause(result, connected ? 200 : 487, "Hung up by " + side.word(), side.by()),
                news.reason().map(heard -> new Reason(487, "Cancelled", Optional.of(heard))));
    }
}
