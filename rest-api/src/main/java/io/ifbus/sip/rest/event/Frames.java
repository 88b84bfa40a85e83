// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.ifbus.sip.event.EventSource.Numbered;
import io.ifbus.sip.rest.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Writes what goes over a stream (HTML Living Standard, section 9.2.5). An event's JSON is the same for all streams and
 * made once, as long as it is among the newest. For one thread.
 */
final class Frames {

    /** How long a client waits before it comes back, in milliseconds. */
    private static final int RETRY = 2000;

    private static final int REMEMBERED = 1024;

    private final Tail[] tails = new Tail[REMEMBERED];

    /** What follows an event's id. */
    private record Tail(long position, byte[] bytes) {}

    /** Where events are missing: behind {@code after}, up to and with {@code until}; both cursors. */
    record Gap(String after, String until) {}

    /** The first on each stream. No event, but with {@code cursor} a client knows from where to come back. */
    byte[] opening(Optional<Cursor> cursor) {
        return ("retry: " + RETRY + "\n" + cursor.map(Frames::id).orElse("") + "\n").getBytes(UTF_8);
    }

    /** A comment; with {@code cursor} it moves the client on although there was no event for it. */
    byte[] heartbeat(Optional<Cursor> cursor) {
        return (":\n" + cursor.map(Frames::id).orElse("") + "\n").getBytes(UTF_8);
    }

    byte[] gap(Cursor after, Cursor until) {
        byte[] tail = tail("gap", new Gap(after.toString(), until.toString()));
        return join(id(until).getBytes(UTF_8), tail);
    }

    /** @param cursor at the event's own position */
    byte[] event(Cursor cursor, Numbered event) {
        return join(id(cursor).getBytes(UTF_8), tail(event));
    }

    private byte[] tail(Numbered numbered) {
        int place = (int) (numbered.position() % REMEMBERED);
        Tail known = tails[place];
        if (known == null || known.position() != numbered.position()) {
            byte[] bytes = tail(numbered.event().type().word(), EventBody.of(numbered.event()));
            known = new Tail(numbered.position(), bytes);
            tails[place] = known;
        }
        return known.bytes();
    }

    private static String id(Cursor cursor) {
        return "id: " + cursor + "\n";
    }

    /** JSON has no line ends of its own: they are escaped in strings. */
    private static byte[] tail(String type, Object data) {
        try {
            return ("event: " + type + "\ndata: " + Json.mapper().writeValueAsString(data) + "\n\n").getBytes(UTF_8);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] join(byte[] id, byte[] tail) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream(id.length + tail.length);
        frame.writeBytes(id);
        frame.writeBytes(tail);
        return frame.toByteArray();
    }
}
