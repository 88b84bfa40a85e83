// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.event;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.call.CallId;
import io.ifbus.sip.call.CallNotice;
import io.ifbus.sip.call.CallState;
import io.ifbus.sip.call.Direction;
import io.ifbus.sip.call.EndCause;
import io.ifbus.sip.call.Side;
import io.ifbus.sip.call.StateChange;
import io.ifbus.sip.call.Transfer;
import io.ifbus.sip.call.TransferId;
import io.ifbus.sip.control.CallSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CallEventsTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final CallId CALL = new CallId(new UUID(0, 7));

    private final List<Event> told = new ArrayList<>();
    private final List<StateChange> history = new ArrayList<>();
    private long ids;
    private final CallEvents events = new CallEvents(told::add, () -> NOON.plusSeconds(99), () -> new UUID(1, ++ids));
    private Direction direction = Direction.OUTBOUND;
    private Optional<EndCause> cause = Optional.empty();

    @Test
    void a_change_of_state_is_told_with_its_own_time_and_state() {
        StateChange created = change(CallState.CREATED, 0);
        change(CallState.DIALING, 3); // the snapshot is ahead of the notice
        events.heard(snapshot(), new CallNotice.StateChanged(created));
        Map<String, Object> fields =
                Map.of("state", "created", "from", "sip:a@h", "to", "sip:b@h", "direction", "outbound", "duration", 0L);
        assertThat(told)
                .containsExactly(new Event(
                        new UUID(1, 1), EventType.CALL_STATE_CHANGED, NOON, Optional.of(CALL), 1, "trace", fields));
    }

    @Test
    void fields_stand_in_a_fixed_order() {
        cause = Optional.of(new EndCause(EndCause.Result.BUSY, 486, "Busy Here", EndCause.By.CALLEE));
        hears(CallState.TERMINATED, 1);
        assertThat(told.get(0).fields().keySet())
                .containsExactly("state", "from", "to", "direction", "duration", "reason", "sip_code", "result");
    }

    @Test
    void a_call_that_reaches_us_is_told_twice_once_as_incoming_call() {
        direction = Direction.INBOUND;
        hears(CallState.INCOMING, 0);
        hears(CallState.CONNECTED, 1);
        assertThat(told)
                .extracting(Event::type)
                .containsExactly(EventType.CALL_STATE_CHANGED, EventType.INCOMING_CALL, EventType.CALL_STATE_CHANGED);
        assertThat(told).extracting(Event::sequence).containsExactly(1L, 2L, 3L);
        assertThat(told.get(1).fields()).containsExactly(entry("from", "sip:a@h"), entry("to", "sip:b@h"));
    }

    @Test
    void the_end_tells_why_and_how_long_the_talk_was_up_to_the_change() {
        hears(CallState.CONNECTED, 10);
        cause = Optional.of(new EndCause(EndCause.Result.COMPLETED, 200, "Hung up by caller", EndCause.By.CALLER));
        StateChange hold = new StateChange(2, CallState.ON_HOLD, NOON.plusSeconds(15));
        events.heard(snapshot(), new CallNotice.StateChanged(hold));
        hears(CallState.HANGING_UP, 40);
        assertThat(told.get(1).fields())
                .contains(entry("duration", 5L))
                .as("the cause came later")
                .doesNotContainKeys("reason", "result");
        assertThat(told.get(2).fields())
                .contains(
                        entry("duration", 30L),
                        entry("reason", "Hung up by caller"),
                        entry("sip_code", 200),
                        entry("result", "completed"));
    }

    @Test
    void trouble_is_an_error_and_counts_among_the_events_of_the_call() {
        hears(CallState.CONNECTED, 1);
        events.heard(snapshot(), new CallNotice.Trouble("target-refused", "Busy", true));
        events.heard(snapshot(), new CallNotice.Trouble("hold-refused", "No", false));
        assertThat(told).extracting(Event::sequence).containsExactly(1L, 2L, 3L);
        assertThat(told.get(1).type()).isEqualTo(EventType.ERROR);
        assertThat(told.get(1).at()).isEqualTo(NOON.plusSeconds(99));
        assertThat(told.get(1).fields())
                .containsExactly(
                        entry("code", "target-refused"),
                        entry("message", "Busy"),
                        entry("severity", "warning"),
                        entry("retryable", true));
        assertThat(told.get(2).fields()).contains(entry("severity", "error"), entry("retryable", false));
    }

    @Test
    void a_call_that_is_over_is_forgotten() {
        hears(CallState.CREATED, 0);
        assertThat(events.remembered()).isEqualTo(1);
        events.ended(snapshot());
        assertThat(events.remembered()).isZero();
    }

    /** Red when a kind of notice is added: give it its line in CallEvents and a sample here. */
    @Test
    void each_kind_of_notice_is_told() {
        List<CallNotice> samples = List.of(
                new CallNotice.StateChanged(change(CallState.CREATED, 0)),
                new CallNotice.Offered(Duration.ofSeconds(20)),
                new CallNotice.TransferChanged(Transfer.requested(
                        new TransferId(new UUID(1, 2)),
                        Transfer.Kind.BLIND,
                        Side.CALLEE,
                        "sip:carol@h",
                        Transfer.Method.AUTO,
                        NOON)),
                new CallNotice.Trouble("hold-refused", "No", false));
        assertThat(CallNotice.class.getPermittedSubclasses())
                .containsExactlyInAnyOrderElementsOf(
                        samples.stream().<Class<?>>map(Object::getClass).toList());
        samples.forEach(sample -> {
            told.clear();
            events.heard(snapshot(), sample);
            assertThat(told).as(sample.toString()).isNotEmpty();
        });
    }

    private void hears(CallState state, long second) {
        StateChange change = change(state, second);
        events.heard(snapshot(), new CallNotice.StateChanged(change));
    }

    private StateChange change(CallState state, long second) {
        StateChange change = new StateChange(history.size() + 1, state, NOON.plusSeconds(second));
        history.add(change);
        return change;
    }

    private CallSnapshot snapshot() {
        Optional<Instant> connected = history.stream()
                .filter(change -> change.state() == CallState.CONNECTED)
                .map(StateChange::at)
                .findFirst();
        return new CallSnapshot(
                CALL,
                "trace",
                direction,
                history.get(history.size() - 1).state(),
                "sip:a@h",
                "sip:b@h",
                NOON,
                connected,
                Optional.empty(),
                Duration.ZERO,
                cause,
                history,
                List.of(),
                java.util.Set.of(),
                Optional.empty());
    }
}
