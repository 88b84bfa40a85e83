// SPDX-License-Identifier: AGPL-3.0-or-later
package gov.nist.javax.sip.stack;

import gov.nist.javax.sip.stack.StreamConnections.Target;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Opens connections, each target's once at a time: all who want it meanwhile share what comes of it.
 *
 * <p>A peer that does not answer keeps few of the threads that want it: whoever comes while {@link #MOST_WAITING} wait for
 * connections that are slow to open is refused at once. Safe for use by any thread.
 */
final class Dialer {
    private static final int PROMPT_MILLIS = 250;
    private static final int MOST_WAITING = 16;
    private static final int MOST_ATTEMPTS = 64;

    /** Opens one connection, or says why not. */
    @FunctionalInterface
    interface Opening {
        StreamConnection open(Target target) throws IOException;
    }

    private final Opening opening;
    private final Spawner threads;
    private final String threadName;
    private final int longestMillis;
    private final Map<Target, CompletableFuture<StreamConnection>> attempts = new ConcurrentHashMap<>();
    private final Semaphore waiting = new Semaphore(MOST_WAITING);
    private final Semaphore running = new Semaphore(MOST_ATTEMPTS);

    /** @param longestMillis an attempt ends by itself within this */
    Dialer(Opening opening, Spawner threads, String threadName, int longestMillis) {
        this.opening = opening;
        this.threads = threads;
        this.threadName = threadName;
        this.longestMillis = longestMillis;
    }

    /** @throws IOException if there is no connection, with the reason */
    StreamConnection open(Target target) throws IOException {
        CompletableFuture<StreamConnection> attempt = attempts.computeIfAbsent(target, this::begin);
        try {
            return attempt.get(PROMPT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            return await(attempt, target);
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private StreamConnection await(CompletableFuture<StreamConnection> attempt, Target target) throws IOException {
        if (!waiting.tryAcquire()) {
            throw new IOException("cannot connect to " + text(target) + ": " + MOST_WAITING
                    + " others wait for connections that are slow to open");
        }
        try {
            return attempt.get(longestMillis + 1000L, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("cannot connect to " + text(target) + ": no answer", e);
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            throw interrupted();
        } finally {
            waiting.release();
        }
    }

    private CompletableFuture<StreamConnection> begin(Target target) {
        CompletableFuture<StreamConnection> attempt = new CompletableFuture<>();
        if (!running.tryAcquire()) {
            attempt.completeExceptionally(new IOException(
                    "cannot connect to " + text(target) + ": " + MOST_ATTEMPTS + " connections are being opened"));
            attempt.whenComplete((none, failure) -> forget(target, attempt));
            return attempt;
        }
        threads.spawn(threadName, () -> run(target, attempt));
        return attempt;
    }

    private void run(Target target, CompletableFuture<StreamConnection> attempt) {
        try {
            attempt.complete(opening.open(target));
        } catch (Throwable t) { // whoever waits is told
            attempt.completeExceptionally(t);
        } finally {
            running.release();
            forget(target, attempt);
        }
    }

    private void forget(Target target, CompletableFuture<StreamConnection> attempt) {
        attempts.remove(target, attempt);
    }

    private static IOException failure(ExecutionException e) {
        return new IOException(e.getCause().getMessage(), e.getCause()); // the waiter's own stack above the attempt's
    }

    private static IOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted while a connection was being opened");
    }

    private static String text(Target target) {
        return target.address().getAddress().getHostAddress() + ":"
                + target.address().getPort();
    }
}
