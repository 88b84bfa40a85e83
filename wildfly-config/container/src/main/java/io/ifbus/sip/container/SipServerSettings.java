// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static java.util.Objects.requireNonNull;

import io.ifbus.sip.container.transport.WireLimits;
import java.time.Duration;
import java.util.Map;

/**
 * How a SIP server behaves.
 *
 * @param workerThreads most threads that run calls at a time, 1 to 4096; each servlet that blocks keeps one
 * @param limits bounds of the sockets
 * @param t1 round-trip estimate of RFC 3261 section 17.1.1.1; 500 ms unless the network is known
 * @param applicationRouter the default application router's configuration (JSR 289 appendix C) by method; empty: the
 *     deployed applications in alphabetical order, each request to the first one
 */
public record SipServerSettings(
        int workerThreads, WireLimits limits, Duration t1, Map<String, String> applicationRouter) {
    public static final SipServerSettings DEFAULTS =
            new SipServerSettings(64, WireLimits.DEFAULTS, Duration.ofMillis(500), Map.of());

    public SipServerSettings {
        requireNonNull(limits, "limits");
        applicationRouter = Map.copyOf(applicationRouter);
        if (workerThreads < 1 || workerThreads > 4096) {
            throw new IllegalArgumentException("workerThreads must be 1 to 4096, was " + workerThreads);
        }
        if (t1.toMillis() < 10 || t1.compareTo(Duration.ofSeconds(10)) > 0) {
            throw new IllegalArgumentException("t1 must be 10 ms to 10 s, was " + t1);
        }
    }
}
