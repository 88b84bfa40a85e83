// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.transport;

import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the messages of each peer in the running second. Safe for use by any thread. */
final class PeerRate {
    /** Peers told apart in one second; all further ones share one count, because a source address costs nothing. */
    private static final int MOST_PEERS = 65_536;

    private static final Object OTHERS = new Object();

    private final InstantSource clock;
    private volatile Second second;

    private record Second(long number, Map<Object, AtomicInteger> counts) {}

    PeerRate(InstantSource clock) {
        this.clock = clock;
        this.second = new Second(0, new ConcurrentHashMap<>());
    }

    /**
     * Counts one message; false when it is one too many.
     *
     * @param bound messages a second, or 0 for none
     */
    boolean allows(InetSocketAddress peer, int bound) {
        if (bound == 0) {
            return true;
        }
        Map<Object, AtomicInteger> counts = now().counts();
        AtomicInteger count = counts.get(peer);
        if (count == null) {
            Object key = counts.size() < MOST_PEERS ? peer : OTHERS;
            count = counts.computeIfAbsent(key, k -> new AtomicInteger());
        }
        return count.incrementAndGet() <= bound;
    }

    private Second now() {
        long number = clock.millis() / 1000;
        Second current = second;
        if (current.number() != number) {
            current = new Second(number, new ConcurrentHashMap<>());
            second = current;
        }
        return current;
    }
}
