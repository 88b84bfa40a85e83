// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/**
 * A repeating timer whose expiries are work on a queue. It is set anew only when its work has been done, so that a busy
 * session finds one expiry waiting and not many: with a fixed delay, that long after the end of the work; at a fixed rate,
 * at the next time of the rate, at once if that has passed, so that it catches up (JSR 289, TimerService).
 */
final class Repetition implements ScheduledFuture<Object> {
    private final LongFunction<ScheduledFuture<?>> setter;
    private final long period;
    private final boolean fixedDelay;
    private ScheduledFuture<?> pending; // this and the next two: guarded by this
    private long due;
    private boolean cancelled;

    /**
     * @param setter sets the clock to run this once, that many milliseconds from now
     * @param period milliseconds
     */
    Repetition(LongFunction<ScheduledFuture<?>> setter, long period, boolean fixedDelay) {
        this.setter = setter;
        this.period = period;
        this.fixedDelay = fixedDelay;
    }

    synchronized void start(long delay) {
        due = now() + delay;
        pending = setter.apply(delay);
    }

    /** To be called when the work of an expiry has been done. */
    synchronized void done() {
        if (cancelled) {
            return;
        }
        long now = now();
        due = (fixedDelay ? now : due) + period;
        pending = setter.apply(Math.max(0, due - now));
    }

    private static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    @Override
    public synchronized boolean cancel(boolean mayInterruptIfRunning) {
        boolean first = !cancelled;
        cancelled = true;
        if (pending != null) {
            pending.cancel(false);
        }
        return first;
    }

    @Override
    public synchronized boolean isCancelled() {
        return cancelled;
    }

    @Override
    public boolean isDone() {
        return isCancelled();
    }

    @Override
    public Object get() {
        throw new UnsupportedOperationException("a repeating timer has no result");
    }

    @Override
    public Object get(long timeout, TimeUnit unit) {
        return get();
    }

    @Override
    public synchronized long getDelay(TimeUnit unit) {
        return unit.convert(due - now(), TimeUnit.MILLISECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
        return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
}
