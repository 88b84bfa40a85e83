// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.event;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The newest events of this node, in memory. Appending takes a number and a slot and never waits for anyone; the oldest
 * event gives way. A reader that comes too late finds that its page begins later than it asked for.
 *
 * <p>A number is taken before its slot is filled, so for a moment there may be a hole below a filled slot. Readers stop
 * in front of it; whoever fills it wakes them again.
 */
public final class EventLog implements EventSource {
    private final AtomicReferenceArray<Numbered> slots;
    private final long beginning;
    private final AtomicLong newest;
    private final List<Runnable> subscribers = new CopyOnWriteArrayList<>();

    /**
     * @param kept how many events, 1 or more
     * @param beginning the position before the first event, 0 or more; higher than any position of an earlier life of
     *     the node, so that one who read then learns that events are missing
     */
    public EventLog(int kept, long beginning) {
        if (kept < 1 || beginning < 0) {
            throw new IllegalArgumentException("kept must be >= 1 and beginning >= 0, were " + kept + ", " + beginning);
        }
        this.slots = new AtomicReferenceArray<>(kept);
        this.beginning = beginning;
        this.newest = new AtomicLong(beginning);
    }

    /** Adds {@code event} behind all others. Events that one thread appends stay in its order. */
    public void append(Event event) {
        Numbered numbered = new Numbered(newest.incrementAndGet(), event);
        slots.accumulateAndGet(slot(numbered.position()), numbered, EventLog::newer);
        subscribers.forEach(Runnable::run);
    }

    /** A thread that was held up may be overtaken by a whole round. */
    static Numbered newer(Numbered there, Numbered mine) {
        return there == null || there.position() < mine.position() ? mine : there;
    }

    @Override
    public long beginning() {
        return beginning;
    }

    @Override
    public long last() {
        return newest.get();
    }

    @Override
    public Page read(long after, int max) {
        if (max < 1) {
            throw new IllegalArgumentException("max must be >= 1, was " + max);
        }
        List<Numbered> events = new ArrayList<>();
        long begin = Math.max(after, oldestAfter());
        while (events.size() < max) {
            Numbered next = slots.get(slot(begin + events.size() + 1));
            if (next == null || next.position() <= begin + events.size()) {
                break; // not there yet
            }
            if (next.position() == begin + events.size() + 1) {
                events.add(next);
            } else if (events.isEmpty()) {
                begin = Math.max(begin + 1, oldestAfter()); // overwritten while we looked
            } else {
                break; // the next page shows the gap
            }
        }
        return new Page(begin, events);
    }

    @Override
    public Runnable subscribe(Runnable woken) {
        subscribers.add(woken);
        return () -> subscribers.remove(woken);
    }

    private long oldestAfter() {
        return Math.max(beginning, newest.get() - slots.length());
    }

    private int slot(long position) {
        return (int) (position % slots.length());
    }
}
