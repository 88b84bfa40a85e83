// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.transport;

import static java.util.Objects.requireNonNull;

import io.ifbus.sip.dispatch.CallIdScanner;
import io.ifbus.sip.dispatch.SerialQueues;
import io.ifbus.sip.spi.MessageTap;
import io.ifbus.sip.spi.MessageTap.Direction;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * The passage between sockets and stack: shows each message to the taps and puts what arrives on its call's queue.
 *
 * <p>Safe for use by any thread; called on the threads that read and write sockets.
 */
public final class Wire {
    private final SerialQueues queues;
    private final WireLimits limits;
    private final Consumer<Throwable> failures;
    private final List<MessageTap> taps = new CopyOnWriteArrayList<>();
    private final WireCounters counters = new WireCounters();
    private final LongAdder failedTaps = new LongAdder();

    /** @param failures told what went wrong outside any call: a socket, a tap */
    public Wire(SerialQueues queues, WireLimits limits, Consumer<Throwable> failures) {
        this.queues = requireNonNull(queues, "queues");
        this.limits = requireNonNull(limits, "limits");
        this.failures = requireNonNull(failures, "failures");
    }

    public WireLimits limits() {
        return limits;
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

    /** Takes one message from the socket: taps first, then {@code work} on the queue of the message's Call-ID. */
    public void arrived(
            String transport, InetSocketAddress local, InetSocketAddress remote, byte[] message, Runnable work) {
        show(Direction.RECEIVED, transport, local, remote, message);
        String callId = CallIdScanner.find(message);
        queues.execute(callId != null ? callId : "peer " + remote, work);
    }

    /** Puts {@code work} on the queue of {@code callId}. */
    public void queue(String callId, Runnable work) {
        queues.execute(callId, work);
    }

    /** Shows the taps what is about to leave. */
    public void leaving(String transport, InetSocketAddress local, InetSocketAddress remote, byte[] message) {
        show(Direction.SENT, transport, local, remote, message);
    }

    /** Reports what went wrong outside any call. */
    public void failed(Throwable failure) {
        failures.accept(failure);
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
