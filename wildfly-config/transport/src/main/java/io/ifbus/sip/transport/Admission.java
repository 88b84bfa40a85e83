// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.transport;

import io.ifbus.sip.dispatch.SerialQueue;
import io.ifbus.sip.dispatch.SerialQueues;
import io.ifbus.sip.transport.WireCounters.Reject;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;

/**
 * Decides whether a message may wait for a worker.
 *
 * <pre>
 *   messages that wait      0 .. bound: all are taken
 *                   bound .. 4 x bound: not what would begin something new (until 3/4 of bound wait)
 *                           4 x bound: nothing; connections are not read, datagrams are dropped
 * </pre>
 *
 * <p>Nothing is taken either while the bytes of those that wait would be more than an eighth of the heap.
 *
 * <p>Safe for use by any thread.
 */
final class Admission {
    private static final int RETRY_AFTER_SECONDS = 10;
    private static final int NOT_SUSPENDED = -1;
    private static final long LONGEST_PAUSE_MILLIS = 1000;

    private final SerialQueues queues;
    private final IntSupplier bound;
    private final long mostBytes;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private volatile boolean overloaded;
    private volatile int suspendedFor = NOT_SUSPENDED;

    Admission(SerialQueues queues, IntSupplier bound) {
        this(queues, bound, Runtime.getRuntime().maxMemory() / 8);
    }

    Admission(SerialQueues queues, IntSupplier bound, long mostBytes) {
        this.queues = queues;
        this.bound = bound;
        this.mostBytes = mostBytes;
    }

    void suspend(int retryAfterSeconds) {
        if (retryAfterSeconds < 0) {
            throw new IllegalArgumentException("retryAfterSeconds must be >= 0, was " + retryAfterSeconds);
        }
        suspendedFor = retryAfterSeconds;
    }

    void resume() {
        suspendedFor = NOT_SUSPENDED;
    }

    boolean isSuspended() {
        return suspendedFor != NOT_SUSPENDED;
    }

    int retryAfterSeconds(Reject refusal) {
        int suspended = suspendedFor;
        return refusal == Reject.SUSPENDED && suspended != NOT_SUSPENDED ? suspended : RETRY_AFTER_SECONDS;
    }

    int waiting() {
        return waiting.get();
    }

    /**
     * Why the message is not taken, or null when it is.
     *
     * @param length its bytes
     */
    Reject refusalOf(MessageHead head, int length, Arrival arrival) {
        int now = waiting.get();
        if (now >= ceiling() || waitingBytes.get() + length > mostBytes) {
            return Reject.OVERLOAD;
        }
        int most = bound.getAsInt();
        overloaded = now >= (overloaded ? most - most / 4 : most);
        if (!overloaded && suspendedFor == NOT_SUSPENDED) {
            return null;
        }
        if (!head.opensSomething() || goesOn(head, arrival)) {
            return null;
        }
        return suspendedFor != NOT_SUSPENDED ? Reject.SUSPENDED : Reject.OVERLOAD;
    }

    private long ceiling() {
        return 4L * bound.getAsInt();
    }

    /** Whether it is the repetition of a request that was let in. */
    private boolean goesOn(MessageHead head, Arrival arrival) {
        SerialQueue queue = head.callId() == null ? null : queues.find(head.callId());
        if (queue != null && queue.isBusy()) {
            return true; // the request may be waiting there itself
        }
        String branch = head.branch();
        return branch != null && arrival.isKnown(branch);
    }

    void queue(String name, int length, Runnable work) {
        waiting.incrementAndGet();
        waitingBytes.addAndGet(length);
        queues.execute(name, () -> {
            boolean full = isFull();
            waiting.decrementAndGet();
            waitingBytes.addAndGet(-length);
            if (full && !isFull()) {
                wake();
            }
            work.run();
        });
    }

    private boolean isFull() {
        return waiting.get() >= ceiling() || waitingBytes.get() > mostBytes / 2;
    }

    private void wake() {
        lock.lock();
        try {
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void awaitRoom() throws InterruptedException {
        if (!isFull()) {
            return;
        }
        lock.lock();
        try {
            while (isFull()) {
                room.await(LONGEST_PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            }
        } finally {
            lock.unlock();
        }
    }
}
