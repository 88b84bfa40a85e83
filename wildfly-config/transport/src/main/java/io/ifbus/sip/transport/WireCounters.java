// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.transport;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What has passed the sockets since the server started. Safe for use by any thread. */
public final class WireCounters {
    /** Methods beyond those of the RFCs are counted together, so that a peer cannot fill the memory by inventing some. */
    private static final int MOST_NAMES = 64;

    private static final List<String> NAMES = List.of(
            "INVITE",
            "ACK",
            "BYE",
            "CANCEL",
            "OPTIONS",
            "REGISTER",
            "PRACK",
            "SUBSCRIBE",
            "NOTIFY",
            "PUBLISH",
            "INFO",
            "REFER",
            "MESSAGE",
            "UPDATE",
            "1xx",
            "2xx",
            "3xx",
            "4xx",
            "5xx",
            "6xx");

    /** Why something was not taken. */
    public enum Reject {
        /** Not a SIP message, or one that cannot be answered. */
        UNPARSABLE,
        /** Longer than the limit. */
        OVERSIZED,
        /** Not complete in time. */
        SLOW,
        /** One connection too many, in all or of one peer. */
        CONNECTIONS,
        /** Too many messages from one peer. */
        RATE,
        /** The workers are behind: answered 503. */
        OVERLOAD,
        /** The server is suspended: answered 503. */
        SUSPENDED,
        /** A TLS or WebSocket handshake that failed. */
        HANDSHAKE;

        /** As metrics and logs spell it. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private final Map<String, LongAdder> received = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> sent = new ConcurrentHashMap<>();
    private final Map<Reject, LongAdder> rejected = new EnumMap<>(Reject.class);

    public WireCounters() {
        for (String name : NAMES) { // so that no invented one takes their place
            received.put(name, new LongAdder());
            sent.put(name, new LongAdder());
        }
        for (Reject kind : Reject.values()) {
            rejected.put(kind, new LongAdder());
        }
    }

    /** @param name a request's method, or a response's class as {@code 2xx} */
    void received(String name) {
        count(received, name);
    }

    /** @param name a request's method, or a response's class as {@code 2xx} */
    void sent(String name) {
        count(sent, name);
    }

    /** Counts one refusal. */
    public void rejected(Reject kind) {
        rejected.get(kind).increment();
    }

    private static void count(Map<String, LongAdder> counters, String name) {
        LongAdder counter = counters.get(name);
        if (counter == null) {
            counter = counters.computeIfAbsent(counters.size() < MOST_NAMES ? name : "other", n -> new LongAdder());
        }
        counter.increment();
    }

    /** Messages received by method or response class. */
    public Map<String, Long> received() {
        return sums(received);
    }

    /** Messages sent by method or response class. */
    public Map<String, Long> sent() {
        return sums(sent);
    }

    /** Refusals of that kind. */
    public long count(Reject kind) {
        return rejected.get(kind).sum();
    }

    private static Map<String, Long> sums(Map<String, LongAdder> counters) {
        Map<String, Long> sums = new TreeMap<>();
        counters.forEach((name, counter) -> {
            long sum = counter.sum();
            if (sum > 0) {
                sums.put(name, sum);
            }
        });
        return sums;
    }
}
