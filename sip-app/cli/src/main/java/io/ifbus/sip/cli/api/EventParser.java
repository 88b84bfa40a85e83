// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli.api;

import java.time.Duration;
import java.util.Optional;

/**
 * The lines of a {@code text/event-stream} as events (WHATWG HTML, section 9.2.6). It lives longer than one connection,
 * since the last id does. Not thread-safe.
 */
final class EventParser {

    private final StringBuilder data = new StringBuilder();
    private String type = "";
    private String id = "";
    private String lastId = "";
    private Optional<Duration> retry = Optional.empty();

    /** Takes a line without its end. An empty one ends an event. */
    Optional<Event> accept(String line) {
        if (line.isEmpty()) {
            return dispatch();
        }
        int colon = line.indexOf(':');
        if (colon != 0) { // else a comment
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1);
            field(field, value.startsWith(" ") ? value.substring(1) : value);
        }
        return Optional.empty();
    }

    private void field(String name, String value) {
        switch (name) {
            case "data" -> data.append(value).append('\n');
            case "event" -> type = value;
            case "id" -> id = value.indexOf('\0') < 0 ? value : id;
            case "retry" ->
                retry = value.matches("\\d{1,9}") ? Optional.of(Duration.ofMillis(Long.parseLong(value))) : retry;
            default -> {} // to be ignored, says the section
        }
    }

    private Optional<Event> dispatch() {
        lastId = id;
        if (data.isEmpty()) {
            type = "";
            return Optional.empty();
        }
        Event event = new Event(lastId, type.isEmpty() ? "message" : type, data.substring(0, data.length() - 1));
        data.setLength(0);
        type = "";
        return Optional.of(event);
    }

    /** A connection ended: an event that it left unfinished is dropped, the last id stays. */
    void disconnected() {
        data.setLength(0);
        type = "";
        id = lastId;
    }

    /** Where to resume; empty before the first id. */
    String lastId() {
        return lastId;
    }

    /** How long to wait before connecting again, if the server has said so. */
    Optional<Duration> retry() {
        return retry;
    }
}
