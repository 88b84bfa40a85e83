// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.servlet;

import io.ifbus.sip.call.CallId;
import io.ifbus.sip.call.LegId;
import io.ifbus.sip.spi.SerialExecution;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.servlet.sip.SipApplicationSession;

/**
 * One call on the wire: its SIP application session, with the legs that began in it.
 *
 * <p>Work is done in the order in which it was given. On the session's queue it is done at once; work from elsewhere,
 * and whatever follows it while it waits, goes through the queue.
 */
final class CallWire {
    final CallId id;
    final SipApplicationSession session;
    private final Map<LegId, LegWire> legs = new ConcurrentHashMap<>();
    private final SerialExecution execution;
    private final AtomicInteger queued = new AtomicInteger();
    private volatile Thread onQueue;

    CallWire(CallId id, SipApplicationSession session, SerialExecution execution) {
        this.id = id;
        this.session = session;
        this.execution = execution;
    }

    /** The leg of that name; made when it is asked for first. */
    LegWire leg(LegId leg) {
        return legs.computeIfAbsent(leg, LegWire::new);
    }

    Collection<LegWire> legs() {
        return legs.values();
    }

    /** Runs {@code work} on the calling thread, which has the session's queue. */
    void enter(Runnable work) {
        Thread outer = onQueue;
        onQueue = Thread.currentThread();
        try {
            work.run();
        } finally {
            onQueue = outer;
        }
    }

    /**
     * Does {@code work} after all that was given before. Safe for use by any thread; what one thread gives is done in its order.
     *
     * @throws IllegalStateException if the session has ended; the work will not be done
     */
    void inOrder(Runnable work) {
        if (Thread.currentThread() == onQueue && queued.get() == 0) {
            work.run();
            return;
        }
        queued.incrementAndGet();
        try {
            execution.execute(
                    session,
                    () -> enter(() -> {
                        try {
                            work.run();
                        } finally {
                            queued.decrementAndGet();
                        }
                    }));
        } catch (RuntimeException e) {
            queued.decrementAndGet();
            throw e;
        }
    }
}
