// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.phones.Phone;
import io.ifbus.sip.tests.calls.Story;
import io.ifbus.sip.tests.control.EventReader.Event;
import io.ifbus.sip.tests.server.ApiCall;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stream that tells clients what happens. */
class EventsIT {

    @RegisterExtension
    final Story story = new Story();

    private final Phone alice = story.phone("alice", 440);
    private final Phone bob = story.phone("bob", 660);

    @ParameterizedTest
    @CsvSource({",", "wrong"})
    void isForThoseWithTheToken(String token) {
        var refused = story.api().withToken(Optional.ofNullable(token)).lines("/v1/events", Map.of());
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        refused.body().close();
    }

    @Test
    void tellsEachCallInItsOrder() {
        try (EventReader reader = EventReader.open(story.api())) {
            ApiCall first = story.talking(alice, bob);
            Phone carol = story.phone("carol", 880);
            carol.calls(story.server().sipUri("echo"));
            carol.talks();
            ApiCall second = story.inbound().becomes("connected");
            first.hold().becomes("on_hold").resume().becomes("connected").hangUp();
            carol.hangsUp();
            reader.hearsEnd(first.id());
            reader.hearsEnd(second.id());
            assertThat(states(reader.of(first.id())))
                    .containsExactly(
                            "created",
                            "dialing",
                            "ringing",
                            "connected",
                            "on_hold",
                            "connected",
                            "hanging_up",
                            "terminated");
            assertThat(states(reader.of(second.id()))).startsWith("incoming").endsWith("terminated");
            assertThat(reader.of(second.id()).get(1).type()).isEqualTo("incoming_call");
            for (ApiCall call : List.of(first, second)) assertCounted(reader.of(call.id()));
            Event end = reader.hearsEnd(first.id());
            assertThat(List.of(end.text("result"), end.text("sip_code"))).containsExactly("completed", "200");
            assertThat(end.text("trace_id")).isEqualTo("if://call/" + first.id());
        }
    }

    private static List<String> states(List<Event> events) {
        return events.stream()
                .filter(event -> event.type().equals("call_state_changed"))
                .map(event -> event.text("state"))
                .toList();
    }

    private static void assertCounted(List<Event> events) {
        assertThat(events)
                .extracting(event -> event.text("sequence"))
                .isEqualTo(IntStream.rangeClosed(1, events.size())
                        .mapToObj(Integer::toString)
                        .toList());
    }

    @Test
    void goesOnWhereAReaderLeft() {
        String last;
        ApiCall call;
        try (EventReader reader = EventReader.open(story.api())) {
            call = story.talking(alice, bob);
            last = reader.hears(
                            "connected",
                            event -> event.text("call_id").endsWith(call.id())
                                    && event.text("state").equals("connected"))
                    .id();
        }
        call.hold().becomes("on_hold").hangUp().ends("completed", 200, "api");
        for (boolean header : new boolean[] {true, false}) {
            Map<String, String> headers = header ? Map.of("Last-Event-ID", last) : Map.of();
            try (EventReader reader = EventReader.open(story.api(), header ? "" : "?last_event_id=" + last, headers)) {
                reader.hearsEnd(call.id());
                assertThat(states(reader.of(call.id()))).containsExactly("on_hold", "hanging_up", "terminated");
            }
        }
    }

    @Test
    void tellsWhatWasAskedForOnly() {
        Phone carol = story.phone("carol", 880);
        ApiCall call = story.connects(alice, bob);
        try (EventReader one = EventReader.open(story.api(), "?call=" + call.id(), Map.of());
                EventReader errors = EventReader.open(story.api(), "?type=error", Map.of());
                EventReader all = EventReader.open(story.api())) {
            alice.rings();
            ApiCall other = story.connects(carol, bob);
            carol.rings().rejects(486);
            other.becomes("terminated");
            all.hearsEnd(other.id());
            call.hangUp();
            one.hearsEnd(call.id());
            assertThat(one.events()).allMatch(event -> event.text("call_id").endsWith(call.id()));
            assertThat(errors.events()).isEmpty();
        }
    }

    @Test
    void knowsNoOtherTypes() {
        var refused = story.api().lines("/v1/events?type=weather", Map.of());
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).anyMatch(line -> line.contains("\"field\":\"type\""));
    }

    @Test
    void saysThatItLives() {
        try (EventReader reader = EventReader.open(story.api())) {
            await().atMost(Duration.ofSeconds(10)).until(() -> reader.comments().size() >= 2);
        }
    }
}
