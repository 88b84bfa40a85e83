// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.timer;

import io.ifbus.sip.control.Timer;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Core's timer on daemon threads of its own, which carry the application's class loader. A stopped timer is forgotten
 * at once: ring timeouts of short calls don't pile up.
 */
public final class ScheduledTimer implements Timer, AutoCloseable {

    /** Tasks only decide and enqueue; the second thread is there so that one that is slow delays no other. */
    private static final int THREADS = 2;

    private final ScheduledThreadPoolExecutor scheduler;

    public ScheduledTimer() {
        scheduler = new ScheduledThreadPoolExecutor(THREADS, ScheduledTimer::thread);
        scheduler.setRemoveOnCancelPolicy(true);
        scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** @throws java.util.concurrent.RejectedExecutionException after {@link #close} */
    @Override
    public Runnable start(Duration delay, Runnable task) {
        ScheduledFuture<?> pending = scheduler.schedule(() -> guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> pending.cancel(false);
    }

    /** Whether tasks still run. */
    public boolean isRunning() {
        return !scheduler.isShutdown();
    }

    /** How many tasks wait. */
    int waiting() {
        return scheduler.getQueue().size();
    }

    /** Drops what waits, and lets what runs finish. */
    @Override
    public void close() {
        scheduler.shutdown();
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error broken) {
            PlatformLog.LOG.timerTaskBroke(broken); // a future would keep it to itself
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "ifbus-timer");
        thread.setDaemon(true);
        thread.setContextClassLoader(ScheduledTimer.class.getClassLoader());
        return thread;
    }
}
