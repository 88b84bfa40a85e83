// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.dispatch;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Finds the serial queue of a message or a session.
 *
 * <p>A queue has several names: the Call-IDs of the session's dialogs and the id of the application session. A name
 * that nobody has bound gets a queue of its own, which is forgotten as soon as it is empty; when the message in it
 * creates an application session, the session's id and its Call-IDs are bound to that same queue, and so is the
 * Call-ID of each further leg. So both legs of a B2BUA share one order. Safe for use by any thread.
 */
public final class SerialQueues {
    private final ConcurrentMap<String, SerialQueue> index = new ConcurrentHashMap<>();
    private final Executor pool;
    private final Duration patience;
    private final Consumer<Throwable> failures;

    /**
     * @param pool runs the queues; a task that sleeps keeps one of its threads
     * @param patience how long {@link SerialQueue#enter()} waits for a session that another thread is using
     * @param failures told what a task threw
     */
    public SerialQueues(Executor pool, Duration patience, Consumer<Throwable> failures) {
        this.pool = requireNonNull(pool, "pool");
        this.patience = requireNonNull(patience, "patience");
        this.failures = requireNonNull(failures, "failures");
    }

    /** The name of an application session's queue; cannot clash with a Call-ID, which holds no space (RFC 3261 25.1). */
    public static String sessionName(String applicationSessionId) {
        return "session " + applicationSessionId;
    }

    /** Runs {@code task} on the queue called {@code name}, behind what is queued there. */
    public void execute(String name, Runnable task) {
        while (!index.computeIfAbsent(name, n -> new SerialQueue(this, n)).offer(task)) {
            forgetIfRetired(name);
        }
    }

    /** Runs {@code task} behind what the calling thread's own queue has still to do; without one, on the pool. */
    public void executeHere(Runnable task) {
        SerialQueue here = SerialQueue.current();
        if (here == null || !here.offer(task)) {
            pool.execute(() -> {
                try {
                    task.run();
                } catch (Throwable t) { // as in a queue: the task ends, its thread does not
                    failed(t);
                }
            });
        }
    }

    /** Something to do that may fail. */
    @FunctionalInterface
    public interface Work<E extends Exception> {
        void run() throws E;
    }

    /**
     * Does {@code work} on the calling thread, alone with the queue called {@code name}: what an application's own thread
     * does with a session must not cross what arrives for it at that moment.
     *
     * @throws E what the work throws
     * @throws IllegalStateException as {@link SerialQueue#enter}; the work was not begun
     */
    public <E extends Exception> void alone(String name, Work<E> work) throws E {
        SerialQueue queue = find(name);
        if (queue == null) {
            work.run();
            return;
        }
        queue.enter();
        try {
            work.run();
        } finally {
            queue.exit();
        }
    }

    /** The queue called {@code name}, or null when nothing is bound to that name and nothing runs under it. */
    public SerialQueue find(String name) {
        return index.get(name);
    }

    /**
     * Binds {@code name} to the queue that the calling thread is running, if it is running one and the name is new, and
     * otherwise to the queue the name has or to a new one. Each call is matched by one {@link #unbind}.
     */
    public void bindHere(String name) {
        SerialQueue here = SerialQueue.current();
        bind(name, here);
    }

    /**
     * Makes {@code alias} another name of the queue called {@code name}. An alias that already leads to a queue in use
     * keeps it: two applications on one Call-ID have two sessions, and the first one's queue takes the messages. Each
     * call is matched by one {@link #unbind} of the alias.
     *
     * @throws IllegalArgumentException if {@code name} is not bound
     */
    public void bindAlias(String alias, String name) {
        SerialQueue target = index.get(name);
        if (target == null) {
            throw new IllegalArgumentException("no queue is called '" + name + "'");
        }
        bind(alias, target);
    }

    /** Finding the queue and holding it is one step, or a last {@link #unbind} could come between. */
    private void bind(String name, SerialQueue preferred) {
        index.compute(name, (n, queue) -> {
            if (queue != null && queue.hold(n)) {
                return queue;
            }
            if (preferred != null && preferred.hold(n)) {
                return preferred;
            }
            SerialQueue fresh = new SerialQueue(this, n);
            fresh.hold(n);
            return fresh;
        });
    }

    /** Gives back one {@link #bindHere} or {@link #bindAlias} of {@code name}; unknown names are ignored. */
    public void unbind(String name) {
        SerialQueue[] released = new SerialQueue[1];
        index.computeIfPresent(name, (n, queue) -> {
            boolean last = queue.release(n);
            released[0] = last ? queue : null;
            return last ? null : queue;
        });
        if (released[0] != null) {
            drained(released[0]);
        }
    }

    /** How many names lead to a queue now: 0 when nothing is going on. */
    public int size() {
        return index.size();
    }

    /** Tasks waiting in all queues; a moment's view. */
    public int depth() {
        return index.values().stream().distinct().mapToInt(SerialQueue::depth).sum();
    }

    Duration patience() {
        return patience;
    }

    void start(Runnable drain) {
        pool.execute(drain);
    }

    void failed(Throwable failure) {
        failures.accept(failure);
    }

    void drained(SerialQueue queue) {
        if (queue.retireIfUnused()) {
            index.remove(queue.firstName(), queue);
        }
    }

    private void forgetIfRetired(String name) {
        index.computeIfPresent(name, (n, queue) -> queue.retireIfUnused() ? null : queue);
    }
}
