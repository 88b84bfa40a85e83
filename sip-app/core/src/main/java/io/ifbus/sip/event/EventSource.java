// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.event;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Events of this node in one order, each with a position; positions rise by one. Read by pulling, so that a slow reader
 * keeps nobody waiting. Safe for use by any thread.
 */
public interface EventSource {
    /** The position before the first event there ever was. */
    long beginning();

    /** The position of the newest event; {@link #beginning} if there is none. */
    long last();

    /**
     * The events that follow the position {@code after}, as far as they are still kept. Does not wait.
     *
     * @param max at most so many, 1 or more
     */
    Page read(long after, int max);

    /**
     * Has {@code woken} run after each new event, until the returned one is run.
     *
     * @param woken runs on the thread that tells of the event: must be quick, must not block and not throw
     */
    Runnable subscribe(Runnable woken);

    /** An event at its position. */
    record Numbered(long position, Event event) {
        public Numbered {
            requireNonNull(event, "event");
        }
    }

    /**
     * Events without a hole between them.
     *
     * @param after the position they follow: the one that was asked for, or a higher one if what lies between them is
     *     kept no longer
     */
    record Page(long after, List<Numbered> events) {
        public Page {
            events = List.copyOf(events);
        }

        /** The position from which to read on. */
        public long reached() {
            return after + events.size();
        }
    }
}
