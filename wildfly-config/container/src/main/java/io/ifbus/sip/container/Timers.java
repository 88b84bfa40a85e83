// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import io.ifbus.sip.dispatch.SerialQueues;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.mobicents.servlet.sip.core.session.MobicentsSipApplicationSession;

/** The server's clock: when a time has come, the work goes to its session's queue. One thread, which only hands over. */
final class Timers {
    private final SerialQueues queues;
    private final Consumer<Throwable> failures;
    private final ScheduledThreadPoolExecutor clock;

    Timers(SerialQueues queues, Consumer<Throwable> failures) {
        this.queues = queues;
        this.failures = failures;
        this.clock = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "sip-timers");
            thread.setDaemon(true);
            thread.setContextClassLoader(Timers.class.getClassLoader()); // whoever sets the first timer
            return thread;
        });
        clock.setRemoveOnCancelPolicy(true);
        clock.prestartCoreThread(); // a thread keeps the classes that are at work when it is made
    }

    ScheduledFuture<?> once(MobicentsSipApplicationSession session, Runnable task, long delay, TimeUnit unit) {
        return clock.schedule(onQueue(session, task), delay, unit);
    }

    /** Runs {@code task} over and over; see {@link Repetition}. */
    ScheduledFuture<?> repeat(
            MobicentsSipApplicationSession session, Runnable task, long delay, long period, boolean fixedDelay) {
        Repetition[] self = new Repetition[1];
        Runnable expiry = onQueue(session, () -> {
            try {
                if (!self[0].isCancelled()) {
                    task.run();
                }
            } finally {
                self[0].done();
            }
        });
        self[0] = new Repetition(wait -> clock.schedule(expiry, wait, TimeUnit.MILLISECONDS), period, fixedDelay);
        self[0].start(delay);
        return self[0];
    }

    private Runnable onQueue(MobicentsSipApplicationSession session, Runnable task) {
        String name = SerialQueues.sessionName(session.getKey().getId());
        return () -> {
            try {
                if (queues.find(name) != null) { // the session may have ended meanwhile
                    queues.execute(name, () -> {
                        if (session.isValidInternal()) {
                            task.run();
                        }
                    });
                }
            } catch (RuntimeException e) { // nobody asks the future
                failures.accept(e);
            }
        };
    }

    /** Timers that are set. */
    int size() {
        return clock.getQueue().size();
    }

    void stop() {
        clock.shutdownNow();
    }
}
