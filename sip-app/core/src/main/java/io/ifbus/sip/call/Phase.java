// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import io.ifbus.sip.call.CallEvent.HangUpRequested;
import io.ifbus.sip.call.CallEvent.InfoReceived;
import io.ifbus.sip.call.CallEvent.TimerFired;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A state of a call; {@link Call} draws them. What they do not say they leave to the defaults here. */
sealed interface Phase permits Dialed, Arriving, Talking, Closed {
    /** 64*T1 (RFC 3261 section 17.1.1.1). */
    Duration SIP_PATIENCE = Duration.ofSeconds(32);

    CallData data();

    /** The same state with other data. */
    Phase with(CallData data);

    /** A leg has news; {@code turn} has the leg as it is now. */
    Step heard(Turn turn, LegId leg, LegNews news);

    default Step on(CallEvent event, Instant at) {
        Turn turn = Turn.begin(data(), at);
        if (event instanceof LegEvent e) {
            LegStep step = turn.leg(e.leg()).on(e, at);
            Turn after = turn.after(step);
            return step.news().isPresent() ? heard(after, e.leg(), step.news().get()) : settle(after);
        }
        if (event instanceof HangUpRequested) {
            return hangUp(turn);
        }
        if (event instanceof TimerFired e) {
            return timer(turn, e.timer());
        }
        if (event instanceof InfoReceived e) {
            return info(turn, e);
        }
        return start(turn);
    }

    default Step start(Turn turn) {
        return surprised(turn, "Started");
    }

    /** Someone wants the call ended, and it is not ending yet. */
    default Step hangUp(Turn turn) {
        EndCause.Result result = turn.data().firstTime(CallState.CONNECTED).isPresent()
                ? EndCause.Result.COMPLETED
                : EndCause.Result.CANCELLED;
        return turn.end(new EndCause(result, 200, "Hung up by API", EndCause.By.API));
    }

    default Step timer(Turn turn, TimerName timer) {
        return turn.to(this::with); // stopped too late
    }

    default Step info(Turn turn, InfoReceived event) {
        return turn.act(new SipAction.RefuseInfo(event.leg(), event.reference(), 481))
                .to(this::with);
    }

    /** A leg did its duty and had nothing to tell. */
    default Step settle(Turn turn) {
        return turn.to(this::with);
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
        return surprised(turn, news.getClass().getSimpleName());
    }

    private Step over(Turn turn, LegId leg, LegNews.Over news) {
        EndCause.By by = EndCause.By.of(leg);
        boolean connected = turn.data().firstTime(CallState.CONNECTED).isPresent();
        if (news.status() >= 300 && news.status() != 487) { // lost, not left
            return turn.end(
                    new EndCause(EndCause.Result.FAILED, news.status(), news.phrase(), by),
                    Optional.of(new Reason(news.status(), news.phrase())));
        }
        EndCause.Result result = connected
                ? EndCause.Result.COMPLETED
                : by == EndCause.By.CALLER ? EndCause.Result.CANCELLED : EndCause.Result.FAILED;
        int code = connected ? 200 : 487;
        String who = by == EndCause.By.CALLER ? "caller" : "callee";
        return turn.end(new EndCause(result, code, "Hung up by " + who, by));
    }
}
