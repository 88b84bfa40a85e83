// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.dispatch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One call's work, done one task after the other, in the order of arrival, on whichever pool thread is free.
 *
 * <pre>
 *            execute                    last task done, keys bound
 *   idle ---------------> running ---------------------------------> idle
 *                           |       last task done, no key bound
 *                           +---------------------------------> retired   (refuses work; the caller asks for a new queue)
 * </pre>
 *
 * <p>While a task runs its thread holds the queue's lock, so a thread from elsewhere (a servlet's HTTP thread, another
 * session's queue) that must touch the same session takes the lock by {@link #enter()} and keeps the same exclusion,
 * though not a place in the order. Safe for use by any thread.
 */
public final class SerialQueue {
    private static final ThreadLocal<SerialQueue> CURRENT = new ThreadLocal<>();

    private final SerialQueues owner;
    private final String firstName;
    private final ReentrantLock exclusion = new ReentrantLock(true);

    // guarded by this
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final Map<String, Integer> keys = new HashMap<>();
    private boolean running;
    private boolean retired;

    SerialQueue(SerialQueues owner, String firstName) {
        this.owner = owner;
        this.firstName = firstName;
    }

    /** The name it was made for: the one name that may lead here without being held. */
    String firstName() {
        return firstName;
    }

    /** The queue whose task the calling thread is running, or null. */
    public static SerialQueue current() {
        return CURRENT.get();
    }

    /**
     * Takes the session for the calling thread until {@link #exit()}; free of cost on the queue's own thread. May be
     * nested. A thread that is running another queue waits only a fifteenth of the time, because two sessions that wait
     * for each other would stand still.
     *
     * @throws IllegalStateException if another thread kept the session for that long; nothing was taken
     */
    public void enter() {
        if (exclusion.isHeldByCurrentThread()) {
            exclusion.lock();
            return;
        }
        Duration patience =
                CURRENT.get() == null ? owner.patience() : owner.patience().dividedBy(15);
        try {
            if (!exclusion.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(
                        "the application session was busy for " + patience + "; gave up waiting for it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the application session", e);
        }
    }

    /** Gives back what {@link #enter()} took. */
    public void exit() {
        exclusion.unlock();
    }

    /** Queues {@code task}. False when the queue has retired: the task was not taken. */
    boolean offer(Runnable task) {
        synchronized (this) {
            if (retired) {
                return false;
            }
            tasks.add(task);
            if (running) {
                return true;
            }
            running = true;
        }
        owner.start(this::drain);
        return true;
    }

    /** Counts one more use of {@code key}; false when the queue has retired. */
    synchronized boolean hold(String key) {
        if (retired) {
            return false;
        }
        keys.merge(key, 1, Integer::sum);
        return true;
    }

    /** Gives back one use of {@code key}; true when it was the last one, so that the key may leave the index. */
    synchronized boolean release(String key) {
        return keys.containsKey(key) && keys.computeIfPresent(key, (k, n) -> n == 1 ? null : n - 1) == null;
    }

    /** Retires the queue if nothing is left to do and nobody holds it. */
    synchronized boolean retireIfUnused() {
        if (!running && tasks.isEmpty() && keys.isEmpty()) {
            retired = true;
        }
        return retired;
    }

    /** Whether a task of it runs or waits now. */
    public synchronized boolean isBusy() {
        return running;
    }

    synchronized int depth() {
        return tasks.size();
    }

    private void drain() {
        // A bounded turn: a call that is flooded shares the pool with the others.
        for (int turn = 0; turn < 64; turn++) {
            Runnable task;
            synchronized (this) {
                task = tasks.poll();
                if (task == null) {
                    running = false;
                    if (keys.isEmpty()) {
                        retired = true;
                    }
                }
            }
            if (task == null) {
                owner.drained(this);
                return;
            }
            runOne(task);
        }
        owner.start(this::drain);
    }

    private void runOne(Runnable task) {
        exclusion.lock();
        CURRENT.set(this);
        try {
            task.run();
        } catch (Throwable t) { // a task's failure ends that task, never the queue
            owner.failed(t);
        } finally {
            CURRENT.remove();
            exclusion.unlock();
        }
    }
}
