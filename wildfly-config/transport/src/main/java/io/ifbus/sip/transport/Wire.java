// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.transport;

import static java.util.Objects.requireNonNull;

import io.ifbus.sip.dispatch.SerialQueues;
import io.ifbus.sip.spi.MessageTap;
import io.ifbus.sip.spi.MessageTap.Direction;
import io.ifbus.sip.transport.WireCounters.Reject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * The passage between sockets and stack: counts each message, shows it to the taps, decides whether it is let in, and puts
 * what is on its call's queue.
 *
 * <p>Safe for use by any thread; called on the threads that read and write sockets.
 */
public final class Wire {
    private final SerialQueues queues;
    private volatile WireLimits limits;
    private final Consumer<Throwable> failures;
    private final List<MessageTap> taps = new CopyOnWriteArrayList<>();
    private final WireCounters counters = new WireCounters();
    private final LongAdder failedTaps = new LongAdder();
    private final Map<Reject, SparseReports> rejectReports = new EnumMap<>(Reject.class);
    private final SparseReports breakReports = new SparseReports(InstantSource.system());
    private final PeerRate rate = new PeerRate(InstantSource.system());
    private final Admission admission;
    private volatile RejectListener rejects = this::reportRejection;

    /** @param failures told what went wrong outside any call: a socket, a tap */
    public Wire(SerialQueues queues, WireLimits limits, Consumer<Throwable> failures) {
        this.queues = requireNonNull(queues, "queues");
        this.limits = requireNonNull(limits, "limits");
        this.failures = requireNonNull(failures, "failures");
        for (Reject kind : Reject.values()) {
            rejectReports.put(kind, new SparseReports(InstantSource.system()));
        }
        this.admission = new Admission(queues, () -> this.limits.queuedMessages());
    }

    public WireLimits limits() {
        return limits;
    }

    /** Bounds from now on what comes in and what is opened; a buffer's size is that of the next socket. */
    public void setLimits(WireLimits other) {
        limits = requireNonNull(other, "other");
    }

    public WireCounters counters() {
        return counters;
    }

    /** Shows {@code tap} every message from now on, until {@link #remove}. */
    public void add(MessageTap tap) {
        taps.add(requireNonNull(tap, "tap"));
    }

    public void remove(MessageTap tap) {
        taps.remove(tap);
    }

    /** How often a tap threw; the messages went on. */
    public long failedTaps() {
        return failedTaps.sum();
    }

    /** Tells {@code listener} of refusals from now on; until then they are reported as failures. */
    public void onReject(RejectListener listener) {
        rejects = requireNonNull(listener, "listener");
    }

    // ---- admission ----

    /**
     * Answers what would begin something new by 503 from now on; what has begun goes on.
     *
     * @param retryAfterSeconds said in the 503, from 0
     */
    public void suspend(int retryAfterSeconds) {
        admission.suspend(retryAfterSeconds);
    }

    /** Ends {@link #suspend}. */
    public void resume() {
        admission.resume();
    }

    public boolean isSuspended() {
        return admission.isSuspended();
    }

    /** Messages that wait for a worker now. */
    public int waiting() {
        return admission.waiting();
    }

    /** Takes one message from the socket: taps first, then its work on the queue of its Call-ID. */
    public void arrived(
            String transport, InetSocketAddress local, InetSocketAddress remote, byte[] message, Arrival arrival) {
        MessageHead head = MessageHead.of(message);
        if (head == null) {
            rejected(Reject.UNPARSABLE, remote, "not a SIP message");
            return;
        }
        counters.received(head.name());
        show(Direction.RECEIVED, transport, local, remote, message);
        if (!rate.allows(remote, limits.messagesPerSecond())) {
            rejected(Reject.RATE, remote, "more than " + limits.messagesPerSecond() + " messages a second");
            return;
        }
        if ("ACK".equals(head.method()) && head.toTag() != null && head.toTag().startsWith(PlainAnswer.TAG)) {
            return; // of a response that no transaction has sent
        }
        Reject refusal = admission.refusalOf(head, message.length, arrival);
        if (refusal == null) {
            admission.queue(head.callId() != null ? head.callId() : "peer " + remote, message.length, arrival::handle);
        } else {
            turnAway(refusal, head, message, remote, arrival);
        }
    }

    private void turnAway(Reject refusal, MessageHead head, byte[] message, InetSocketAddress remote, Arrival arrival) {
        rejected(
                refusal, remote, refusal == Reject.SUSPENDED ? "suspended" : waiting() + " messages wait for a worker");
        byte[] response = head.opensSomething()
                ? PlainAnswer.unavailable(message, remote, admission.retryAfterSeconds(refusal))
                : null; // so far behind that nothing is taken
        if (response != null) {
            arrival.reply(response);
        }
    }

    /** Holds up the thread that reads a connection while so much waits that messages would be thrown away. */
    public void awaitRoom() throws InterruptedException {
        admission.awaitRoom();
    }

    /** Puts {@code work} on the queue of {@code callId}. */
    public void queue(String callId, Runnable work) {
        queues.execute(callId, work);
    }

    /** Counts what is about to leave, and shows it to the taps. */
    public void leaving(String transport, InetSocketAddress local, InetSocketAddress remote, byte[] message) {
        counters.sent(MessageHead.nameOf(message));
        show(Direction.SENT, transport, local, remote, message);
    }

    // ---- reports ----

    /** Reports what went wrong outside any call. */
    public void failed(Throwable failure) {
        failures.accept(failure);
    }

    /** Reports what went wrong with a peer, but once in ten seconds only: peers come and go as they like. */
    public void peerFailed(InetSocketAddress peer, IOException failure) {
        breakReports.offer(suppressed ->
                failures.accept(new IOException(peer + ": " + failure.getMessage() + moreThan(suppressed), failure)));
    }

    /** Counts one refusal and tells of it, but of each kind once in ten seconds only. */
    public void rejected(Reject kind, InetSocketAddress peer, String reason) {
        counters.rejected(kind);
        rejectReports.get(kind).offer(suppressed -> rejects.rejected(kind, peer, reason, suppressed));
    }

    private void reportRejection(Reject kind, InetSocketAddress peer, String reason, long suppressed) {
        failures.accept(
                new IOException("refused (" + kind.word() + ") from " + peer + ": " + reason + moreThan(suppressed)));
    }

    private static String moreThan(long suppressed) {
        return suppressed > 0 ? "; " + suppressed + " more since the last report" : "";
    }

    private void show(
            Direction direction, String transport, InetSocketAddress local, InetSocketAddress remote, byte[] message) {
        for (MessageTap tap : taps) {
            try {
                tap.onMessage(
                        direction,
                        transport,
                        local,
                        remote,
                        ByteBuffer.wrap(message).asReadOnlyBuffer());
            } catch (Throwable t) { // a tap never stops a message
                failedTaps.increment();
                failures.accept(t);
            }
        }
    }
}
