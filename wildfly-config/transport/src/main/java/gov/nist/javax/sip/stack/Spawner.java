// SPDX-License-Identifier: AGPL-3.0-or-later
package gov.nist.javax.sip.stack;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Starts a connector's threads from a thread of its own: one that an application's thread starts would keep that
 * application's class loader, by its context and by its inherited access control context, for as long as it lives. Safe
 * for use by any thread.
 */
final class Spawner {
    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final Thread thread;

    private record Request(String name, Runnable task) {}

    Spawner(String name) {
        thread = daemon(name, this::run);
    }

    void start() {
        thread.start();
    }

    /** Runs {@code task} on a new thread. */
    void spawn(String name, Runnable task) {
        requests.add(new Request(name, task));
    }

    void stop() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (true) {
                Request request = requests.take();
                daemon(request.name, request.task).start();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // stopped
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
