// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.control;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.jr.ob.JSON;
import io.ifbus.sip.tests.server.Api;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** One who reads the event stream, from the moment when it is opened. */
final class EventReader implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** One event. */
    record Event(String id, String type, Map<String, Object> data) {

        String text(String field) {
            return String.valueOf(data.get(field));
        }
    }

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final List<String> comments = new CopyOnWriteArrayList<>();
    private final Stream<String> lines;
    private String id = "";
    private String type = "";

    private EventReader(Stream<String> lines) {
        this.lines = lines;
        Thread thread = new Thread(this::read, "event-reader");
        thread.setDaemon(true);
        thread.start();
    }

    /** @param query with its {@code ?}, or empty */
    static EventReader open(Api api, String query, Map<String, String> headers) {
        var response = api.lines("/v1/events" + query, headers);
        if (response.statusCode() != 200) throw new AssertionError("no stream: " + response.statusCode());
        return new EventReader(response.body());
    }

    static EventReader open(Api api) {
        return open(api, "", Map.of());
    }

    private void read() {
        try {
            lines.forEach(this::line);
        } catch (UncheckedIOException closed) {
            // by us, or by a server that ends
        }
    }

    private void line(String line) {
        if (line.startsWith(":")) comments.add(line);
        else if (line.startsWith("id: ")) id = line.substring(4);
        else if (line.startsWith("event: ")) type = line.substring(7);
        else if (line.startsWith("data: ")) events.add(new Event(id, type, parsed(line.substring(6))));
    }

    private static Map<String, Object> parsed(String json) {
        try {
            return JSON.std.mapFrom(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Event> events() {
        return events;
    }

    List<String> comments() {
        return comments;
    }

    List<Event> of(String callId) {
        return events.stream()
                .filter(event -> event.text("call_id").endsWith(callId))
                .toList();
    }

    /** Waits for an event. */
    Event hears(String what, Predicate<Event> wanted) {
        await(what).atMost(PATIENCE).until(() -> events.stream().anyMatch(wanted));
        return events.stream().filter(wanted).findFirst().orElseThrow();
    }

    Event hears(String wantedType) {
        return hears(wantedType, event -> event.type().equals(wantedType));
    }

    /** Waits until a call is over. */
    Event hearsEnd(String callId) {
        return hears(
                "the end of " + callId,
                event -> event.text("call_id").endsWith(callId)
                        && event.text("state").equals("terminated"));
    }

    @Override
    public void close() {
        lines.close();
    }
}
