// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.event;

import static java.util.Objects.requireNonNull;

import io.ifbus.sip.control.Timer;
import io.ifbus.sip.event.EventSource;
import io.ifbus.sip.platform.config.ConfiguredStreams;
import io.ifbus.sip.rest.problem.ProblemType;
import io.ifbus.sip.rest.problem.RequestRefused;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * All open streams of this node, served by one thread of their own: an event is told to that thread and nobody waits
 * for it. Safe for use by any thread.
 */
final class EventStreams implements AutoCloseable {

    /** How long the streams may take to end, in seconds; ending them waits for no client. */
    private static final int END = 5;

    private final EventSource source;
    private final Timer timer;
    private final ConfiguredStreams terms;
    private final Frames frames = new Frames();
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicBoolean news = new AtomicBoolean();
    private final ThreadPoolExecutor thread;
    private volatile boolean closed;
    private volatile Runnable unsubscribe = () -> {};
    private volatile Runnable stopBeating = () -> {};

    EventStreams(EventSource source, Timer timer, ConfiguredStreams terms) {
        this.source = requireNonNull(source, "source");
        this.timer = requireNonNull(timer, "timer");
        this.terms = requireNonNull(terms, "terms");
        this.thread = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), // one turn per stream, news and heartbeat at most
                EventStreams::thread,
                new ThreadPoolExecutor.DiscardPolicy()); // after the end
    }

    /** Listens to the source and begins to beat. To be called once. */
    void start() {
        unsubscribe = source.subscribe(this::heard);
        armHeartbeat();
    }

    /** How many are open. */
    int count() {
        return count.get();
    }

    /**
     * Opens a stream.
     *
     * @param asked where the reader left; empty if it wants what comes from now on
     * @param connect makes its connection; not run if there are too many streams
     * @throws RequestRefused if there are too many
     */
    void open(Optional<Cursor> asked, EventFilter filter, Supplier<Outlet> connect) {
        if (closed) {
            throw new RequestRefused(ProblemType.TOO_MANY_STREAMS, "The application is stopping");
        }
        if (count.incrementAndGet() > terms.most()) {
            count.decrementAndGet();
            throw new RequestRefused(ProblemType.TOO_MANY_STREAMS, terms.most() + " streams are open");
        }
        EventStream stream;
        try {
            stream = new EventStream(source, terms.node(), frames, filter, asked, connect.get());
        } catch (RuntimeException e) {
            count.decrementAndGet();
            throw e;
        }
        open.add(stream);
        stream.outlet.begin(() -> giveTurn(stream), () -> forget(stream));
        giveTurn(stream);
        if (closed) { // meanwhile
            end(stream);
        }
    }

    /** Ends all streams as is proper. None can be opened any more. */
    @Override
    public void close() {
        closed = true;
        unsubscribe.run();
        stopBeating.run();
        thread.execute(() -> open.forEach(this::end));
        thread.shutdown();
        try {
            if (!thread.awaitTermination(END, TimeUnit.SECONDS)) {
                StreamLog.LOG.streamsDidNotEnd();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** On the path of a call. */
    private void heard() {
        if (!open.isEmpty() && news.compareAndSet(false, true)) {
            thread.execute(() -> {
                news.set(false);
                open.forEach(this::pump);
            });
        }
    }

    private void giveTurn(EventStream stream) {
        if (stream.queued.compareAndSet(false, true)) {
            thread.execute(() -> {
                stream.queued.set(false);
                pump(stream);
            });
        }
    }

    private void pump(EventStream stream) {
        guarded(stream, () -> {
            if (stream.pump()) {
                giveTurn(stream);
            }
        });
    }

    private void armHeartbeat() {
        if (closed) {
            return;
        }
        stopBeating = timer.start(terms.heartbeat(), () -> {
            armHeartbeat();
            thread.execute(() -> open.forEach(this::beat));
        });
    }

    private void beat(EventStream stream) {
        guarded(stream, () -> {
            if (!stream.beat()) {
                StreamLog.LOG.readerStuck();
                cut(stream);
            }
        });
    }

    private interface Work {
        void run() throws IOException;
    }

    private void guarded(EventStream stream, Work work) {
        if (!open.contains(stream)) {
            return;
        }
        try {
            work.run();
        } catch (IOException gone) {
            StreamLog.LOG.readerGone(gone.getMessage());
            cut(stream);
        } catch (RuntimeException broken) {
            if (open.contains(stream)) { // or its connection ended under our hands
                StreamLog.LOG.streamBroke(broken);
            }
            cut(stream);
        }
    }

    private void end(EventStream stream) {
        if (forget(stream)) {
            stream.outlet.end();
        }
    }

    private void cut(EventStream stream) {
        forget(stream);
        stream.outlet.cut();
    }

    private boolean forget(EventStream stream) {
        boolean known = open.remove(stream);
        if (known) {
            count.decrementAndGet();
        }
        return known;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "ifbus-events");
        thread.setDaemon(true);
        thread.setContextClassLoader(EventStreams.class.getClassLoader());
        return thread;
    }
}
