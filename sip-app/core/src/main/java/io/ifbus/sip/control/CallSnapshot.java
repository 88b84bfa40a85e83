// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.control;

import io.ifbus.sip.call.Call;
import io.ifbus.sip.call.CallFacts;
import io.ifbus.sip.call.CallId;
import io.ifbus.sip.call.CallState;
import io.ifbus.sip.call.Direction;
import io.ifbus.sip.call.EndCause;
import io.ifbus.sip.call.Operation;
import io.ifbus.sip.call.Side;
import io.ifbus.sip.call.StateChange;
import io.ifbus.sip.call.Transfer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A call as it was at one moment.
 *
 * @param from URI of the caller
 * @param to URI of the callee as it was asked for
 * @param connectedAt when both could talk, if they ever could
 * @param duration of the talk, up to the moment of the snapshot; zero if there was none
 * @param cause why it ends or has ended; empty as long as it lives
 * @param history the changes of its state, oldest first
 * @param transfers those that were asked for, oldest first
 * @param allowed what makes sense to ask of it
 * @param absent the side on which nobody was ever rung, if there is one
 */
public record CallSnapshot(
        CallId id,
        String traceId,
        Direction direction,
        CallState state,
        String from,
        String to,
        Instant createdAt,
        Optional<Instant> connectedAt,
        Optional<Instant> endedAt,
        Duration duration,
        Optional<EndCause> cause,
        List<StateChange> history,
        List<Transfer> transfers,
        Set<Operation> allowed,
        Optional<Side> absent) {
    public CallSnapshot {
        history = List.copyOf(history);
        transfers = List.copyOf(transfers);
        allowed = Set.copyOf(allowed);
    }

    static CallSnapshot of(Call call, Instant now) {
        CallFacts facts = call.facts();
        Instant until = call.endedAt().orElse(now);
        return new CallSnapshot(
                facts.id(),
                facts.traceId(),
                facts.direction(),
                call.state(),
                facts.from().uri(),
                facts.to().uri(),
                call.history().get(0).at(),
                call.connectedAt(),
                call.endedAt(),
                call.connectedAt().map(since -> Duration.between(since, until)).orElse(Duration.ZERO),
                call.cause(),
                call.history(),
                call.transfers(),
                call.allowed(),
                call.absent());
    }

    /** Number of the last change of state, counted from 1. */
    public long sequence() {
        return history.get(history.size() - 1).sequence();
    }
}
