// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.wire;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A well-behaved peer that makes calls at a steady pace until it is closed: INVITE, ACK, BYE. */
final class Traffic implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int PARALLEL = 8;

    private final Server server;
    private final ScheduledExecutorService clock = new ScheduledThreadPoolExecutor(PARALLEL, task -> {
        Thread thread = new Thread(task, "traffic");
        thread.setDaemon(true);
        return thread;
    });
    private final List<UdpPeer> peers = new ArrayList<>();
    private final AtomicInteger whole = new AtomicInteger();
    private final List<String> failures = new java.util.concurrent.CopyOnWriteArrayList<>();

    /** @param perSecond calls a second */
    Traffic(Server server, int perSecond) throws IOException {
        this.server = server;
        long period = 1_000_000L * PARALLEL / perSecond;
        for (int i = 0; i < PARALLEL; i++) {
            UdpPeer peer = server.udp();
            peers.add(peer);
            clock.scheduleAtFixedRate(() -> call(peer), period * i / PARALLEL, period, TimeUnit.MICROSECONDS);
        }
    }

    private void call(UdpPeer peer) {
        Call call = Call.to(server, peer);
        try {
            Message invite = call.invite();
            Message ok = exchange(peer, invite);
            peer.send(call.learn(ok).ack(ok));
            exchange(peer, call.request("BYE"));
            whole.incrementAndGet();
        } catch (IOException | AssertionError e) {
            failures.add(call.callId + ": " + e.getMessage());
        }
    }

    /** Sends a request, again every half second until its 200 is there (RFC 3261 section 17.1). */
    private static Message exchange(UdpPeer peer, Message request) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            peer.send(request);
            Message response = peer.poll(
                    Duration.ofMillis(500),
                    m -> m.status() >= 200
                            && m.method().equals(request.method())
                            && m.callId().equals(request.callId()));
            if (response != null) {
                if (response.status() != 200) {
                    throw new AssertionError(response.start() + " to " + request.method());
                }
                return response;
            }
        }
        throw new AssertionError("no answer to " + request.method());
    }

    int whole() {
        return whole.get();
    }

    List<String> failures() {
        return failures;
    }

    @Override
    public void close() {
        clock.shutdown();
        try {
            clock.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        peers.forEach(UdpPeer::close);
    }
}
