// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.cdr;

import io.ifbus.sip.call.CallId;
import io.ifbus.sip.call.CallState;
import io.ifbus.sip.call.Direction;
import io.ifbus.sip.call.EndCause;
import io.ifbus.sip.call.StateChange;
import io.ifbus.sip.cdr.Cdr;
import io.ifbus.sip.control.CallSnapshot;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Calls that have ended, and their records. */
final class Cdrs {

    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private Cdrs() {}

    /** Of a call that ended {@code seconds} after noon. */
    static Cdr ended(long seconds) {
        return record(UUID.randomUUID(), "sip:a@x", "sip:b@y", "COMPLETED", "OUTBOUND", NOON.plusSeconds(seconds));
    }

    static Cdr record(UUID id, String from, String to, String result, String direction, Instant end) {
        return new Cdr(
                new CallId(id),
                "trace",
                Direction.valueOf(direction),
                from,
                to,
                end.minusSeconds(9),
                Optional.of(end.minusSeconds(5)),
                end,
                Duration.ofSeconds(5),
                EndCause.Result.valueOf(result),
                new Cdr.HangupCause(200, "Hung up by API", EndCause.By.API),
                Optional.empty(),
                Map.of());
    }

    /** With everything that may be there, and nothing plain. */
    static Cdr rich() {
        return new Cdr(
                new CallId(UUID.randomUUID()),
                "tr'ace; --",
                Direction.INBOUND,
                "sip:Zo\u00eb%00@[2001:db8::1]:5060;x=\"\u0000\ud83d\udcde\"",
                "tel:" + "1".repeat(20_000),
                NOON.minusNanos(1),
                Optional.empty(),
                NOON,
                Duration.ZERO,
                EndCause.Result.NO_ANSWER,
                new Cdr.HangupCause(408, "", EndCause.By.SYSTEM),
                Optional.of(new BigDecimal("12.345678")),
                Map.of("b", "", "a", "x'y"));
    }

    /** A call that has ended. */
    static CallSnapshot call(UUID id) {
        return new CallSnapshot(
                new CallId(id),
                "trace",
                Direction.OUTBOUND,
                CallState.TERMINATED,
                "sip:a@x",
                "sip:b@y",
                NOON,
                Optional.empty(),
                Optional.of(NOON),
                Duration.ZERO,
                Optional.of(new EndCause(EndCause.Result.BUSY, 486, "Busy Here", EndCause.By.CALLEE)),
                List.of(new StateChange(1, CallState.TERMINATED, NOON)),
                List.of(),
                java.util.Set.of(),
                Optional.empty());
    }
}
