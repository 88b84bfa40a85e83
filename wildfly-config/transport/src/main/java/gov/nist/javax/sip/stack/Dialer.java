// SPDX-License-Identifier: AGPL-3.0-or-later
package gov.nist.javax.sip.stack;

import gov.nist.javax.sip.stack.StreamConnections.Target;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Opens connections, each target's once at a time: all who want it meanwhile share what comes of it.
 *
 * <p>A peer that does not answer keeps few of the threads that want it: whoever comes while {@link #MOST_WAITING} wait for
 * connections that are slow to open, or {@link #MOST_WAITING_EACH} for that one, is refused at once, and so is whoever wants
 * a target that was slow to fail within the last {@link #FAILED_MILLIS}. Safe for use by any thread.
 */
final class Dialer {
    private static final int PROMPT_MILLIS = 250;
    private static final int MOST_WAITING = 16;
    private static final int MOST_WAITING_EACH = 8;
    private static final int MOST_ATTEMPTS = 64;
    private static final int MOST_FAILED = 1024;
    private static final int FAILED_MILLIS = 5000;

    /** Opens one connection, or says why not. */
    @FunctionalInterface
    interface Opening {
        StreamConnection open(Target target) throws IOException;
    }

    /** One attempt; its future is completed once. */
    private static final class Attempt {
        final CompletableFuture<StreamConnection> outcome = new CompletableFuture<>();
        final Semaphore waiting = new Semaphore(MOST_WAITING_EACH);
        final long begunAt;

        Attempt(long begunAt) {
            this.begunAt = begunAt;
        }
    }

    private record Failure(long at, Throwable reason) {}

    private final Opening opening;
    private final Spawner threads;
    private final String threadName;
    private final int longestMillis;
    private final LongSupplier nanoTime;
    private final Map<Target, Attempt> attempts = new ConcurrentHashMap<>();
    private final Semaphore waiting = new Semaphore(MOST_WAITING);
    private final Semaphore running = new Semaphore(MOST_ATTEMPTS);
    private final Map<Target, Failure> failed = new LinkedHashMap<>() { // those that were slow; guarded by itself
                @Override
                protected boolean removeEldestEntry(Map.Entry<Target, Failure> eldest) {
                    return size() > MOST_FAILED;
                }
            };

    /** @param longestMillis an attempt ends by itself within this */
    Dialer(Opening opening, Spawner threads, String threadName, int longestMillis) {
        this(opening, threads, threadName, longestMillis, System::nanoTime);
    }

    Dialer(Opening opening, Spawner threads, String threadName, int longestMillis, LongSupplier nanoTime) {
        this.opening = opening;
        this.threads = threads;
        this.threadName = threadName;
        this.longestMillis = longestMillis;
        this.nanoTime = nanoTime;
    }

    /** @throws IOException if there is no connection, with the reason */
    StreamConnection open(Target target) throws IOException {
        requireNotFailed(target);
        Attempt fresh = new Attempt(nanoTime.getAsLong());
        Attempt known = attempts.putIfAbsent(target, fresh);
        Attempt attempt = known != null ? known : fresh;
        if (known == null) {
            begin(target, fresh);
        }
        try {
            return attempt.outcome.get(PROMPT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            return await(attempt, target);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private StreamConnection await(Attempt attempt, Target target) throws IOException {
        if (!attempt.waiting.tryAcquire()) {
            throw new IOException(
                    "cannot connect to " + text(target) + ": " + MOST_WAITING_EACH + " others wait for it already");
        }
        try {
            if (!waiting.tryAcquire()) {
                throw new IOException("cannot connect to " + text(target) + ": " + MOST_WAITING
                        + " others wait for connections that are slow to open");
            }
            try {
                return attempt.outcome.get(longestMillis + 1000L, TimeUnit.MILLISECONDS);
            } finally {
                waiting.release();
            }
        } catch (TimeoutException e) {
            throw new IOException("cannot connect to " + text(target) + ": no answer", e);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } catch (InterruptedException e) {
            throw interrupted();
        } finally {
            attempt.waiting.release();
        }
    }

    private void begin(Target target, Attempt attempt) {
        if (!running.tryAcquire()) {
            attempts.remove(target, attempt);
            attempt.outcome.completeExceptionally(new IOException(
                    "cannot connect to " + text(target) + ": " + MOST_ATTEMPTS + " connections are being opened"));
            return;
        }
        threads.spawn(threadName, () -> run(target, attempt), failure -> failed(target, attempt, failure));
    }

    private void run(Target target, Attempt attempt) {
        StreamConnection connection;
        try {
            connection = opening.open(target);
        } catch (Throwable t) { // whoever waits is told
            failed(target, attempt, t);
            return;
        }
        running.release();
        attempts.remove(target, attempt);
        attempt.outcome.complete(connection);
    }

    private void failed(Target target, Attempt attempt, Throwable reason) {
        long now = nanoTime.getAsLong();
        if (now - attempt.begunAt > TimeUnit.MILLISECONDS.toNanos(PROMPT_MILLIS)) {
            synchronized (failed) {
                failed.put(target, new Failure(now, reason));
            }
        }
        running.release();
        attempts.remove(target, attempt);
        attempt.outcome.completeExceptionally(reason);
    }

    private void requireNotFailed(Target target) throws IOException {
        synchronized (failed) {
            Failure last = failed.get(target);
            if (last == null) {
                return;
            }
            if (nanoTime.getAsLong() - last.at < TimeUnit.MILLISECONDS.toNanos(FAILED_MILLIS)) {
                throw failure(last.reason);
            }
            failed.remove(target);
        }
    }

    private static IOException failure(Throwable reason) {
        return new IOException(reason.getMessage(), reason); // the waiter's own stack above the attempt's
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
