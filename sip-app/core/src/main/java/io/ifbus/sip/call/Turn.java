// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The making of one {@link Step}: what has been ordered so far. Immutable. */
record Turn(CallData data, List<CallAction> actions, Instant at) {
    /** How long ending legs may take: the 64*T1 of a BYE or of a missing ACK, and a little. */
    static final Duration END_LIMIT = Duration.ofSeconds(40);

    Turn {
        actions = List.copyOf(actions);
    }

    static Turn begin(CallData data, Instant at) {
        return new Turn(data, List.of(), at);
    }

    Leg leg(LegId id) {
        return data.legs().get(id);
    }

    /** Orders something of one leg. */
    Turn tell(LegId id, Function<Leg, LegStep> order) {
        return after(order.apply(leg(id)));
    }

    Turn after(LegStep step) {
        return new Turn(data.with(data.legs().with(step.next())), joined(step.actions()), at);
    }

    Turn act(CallAction... more) {
        return new Turn(data, joined(List.of(more)), at);
    }

    Turn entering(CallState state) {
        CallData changed = data.entering(state, at);
        return changed == data
                ? this
                : new Turn(changed, joined(List.of(new CallAction.Announce(changed.lastChange()))), at);
    }

    Step to(Function<CallData, Phase> next) {
        return new Step(new Call(next.apply(data)), actions);
    }

    /** Hangs both legs up. The call is over when both have ended. */
    Step end(EndCause cause) {
        return end(cause, Optional.empty());
    }

    /**
     * Hangs both legs up.
     *
     * @param why what is told to those who hear it in a BYE, CANCEL or refusal
     */
    Step end(EndCause cause, Optional<Reason> why) {
        UnaryOperator<Turn> hangUp =
                t -> t.tell(LegId.A, leg -> leg.hangUp(why)).tell(LegId.B, leg -> leg.hangUp(why));
        Turn ending = hangUp.apply(act(
                new CallAction.StopTimer(TimerName.RING),
                new CallAction.StopTimer(TimerName.JOIN),
                new CallAction.StopTimer(TimerName.GLARE)));
        if (ending.data.legs().haveEnded()) {
            return ending.terminate(cause);
        }
        return ending.entering(CallState.HANGING_UP)
                .act(CallAction.StartTimer.of(TimerName.END, END_LIMIT))
                .to(d -> new Closed.Ending(d, cause));
    }

    Step terminate(EndCause cause) {
        return entering(CallState.TERMINATED)
                .act(new CallAction.StopTimer(TimerName.END), new SipAction.Release())
                .to(d -> new Closed.Terminated(d, cause));
    }

    private List<CallAction> joined(List<CallAction> more) {
        return Stream.concat(actions.stream(), more.stream()).toList();
    }
}
