// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.cdr;

import static java.util.Objects.requireNonNull;

import io.ifbus.sip.call.CallNotice;
import io.ifbus.sip.cdr.Cdr;
import io.ifbus.sip.cdr.CdrStore;
import io.ifbus.sip.cdr.CdrStoreUnavailable;
import io.ifbus.sip.control.CallObserver;
import io.ifbus.sip.control.CallSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Writes a record of each call that has ended. The call's thread only puts it into a bounded queue; one thread of its
 * own takes it out and writes it, many at a time. What does not fit is lost and counted. While the store is broken the
 * records wait. Nothing here interrupts a thread: that would close the file under the database.
 */
public final class CdrWriter implements CallObserver, AutoCloseable {

    /** A waiting record takes some 700 bytes. */
    static final int CAPACITY = 100_000;

    private static final Duration LOOK = Duration.ofMillis(200);

    private final CdrStore store;
    private final CdrPruner pruner;
    private final CdrCounts counts;
    private final Pace pace;
    private final Runnable afterwards;
    private final BlockingQueue<Cdr> queue;
    private final CdrLosses losses;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "ifbus-cdr");
    /** Of the writing thread alone. */
    private boolean broken;

    /**
     * How much, and when.
     *
     * @param capacity so many records wait at most
     * @param batch so many are written at once at most
     * @param linger pause after each batch that was not full, so that the disk is not asked for each call
     * @param retry pause after a failure
     * @param stop how long {@link #close} waits at most
     */
    record Pace(int capacity, int batch, Duration linger, Duration retry, Duration stop) {
        static final Pace USUAL =
                new Pace(CAPACITY, 500, Duration.ofMillis(200), Duration.ofSeconds(2), Duration.ofSeconds(10));
    }

    CdrWriter(CdrStore store, CdrPruner pruner, CdrCounts counts, Pace pace, Runnable afterwards) {
        this.store = requireNonNull(store, "store");
        this.pruner = requireNonNull(pruner, "pruner");
        this.counts = requireNonNull(counts, "counts");
        this.pace = requireNonNull(pace, "pace");
        this.afterwards = requireNonNull(afterwards, "afterwards");
        this.queue = new ArrayBlockingQueue<>(pace.capacity());
        this.losses = new CdrLosses(counts, pace.capacity());
    }

    /**
     * A writer that writes and prunes from now on.
     *
     * @param afterwards done when the last record is written, by the writing thread
     */
    public static CdrWriter start(CdrStore store, CdrPruner pruner, CdrCounts counts, Runnable afterwards) {
        return start(new CdrWriter(store, pruner, counts, Pace.USUAL, afterwards));
    }

    static CdrWriter start(CdrWriter writer) {
        writer.thread.setDaemon(true);
        writer.thread.setContextClassLoader(CdrWriter.class.getClassLoader());
        writer.thread.start();
        return writer;
    }

    @Override
    public void heard(CallSnapshot call, CallNotice notice) {}

    @Override
    public void ended(CallSnapshot call) {
        if (isClosing()) {
            counts.dropped(1);
        } else if (!queue.offer(Cdr.of(call))) {
            losses.add();
        }
    }

    /** Writes what waits, for ten seconds at most; what is left then is lost and counted. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(pace.stop().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the rest is counted as lost, unless the thread still makes it
        }
        giveUp(new ArrayList<>());
    }

    private void run() {
        List<Cdr> batch = new ArrayList<>();
        try {
            while (take(batch)) {
                if (wrote(batch)) {
                    written(batch);
                    prune();
                } else if (closesWithin(pace.retry())) {
                    break; // one attempt has been made since, or just before
                }
            }
        } finally {
            giveUp(batch);
            end();
        }
    }

    private void end() {
        try {
            afterwards.run();
        } catch (CdrStoreUnavailable e) {
            failed(e);
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void written(List<Cdr> batch) {
        boolean lingers = !batch.isEmpty() && batch.size() < pace.batch();
        batch.clear();
        losses.overIf(queue.isEmpty());
        if (lingers) {
            closesWithin(pace.linger());
        }
    }

    /** Fills {@code batch}, waiting a little if there is nothing; false if there will be nothing more. */
    private boolean take(List<Cdr> batch) {
        if (batch.isEmpty()) {
            boolean last = isClosing(); // looked at first: what comes later is not let in
            Cdr first = last ? queue.poll() : await();
            if (first != null) {
                batch.add(first);
                queue.drainTo(batch, pace.batch() - 1);
            }
            return first != null || !last;
        }
        return true;
    }

    private Cdr await() {
        try {
            return queue.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException notOurs) {
            return null; // somebody else's; the flag is cleared, or it would close the file under the database
        }
    }

    private boolean wrote(List<Cdr> records) {
        if (records.isEmpty()) {
            return true;
        }
        try {
            store.append(records);
            worked();
            return true;
        } catch (CdrStoreUnavailable e) {
            failed(e);
            return false;
        } catch (RuntimeException refused) {
            return wroteOneByOne(records, refused);
        } catch (Error e) { // out of memory, or of file handles: as temporary as a full disk
            failed(e);
            return false;
        }
    }

    /** One that can never be stored must not hold up the others. Takes away what is done with, should the store break. */
    private boolean wroteOneByOne(List<Cdr> records, RuntimeException refused) {
        if (records.size() == 1) {
            counts.dropped(1);
            CdrLog.LOG.recordRefused(refused);
            return true;
        }
        while (!records.isEmpty() && wrote(List.of(records.get(0)))) {
            records.remove(0);
        }
        return records.isEmpty();
    }

    private void prune() {
        try {
            if (pruner.run()) {
                worked();
            }
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    private void failed(Throwable cause) {
        counts.storeFailed();
        if (!broken) {
            broken = true;
            CdrLog.LOG.storeBroke(cause);
        }
    }

    private void worked() {
        if (broken) {
            broken = false;
            CdrLog.LOG.storeWorksAgain();
        }
    }

    /** Pauses; true as soon as the writer is to be closed. */
    private boolean closesWithin(Duration pause) {
        try {
            return closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException notOurs) {
            return false;
        }
    }

    private void giveUp(List<Cdr> batch) {
        queue.drainTo(batch);
        if (!batch.isEmpty()) {
            counts.dropped(batch.size());
            CdrLog.LOG.lostAtStop(batch.size());
        }
    }
}
