// SPDX-License-Identifier: AGPL-3.0-or-later
package gov.nist.javax.sip.stack;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Starts a connector's threads from a thread of its own: one that an application's thread starts would keep that
 * application's class loader, by its context and by its inherited access control context, for as long as it lives. Safe
 * for use by any thread.
 */
final class Spawner {
    private static final long PAUSE_NANOS = 100_000_000;

    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final ThreadFactory factory;
    private final Thread thread;

    private record Request(String name, Runnable task, Consumer<Throwable> failed) {}

    Spawner(String name) {
        this(name, task -> daemon(name, task));
    }

    /** @param factory makes the threads, whose names are set here */
    Spawner(String name, ThreadFactory factory) {
        this.factory = factory;
        thread = daemon(name, this::run);
    }

    void start() {
        thread.start();
    }

    /**
     * Runs {@code task} on a new thread.
     *
     * @param failed told instead, should there be none to be had: the system has no more threads, or no memory for one
     */
    void spawn(String name, Runnable task, Consumer<Throwable> failed) {
        requests.add(new Request(name, task, failed));
    }

    void stop() {
        thread.interrupt();
    }

    private void run() {
        while (true) {
            try {
                start(requests.take());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return; // stopped
            } catch (Throwable t) { // not even the failure could be told: the next request may have better luck
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void start(Request request) {
        try {
            Thread made = factory.newThread(request.task);
            made.setName(request.name);
            made.start();
        } catch (Throwable t) {
            request.failed.accept(t);
        }
    }

    /** A thread that is not started, of the container's class loader. */
    static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.setContextClassLoader(Spawner.class.getClassLoader());
        return thread;
    }
}
