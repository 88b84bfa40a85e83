// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The one thread on which a phone handles messages, commands and timers, in their order. */
final class Line implements AutoCloseable {

    private static final Duration COMMAND_LIMIT = Duration.ofSeconds(10);

    /** Something to do; what it throws is kept by {@link #failures()} if nobody waits for it. */
    interface Task {
        void run() throws Exception;
    }

    private final ScheduledThreadPoolExecutor executor;
    private final Watch watch;
    private final List<Throwable> failures = new ArrayList<>();
    private volatile Thread thread;

    Line(String name, Watch watch) {
        this.watch = watch;
        executor = new ScheduledThreadPoolExecutor(1, runnable -> {
            thread = new Thread(runnable, "phone " + name);
            thread.setDaemon(true);
            return thread;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setRemoveOnCancelPolicy(true);
    }

    void enqueue(Task task) {
        later(Duration.ZERO, task);
    }

    void later(Duration delay, Task task) {
        if (executor.isShutdown()) return;
        executor.schedule(() -> attempt(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Does it now if on the line's thread, otherwise enqueues it and waits for it.
     *
     * @throws IllegalStateException with its cause if it failed, or could not be done in time
     */
    <T> T call(Callable<T> command) {
        try {
            if (Thread.currentThread() == thread) return command.call();
            return executor.submit(command).get(COMMAND_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("the line is busy", e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    void run(Task task) {
        call(() -> {
            task.run();
            return Boolean.TRUE;
        });
    }

    List<Throwable> failures() {
        return watch.look(() -> List.copyOf(failures));
    }

    private void attempt(Task task) {
        try {
            task.run();
        } catch (Exception | AssertionError e) {
            // Once it is closed its socket is, too: that is no failure.
            if (!executor.isShutdown()) watch.change(() -> failures.add(e));
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
