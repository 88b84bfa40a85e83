// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cdr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ifbus.sip.call.CallId;
import io.ifbus.sip.call.CallState;
import io.ifbus.sip.call.Direction;
import io.ifbus.sip.call.EndCause;
import io.ifbus.sip.call.StateChange;
import io.ifbus.sip.control.CallSnapshot;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CdrTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.000456Z");
    private static final CallId ID = new CallId(new UUID(1, 2));

    /** A call that changed its state every second. */
    private static CallSnapshot call(Optional<EndCause> cause, CallState... states) {
        List<StateChange> history = new ArrayList<>();
        for (CallState state : states) {
            history.add(new StateChange(history.size() + 1, state, NOON.plusSeconds(history.size())));
        }
        Optional<Instant> connected = first(history, CallState.CONNECTED);
        Optional<Instant> ended = first(history, CallState.TERMINATED);
        Duration talk = connected
                .flatMap(since -> ended.map(until -> Duration.between(since, until)))
                .orElse(Duration.ZERO);
        return new CallSnapshot(
                ID,
                "trace",
                Direction.INBOUND,
                states[states.length - 1],
                "sip:a@x",
                "sip:b@y",
                NOON,
                connected,
                ended,
                talk,
                cause,
                history,
                List.of(),
                java.util.Set.of(),
                Optional.empty());
    }

    private static Optional<Instant> first(List<StateChange> history, CallState state) {
        return history.stream()
                .filter(change -> change.state() == state)
                .map(StateChange::at)
                .findFirst();
    }

    private static Optional<EndCause> cause(EndCause.Result result, int code, String reason, EndCause.By by) {
        return Optional.of(new EndCause(result, code, reason, by));
    }

    @Nested
    class of_a_call_that_was_answered {
        private final Cdr record = Cdr.of(call(
                cause(EndCause.Result.COMPLETED, 200, "Hung up by callee", EndCause.By.CALLEE),
                CallState.INCOMING,
                CallState.RINGING,
                CallState.CONNECTED,
                CallState.ON_HOLD,
                CallState.CONNECTED,
                CallState.HANGING_UP,
                CallState.TERMINATED));

        @Test
        void has_what_the_call_was() {
            assertThat(record.callId()).isEqualTo(ID);
            assertThat(record.traceId()).isEqualTo("trace");
            assertThat(record.direction()).isEqualTo(Direction.INBOUND);
            assertThat(record.from()).isEqualTo("sip:a@x");
            assertThat(record.to()).isEqualTo("sip:b@y");
            assertThat(record.result()).isEqualTo(EndCause.Result.COMPLETED);
            assertThat(record.hangupCause())
                    .isEqualTo(new Cdr.HangupCause(200, "Hung up by callee", EndCause.By.CALLEE));
            assertThat(record.cost()).isEmpty();
        }

        @Test
        void has_its_times_to_the_millisecond() {
            assertThat(record.startTime()).isEqualTo("2026-01-01T12:00:00Z");
            assertThat(record.connectTime()).contains(Instant.parse("2026-01-01T12:00:02Z"));
            assertThat(record.endTime()).isEqualTo("2026-01-01T12:00:06Z");
            assertThat(record.duration()).hasSeconds(4);
        }

        @Test
        void tells_when_it_rang_and_how_long_it_was_on_hold() {
            assertThat(record.details())
                    .containsExactly(Map.entry("hold_duration", "1"), Map.entry("ring_time", "2026-01-01T12:00:01Z"));
        }
    }

    @Test
    void of_a_call_that_was_refused_at_once_has_no_talk_and_no_details() {
        Cdr record = Cdr.of(call(
                cause(EndCause.Result.BUSY, 486, "Busy Here", EndCause.By.CALLEE),
                CallState.CREATED,
                CallState.DIALING,
                CallState.TERMINATED));

        assertThat(record.connectTime()).isEmpty();
        assertThat(record.duration()).isZero();
        assertThat(record.details()).isEmpty();
        assertThat(record.hangupCause().code()).isEqualTo(486);
    }

    @Test
    void there_is_none_of_a_call_that_lives_or_is_only_ending() {
        CallSnapshot living = call(Optional.empty(), CallState.CREATED, CallState.DIALING);
        CallSnapshot ending = call(
                cause(EndCause.Result.CANCELLED, 200, "Hung up by API", EndCause.By.API),
                CallState.CREATED,
                CallState.HANGING_UP);

        assertThatThrownBy(() -> Cdr.of(living)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Cdr.of(ending))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("hanging_up");
    }

    @Nested
    class a_cursor {
        private final CdrCursor cursor = new CdrCursor(Instant.parse("2026-01-01T12:00:00.001Z"), ID);

        @Test
        void is_read_as_it_was_written() {
            assertThat(cursor.text()).matches("[a-z0-9_-]+");
            assertThat(CdrCursor.parse(cursor.text())).contains(cursor);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "x",
                    "5_",
                    "_00000000-0000-0001-0000-000000000002",
                    "zzzzzzzzzzzzz_00000000-0000-0001-0000-000000000002",
                    "5_00000000-0000-0001-0000-00000000000-",
                    " 5_00000000-0000-0001-0000-000000000002",
                    "5_00000000-0000-0001-0000-000000000002x"
                })
        void is_nothing_else(String text) {
            assertThat(CdrCursor.parse(text)).isEmpty();
            assertThat(CdrCursor.parse(cursor.text() + cursor.text() + text)).isEmpty();
        }

        @Test
        void comes_after_all_that_ended_later() {
            CdrCursor later = new CdrCursor(cursor.endTime().plusMillis(1), new CallId(new UUID(0, 0)));
            CdrCursor higherUuid = new CdrCursor(cursor.endTime(), new CallId(new UUID(-1, 0)));

            assertThat(List.of(cursor, later, higherUuid).stream().sorted()).containsExactly(later, higherUuid, cursor);
        }
    }

    @Test
    void a_cost_has_six_decimals() {
        Cdr record = Cdr.of(call(
                cause(EndCause.Result.COMPLETED, 200, "", EndCause.By.API), CallState.CREATED, CallState.TERMINATED));
        Cdr priced = new Cdr(
                ID,
                "",
                record.direction(),
                "a",
                "b",
                NOON,
                Optional.empty(),
                NOON,
                Duration.ZERO,
                record.result(),
                record.hangupCause(),
                Optional.of(new BigDecimal("0.00100049")),
                Map.of());

        assertThat(priced.cost()).contains(new BigDecimal("0.001000"));
    }
}
