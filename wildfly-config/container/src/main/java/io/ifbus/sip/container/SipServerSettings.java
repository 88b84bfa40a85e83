// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static java.util.Objects.requireNonNull;

import io.ifbus.sip.transport.WireLimits;
import java.time.Duration;
import java.util.Map;

/**
 * How a SIP server behaves.
 *
 * @param workerThreads most threads that run calls at a time, 1 to 4096; each servlet that blocks keeps one
 * @param limits bounds of the sockets
 * @param t1 round-trip estimate of RFC 3261 section 17.1.1.1; 500 ms unless the network is known
 * @param t2 longest interval between retransmissions of a non-INVITE request or a 2xx, at least {@code t1}
 * @param t4 how long a message may stay in the network
 * @param applicationRouter the default application router's configuration (JSR 289 appendix C) by method; empty: the
 *     deployed applications in alphabetical order, each request to the first one
 */
public record SipServerSettings(
        int workerThreads,
        WireLimits limits,
        Duration t1,
        Duration t2,
        Duration t4,
        Map<String, String> applicationRouter) {
    public static final SipServerSettings DEFAULTS = new SipServerSettings(
            64, WireLimits.DEFAULTS, Duration.ofMillis(500), Duration.ofSeconds(4), Duration.ofSeconds(5), Map.of());

    public SipServerSettings {
        requireNonNull(limits, "limits");
        applicationRouter = Map.copyOf(applicationRouter);
        if (workerThreads < 1 || workerThreads > 4096) {
            throw new IllegalArgumentException("workerThreads must be 1 to 4096, was " + workerThreads);
        }
        if (t1.toMillis() < 10 || t1.compareTo(Duration.ofSeconds(10)) > 0) {
            throw new IllegalArgumentException("t1 must be 10 ms to 10 s, was " + t1);
        }
        if (t2.compareTo(t1) < 0) {
            throw new IllegalArgumentException("t2 must be at least t1, was " + t2);
        }
        if (t4.toMillis() < 10) {
            throw new IllegalArgumentException("t4 must be at least 10 ms, was " + t4);
        }
    }

    /** The same with other bounds of the sockets. */
    public SipServerSettings with(WireLimits other) {
        return new SipServerSettings(workerThreads, other, t1, t2, t4, applicationRouter);
    }

    /** The same with another T1. */
    public SipServerSettings withT1(Duration other) {
        return new SipServerSettings(workerThreads, limits, other, t2, t4, applicationRouter);
    }
}
