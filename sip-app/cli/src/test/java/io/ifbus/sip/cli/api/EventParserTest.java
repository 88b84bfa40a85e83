// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The examples and edges of WHATWG HTML, section 9.2.6. */
class EventParserTest {

    private final EventParser parser = new EventParser();

    private List<Event> events(String stream) {
        return Stream.of(stream.split("\n", -1))
                .map(parser::accept)
                .flatMap(Optional::stream)
                .toList();
    }

    @Test
    void lines_of_data_are_joined() {
        assertThat(events("data: YHOO\ndata: +2\ndata:10\n\n"))
                .containsExactly(new Event("", "message", "YHOO\n+2\n10"));
    }

    @Test
    void only_one_space_after_the_colon_is_taken_away() {
        assertThat(events("data:test\n\ndata:  test\n\n")).map(Event::data).containsExactly("test", " test");
    }

    @Test
    void a_field_without_a_colon_has_an_empty_value() {
        assertThat(events("data\n\ndata\ndata\n\ndata:")).map(Event::data).containsExactly("", "\n");
    }

    @Test
    void comments_and_unknown_fields_are_passed_over() {
        assertThat(events(": hello\nnovelty: x\ndata: a\n\n")).map(Event::data).containsExactly("a");
    }

    @Test
    void the_id_stays_until_another_comes_and_the_type_does_not() {
        assertThat(events("id: 1\nevent: a\ndata: x\n\ndata: y\n\nid\ndata: z\n\n"))
                .containsExactly(
                        new Event("1", "a", "x"), new Event("1", "message", "y"), new Event("", "message", "z"));
    }

    @Test
    void an_event_without_data_is_none_but_its_id_counts() {
        assertThat(events("id: 7\nevent: a\n\n")).isEmpty();
        assertThat(parser.lastId()).isEqualTo("7");
        assertThat(events("data: x\n\n")).containsExactly(new Event("7", "message", "x"));
    }

    @Test
    void an_id_with_a_null_character_is_ignored() {
        events("id: 7\ndata: x\n\nid: 8\u0000\ndata: y\n\n");

        assertThat(parser.lastId()).isEqualTo("7");
    }

    @Test
    void what_a_broken_connection_left_unfinished_is_forgotten() {
        events("id: 1\ndata: x\n\nid: 2\nevent: b\ndata: half");
        parser.disconnected();

        assertThat(parser.lastId()).isEqualTo("1");
        assertThat(events("data: y\n\n")).containsExactly(new Event("1", "message", "y"));
    }

    @Test
    void a_retry_that_is_a_number_of_milliseconds_is_kept() {
        events("retry: 1500\nretry: soon\nretry: -1");

        assertThat(parser.retry()).contains(Duration.ofMillis(1500));
    }
}
