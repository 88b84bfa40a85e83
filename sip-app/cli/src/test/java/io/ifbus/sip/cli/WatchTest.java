// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchTest extends Scene {

    private static final String EVENTS = "GET /v1/events";
    private static final String RINGING =
            "{\"event_id\":\"e1\",\"timestamp\":\"2026-01-02T03:04:05.678Z\",\"sequence\":3,"
                    + "\"call_id\":\"if://call/" + UUID
                    + "\",\"state\":\"ringing\",\"from\":\"sip:a@b\",\"to\":\"sip:c@d\"}";
    private static final String FAILED = "{\"timestamp\":\"2026-01-02T03:04:06Z\",\"call_id\":\"if://call/" + UUID
            + "\",\"code\":503,\"message\":\"no\\u001broute\",\"retryable\":true}";

    private static String event(String id, String type, String data) {
        return "id: " + id + "\nevent: " + type + "\ndata: " + data + "\n\n";
    }

    @Test
    void shows_an_event_a_line() {
        api.streams(
                        EVENTS,
                        event("n1:1", "call_state_changed", RINGING) + ":alive\n\n" + event("n1:2", "error", FAILED))
                .answers(EVENTS, 204, "");

        assertThat(operator.types("watch")).isZero();

        assertThat(operator.out())
                .isEqualTo("2026-01-02T03:04:05Z  call_state_changed  " + UUID + "  ringing  sip:a@b -> sip:c@d\n"
                        + "2026-01-02T03:04:06Z  error  " + UUID + "  -  code=503  message=no?route  retryable=true\n");
    }

    @Test
    void shows_that_events_are_missing() {
        api.streams(EVENTS, event("n1:9", "gap", "{\"after\":\"n1:1\",\"until\":\"n1:9\"}"))
                .answers(EVENTS, 204, "");

        operator.types("watch");

        assertThat(operator.out()).isEqualTo("-  gap  after=n1:1  until=n1:9\n");
    }

    @Test
    void goes_on_where_a_heartbeat_has_moved_it() {
        api.streams(EVENTS, "retry: 2000\nid: n1:1\n\n:\nid: n1:5\n\n").answers(EVENTS, 204, "");

        operator.types("watch");

        assertThat(operator.out()).isEmpty();
        assertThat(api.requests().get(1).header("Last-Event-ID")).isEqualTo("n1:5");
    }

    @Test
    void shows_a_document_a_line_as_json() {
        api.streams(EVENTS, event("n1:1", "call_state_changed", RINGING) + "data: {\"a\":\ndata:  1.50}\n\n")
                .answers(EVENTS, 204, "");

        assertThat(operator.types("watch", "--json")).isZero();

        assertThat(operator.out().lines()).containsExactly(RINGING, "{\"a\":1.5}");
    }

    @Test
    void goes_on_after_the_last_event_when_the_connection_ends_or_breaks() {
        api.streams(EVENTS, event("n1:1,n2:7", "a", "{}") + "id: n1:2\ndata: {\"unfinished\":")
                .refuses(EVENTS, 503, "{\"title\":\"draining\"}")
                .refuses(EVENTS, 503, "{\"title\":\"draining\"}")
                .streams(EVENTS, event("n1:2,n2:7", "b", "{}"))
                .answers(EVENTS, 204, "");

        assertThat(operator.types("watch", "--json")).isZero();

        assertThat(operator.out()).isEqualTo("{}\n{}\n");
        assertThat(api.requests())
                .map(request -> request.header("Last-Event-ID"))
                .containsExactly("", "n1:1,n2:7", "n1:1,n2:7", "n1:1,n2:7", "n1:2,n2:7");
        assertThat(operator.pauses)
                .containsExactly(
                        Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(1));
        assertThat(operator.err()).contains("the event stream broke; connecting again in 1.0 s");
    }

    @Test
    void goes_on_after_the_last_event_when_the_connection_breaks_in_an_event() {
        api.cuts(EVENTS, event("1", "a", "{}") + "id: 2\ndata: {").answers(EVENTS, 204, "");

        assertThat(operator.types("watch", "--json")).isZero();

        assertThat(operator.out()).isEqualTo("{}\n");
        assertThat(api.requests().get(1).header("Last-Event-ID")).isEqualTo("1");
    }

    @Test
    void takes_a_connection_on_which_nothing_comes_for_broken() {
        api.hangs(EVENTS, event("1", "a", "{}")).answers(EVENTS, 204, "");
        operator.silence = Duration.ofMillis(100);

        assertThat(operator.types("watch")).isZero();

        assertThat(api.requests().get(1).header("Last-Event-ID")).isEqualTo("1");
    }

    @Test
    void waits_as_long_as_the_server_says_before_connecting_again() {
        api.streams(EVENTS, "retry: 250\n" + event("1", "a", "{}")).answers(EVENTS, 204, "");

        operator.types("watch");

        assertThat(operator.pauses).containsExactly(Duration.ofMillis(250));
    }

    @Test
    void asks_for_some_calls_and_types_and_names_itself_a_reader_of_events() {
        api.answers(EVENTS, 204, "");

        assertThat(operator.types("watch", "--call", UUID, "--type", "incoming_call", "--type", "error"))
                .isZero();

        assertThat(api.request().query()).isEqualTo("?call=" + UUID + "&type=incoming_call&type=error");
        assertThat(api.request().header("Accept")).contains("text/event-stream");
        assertThat(api.request().header("Authorization")).isEqualTo("Bearer " + FakeApi.TOKEN);
    }

    @Test
    void ends_when_the_api_refuses_later() {
        api.streams(EVENTS, event("1", "a", "{}"))
                .refuses(EVENTS, 401, "{\"type\":\"if://problem/token-refused\",\"title\":\"A token is needed\"}");

        assertThat(operator.types("watch")).isEqualTo(3);

        assertThat(operator.err()).contains("token-refused");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 503})
    void ends_when_the_first_connection_is_not_accepted(int status) {
        api.refuses(EVENTS, status, "{\"type\":\"if://problem/some\",\"title\":\"t\",\"detail\":\"not now\"}");

        assertThat(operator.types("watch")).isEqualTo(status == 400 ? 3 : 4);

        assertThat(operator.err()).isEqualTo("ifbus: some: not now (" + status + ")\n");
        assertThat(api.requests()).hasSize(1);
    }

    @Test
    void ends_when_the_first_connection_breaks() {
        api.breaks(EVENTS);

        assertThat(operator.types("watch")).isEqualTo(4);
    }
}
