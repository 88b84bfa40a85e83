// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cdr;

import static java.util.Objects.requireNonNull;

import io.ifbus.sip.call.CallId;
import io.ifbus.sip.call.Direction;
import io.ifbus.sip.call.EndCause;
import io.ifbus.sip.control.CallSnapshot;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is kept of a call when it is over. Times and durations are cut to the millisecond.
 *
 * @param from URI of the caller
 * @param to URI of the callee as it was asked for
 * @param startTime when the call began
 * @param connectTime when both could talk, if they ever could
 * @param endTime when its legs had ended
 * @param duration of the talk; zero if there was none
 * @param result the outcome as billing counts it
 * @param cost in US dollars, rounded to {@value #COST_DECIMALS} decimals; empty if nobody priced the call
 * @param details what else is known, by snake_case name
 */
public record Cdr(
        CallId callId,
        String traceId,
        Direction direction,
        String from,
        String to,
        Instant startTime,
        Optional<Instant> connectTime,
        Instant endTime,
        Duration duration,
        EndCause.Result result,
        HangupCause hangupCause,
        Optional<BigDecimal> cost,
        Map<String, String> details) {
    public static final int COST_DECIMALS = 6;

    /**
     * Why the call ended.
     *
     * @param code the final SIP status that tells it best; 200 for a call that ended normally
     * @param reason a few words for people
     * @param by whose doing it was
     */
    public record HangupCause(int code, String reason, EndCause.By by) {
        public HangupCause {
            requireNonNull(reason, "reason");
            requireNonNull(by, "by");
        }
    }

    public Cdr {
        requireNonNull(callId, "callId");
        requireNonNull(traceId, "traceId");
        requireNonNull(direction, "direction");
        requireNonNull(from, "from");
        requireNonNull(to, "to");
        requireNonNull(result, "result");
        requireNonNull(hangupCause, "hangupCause");
        startTime = startTime.truncatedTo(ChronoUnit.MILLIS);
        connectTime = connectTime.map(at -> at.truncatedTo(ChronoUnit.MILLIS));
        endTime = endTime.truncatedTo(ChronoUnit.MILLIS);
        duration = duration.truncatedTo(ChronoUnit.MILLIS);
        cost = cost.map(amount -> amount.setScale(COST_DECIMALS, RoundingMode.HALF_UP));
        details = Collections.unmodifiableMap(new TreeMap<>(details));
    }

    /**
     * The record of {@code call}, without a cost.
     *
     * @throws IllegalArgumentException if it has not ended
     */
    public static Cdr of(CallSnapshot call) {
        EndCause cause = call.cause().orElseThrow(() -> living(call));
        return new Cdr(
                call.id(),
                call.traceId(),
                call.direction(),
                call.from(),
                call.to(),
                call.createdAt(),
                call.connectedAt(),
                call.endedAt().orElseThrow(() -> living(call)),
                call.duration(),
                cause.result(),
                new HangupCause(cause.code(), cause.reason(), cause.by()),
                Optional.empty(),
                CdrDetails.of(call));
    }

    private static IllegalArgumentException living(CallSnapshot call) {
        return new IllegalArgumentException(
                call.id() + " has not ended: " + call.state().word());
    }
}
