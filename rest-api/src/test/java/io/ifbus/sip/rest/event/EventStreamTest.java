// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.event;

import static io.ifbus.sip.rest.event.Told.append;
import static io.ifbus.sip.rest.event.Told.data;
import static io.ifbus.sip.rest.event.Told.event;
import static io.ifbus.sip.rest.event.Told.frames;
import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.event.EventLog;
import io.ifbus.sip.event.EventType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EventStreamTest {

    private static final EventFilter ALL = new EventFilter(Set.of(), Set.of());

    private final EventLog log = new EventLog(10, 100);
    private final FakeOutlet outlet = FakeOutlet.roomy();

    private EventStream stream(String cursor, EventFilter filter, FakeOutlet outlet) {
        Optional<Cursor> asked = Optional.ofNullable(cursor).map(text -> Cursor.parse("Last-Event-ID", text));
        return new EventStream(log, "n1", new Frames(), filter, asked, outlet);
    }

    private EventStream stream(String cursor) {
        return stream(cursor, ALL, outlet);
    }

    private static List<String> changes(long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(position -> "n1:" + position + " call_state_changed")
                .toList();
    }

    @Test
    void a_new_reader_hears_what_comes_from_now_on_and_learns_at_once_where_it_is() throws Exception {
        append(log, 3);
        EventStream stream = stream(null);
        stream.pump();

        assertThat(outlet.text()).isEqualTo("retry: 2000\nid: n1:103\n\n");
        append(log, 2);
        stream.pump();
        assertThat(frames(outlet.text())).isEqualTo(changes(104, 105));
    }

    @Test
    void an_event_is_json_in_snake_case_with_the_fields_of_its_type() throws Exception {
        append(log, 1);
        stream("n1:100").pump();

        assertThat(data(outlet.text()))
                .containsExactly("{\"event_id\":\"00000000-0000-0001-0000-000000000001\","
                        + "\"type\":\"call_state_changed\",\"timestamp\":\"2026-01-01T12:00:00.123Z\","
                        + "\"call_id\":\"if://call/00000000-0000-0000-0000-000000000001\",\"sequence\":1,"
                        + "\"trace_id\":\"trace\",\"state\":\"ringing\"}");
    }

    @Test
    void each_position_can_be_returned_to_without_loss_or_doubles() throws Exception {
        append(log, 10);
        for (int left = 100; left <= 110; left++) {
            FakeOutlet again = FakeOutlet.roomy();
            stream("n1:" + left, ALL, again).pump();
            assertThat(frames(again.text())).isEqualTo(changes(left + 1, 110));
        }
    }

    @Test
    void frames_that_are_remembered_are_not_mixed_up() throws Exception {
        EventLog large = new EventLog(5000, 0);
        Frames frames = new Frames();
        append(large, 5000);
        for (int round = 0; round < 2; round++) {
            FakeOutlet all = FakeOutlet.roomy();
            EventStream stream = new EventStream(large, "n1", frames, ALL, Optional.of(Cursor.parse("x", "n1:0")), all);
            while (stream.pump()) {
                assertThat(all.largest).isLessThan(2 * EventStream.CHUNK);
            }
            List<String> sequences = data(all.text()).stream()
                    .map(json -> json.replaceAll(".*\"sequence\":(\\d+).*", "$1"))
                    .toList();
            assertThat(sequences)
                    .isEqualTo(LongStream.rangeClosed(1, 5000)
                            .mapToObj(Long::toString)
                            .toList());
        }
    }

    @Nested
    class a_gap {

        @Test
        void is_the_first_thing_a_reader_that_was_away_too_long_hears() throws Exception {
            append(log, 15);
            stream("n1:102").pump();

            List<String> heard = new ArrayList<>(List.of("n1:105 gap"));
            heard.addAll(changes(106, 115));
            assertThat(frames(outlet.text())).isEqualTo(heard);
            assertThat(data(outlet.text()).get(0)).isEqualTo("{\"after\":\"n1:102\",\"until\":\"n1:105\"}");
        }

        @Test
        void is_told_of_a_position_of_an_earlier_life_of_the_node() throws Exception {
            stream("n1:12").pump();

            assertThat(frames(outlet.text())).containsExactly("n1:100 gap");
        }

        @Test
        void is_told_of_a_position_that_this_node_has_not_reached() throws Exception {
            append(log, 2);
            stream("n1:999").pump();

            assertThat(frames(outlet.text()))
                    .containsExactly("n1:100 gap", "n1:101 call_state_changed", "n1:102 call_state_changed");
            assertThat(data(outlet.text()).get(0)).isEqualTo("{\"after\":\"n1:999\",\"until\":\"n1:100\"}");
        }

        @Test
        void is_told_to_a_reader_that_is_too_slow_and_then_it_goes_on() throws Exception {
            FakeOutlet small = new FakeOutlet(1);
            EventStream stream = stream(null, ALL, small);
            stream.pump();
            append(log, 25);
            stream.pump();
            assertThat(frames(small.text())).isEmpty();
            small.isRead();
            stream.pump();

            assertThat(frames(small.text())).startsWith("n1:115 gap").endsWith("n1:125 call_state_changed");
        }
    }

    @Test
    void a_reader_of_other_nodes_hears_this_one_from_its_beginning_and_keeps_its_other_positions() throws Exception {
        append(log, 1);
        stream("n0:5,n2:77").pump();

        assertThat(frames(outlet.text())).containsExactly("n0:5,n1:101,n2:77 call_state_changed");
    }

    @Test
    void what_is_not_asked_for_is_left_out() throws Exception {
        log.append(event(Told.ALICE, EventType.CALL_STATE_CHANGED, 1));
        log.append(event(Told.BOB, EventType.CALL_STATE_CHANGED, 1));
        log.append(event(Told.ALICE, EventType.ERROR, 2));
        FakeOutlet calls = FakeOutlet.roomy();
        FakeOutlet types = FakeOutlet.roomy();
        stream("n1:100", new EventFilter(Set.of(Told.ALICE), Set.of()), calls).pump();
        stream("n1:100", new EventFilter(Set.of(), Set.of(EventType.CALL_STATE_CHANGED)), types)
                .pump();

        assertThat(frames(calls.text())).containsExactly("n1:101 call_state_changed", "n1:103 error");
        assertThat(frames(types.text())).isEqualTo(changes(101, 102));
    }

    @Test
    void a_reader_that_takes_nothing_is_owed_one_write_and_no_more() throws Exception {
        EventLog large = new EventLog(50_000, 0);
        FakeOutlet small = new FakeOutlet(1);
        EventStream stream =
                new EventStream(large, "n1", new Frames(), ALL, Optional.of(Cursor.parse("x", "n1:0")), small);
        append(large, 50_000);
        for (int i = 0; i < 100; i++) {
            stream.pump();
        }

        assertThat(small.size()).isLessThan(EventStream.CHUNK + 1024);
    }

    @Nested
    class a_heartbeat {

        @Test
        void is_a_comment() throws Exception {
            EventStream stream = stream(null);
            stream.pump();
            int before = outlet.size();

            assertThat(stream.beat()).isTrue();
            assertThat(outlet.text().substring(before)).isEqualTo(":\n\n");
        }

        @Test
        void moves_the_reader_on_over_what_it_did_not_ask_for() throws Exception {
            EventStream stream = stream(null, new EventFilter(Set.of(Told.BOB), Set.of()), outlet);
            append(log, 4);
            stream.pump();
            int before = outlet.size();
            stream.beat();
            stream.beat();

            assertThat(outlet.text().substring(before)).isEqualTo(":\nid: n1:104\n\n:\n\n");
        }

        @Test
        void is_missed_four_times_before_the_reader_is_given_up() throws Exception {
            FakeOutlet small = new FakeOutlet(1);
            EventStream stream = stream(null, ALL, small);
            stream.pump();

            assertThat(beats(stream, 5)).containsExactly(true, true, true, true, false);
            small.isRead();
            assertThat(beats(stream, 6)).as("it came back").containsExactly(true, true, true, true, true, false);
        }

        private static List<Boolean> beats(EventStream stream, int times) throws IOException {
            List<Boolean> lives = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                lives.add(stream.beat());
            }
            return lives;
        }
    }
}
