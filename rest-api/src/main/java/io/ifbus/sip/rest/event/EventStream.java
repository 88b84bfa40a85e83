// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.event;

import io.ifbus.sip.event.EventSource;
import io.ifbus.sip.event.EventSource.Numbered;
import io.ifbus.sip.event.EventSource.Page;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** One reader: its place in the log, and what it wants. Used by the one thread that serves all streams. */
final class EventStream {

    /** A write is as long as this, or longer by one frame. */
    static final int CHUNK = 16 * 1024;

    /** How many writes one stream may make before another has its turn. */
    private static final int TURN = 16;

    private static final int PAGE = 64;

    /** How many heartbeats long a reader may take nothing. */
    private static final int PATIENCE = 4;

    /** Whether its turn has been asked for; for whoever asks. */
    final AtomicBoolean queued = new AtomicBoolean();

    final Outlet outlet;
    private final EventSource source;
    private final String node;
    private final Frames frames;
    private final EventFilter filter;
    private final Cursor asked;
    private ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    private long position;
    private long shown;
    private int silent;

    /**
     * A reader that begins at {@code asked}: where it left this node's log, or at its beginning if it has read from
     * other nodes only; without a cursor behind the newest event.
     */
    EventStream(
            EventSource source, String node, Frames frames, EventFilter filter, Optional<Cursor> asked, Outlet outlet) {
        this.source = source;
        this.node = node;
        this.frames = frames;
        this.filter = filter;
        this.outlet = outlet;
        this.asked = asked.orElse(Cursor.NONE);
        begin(asked.isPresent());
    }

    private void begin(boolean comesBack) {
        long last = source.last();
        position = comesBack ? asked.at(node).orElse(source.beginning()) : last;
        shown = position;
        chunk.writeBytes(frames.opening(comesBack ? Optional.empty() : Optional.of(cursor())));
        if (position > last) { // of an earlier life of the node, and its clock has been set back
            tellGap(source.beginning());
        }
    }

    /**
     * Writes what there is, as long as the connection takes it.
     *
     * @return whether there may be more to write at once
     * @throws IOException if the client is gone
     */
    boolean pump() throws IOException {
        for (int writes = 0; writes < TURN; writes++) {
            if (!outlet.isReady()) {
                return false;
            }
            fill();
            if (chunk.size() == 0) {
                return false;
            }
            write();
        }
        return true;
    }

    /**
     * Tells the client that the stream lives.
     *
     * @return false if the client has taken nothing for too long
     * @throws IOException if the client is gone
     */
    boolean beat() throws IOException {
        if (pump() || !outlet.isReady()) {
            silent++;
            return silent <= PATIENCE;
        }
        chunk.writeBytes(frames.heartbeat(position > shown ? Optional.of(cursor()) : Optional.empty()));
        shown = position;
        write();
        return true;
    }

    private void fill() {
        boolean more = true;
        while (more && chunk.size() < CHUNK) {
            Page page = source.read(position, PAGE);
            if (page.after() > position) {
                tellGap(page.after());
            }
            for (Numbered next : page.events()) {
                if (chunk.size() < CHUNK) {
                    tell(next);
                }
            }
            more = !page.events().isEmpty();
        }
    }

    private void tell(Numbered next) {
        position = next.position();
        if (filter.accepts(next.event())) {
            chunk.writeBytes(frames.event(cursor(), next));
            shown = position;
        }
    }

    private void tellGap(long until) {
        Cursor before = cursor();
        position = until;
        chunk.writeBytes(frames.gap(before, cursor()));
        shown = position;
    }

    private Cursor cursor() {
        return asked.with(node, position);
    }

    private void write() throws IOException {
        byte[] bytes = chunk.toByteArray();
        chunk = new ByteArrayOutputStream();
        silent = 0;
        outlet.write(bytes);
    }
}
