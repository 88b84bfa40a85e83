// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.servlet;

import io.ifbus.sip.call.CallId;
import io.ifbus.sip.call.LegId;
import io.ifbus.sip.spi.SerialExecution;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.SipServletRequest;

/**
 * One call on the wire: its SIP application session, with both legs in it.
 *
 * <p>Work is done in the order in which it was given. On the session's queue it is done at once; work from elsewhere,
 * and whatever follows it while it waits, goes through the queue.
 */
final class CallWire {
    final CallId id;
    final SipApplicationSession session;
    private final LegWire a = new LegWire();
    private final LegWire b = new LegWire();
    private final Map<Integer, SipServletRequest> infos = new HashMap<>();
    private int lastInfo;
    private final SerialExecution execution;
    private final AtomicInteger queued = new AtomicInteger();
    private volatile Thread onQueue;

    CallWire(CallId id, SipApplicationSession session, SerialExecution execution) {
        this.id = id;
        this.session = session;
        this.execution = execution;
    }

    LegWire leg(LegId leg) {
        return leg == LegId.A ? a : b;
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
     * Does {@code work} after all that was given before. Called by one thread at a time.
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

    /** Keeps an INFO until core says what becomes of it; returns its reference. */
    int keepInfo(SipServletRequest info) {
        infos.put(++lastInfo, info);
        return lastInfo;
    }

    SipServletRequest takeInfo(int reference) {
        return infos.remove(reference);
    }
}
