// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.transport;

import io.ifbus.sip.transport.WireCounters.Reject;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;

/** Tells of refusals, of each kind at most once in ten seconds. Safe for use by any thread. */
final class RejectLog {
    private static final long INTERVAL_MILLIS = Duration.ofSeconds(10).toMillis();

    private final InstantSource clock;
    private final Map<Reject, Last> last = new EnumMap<>(Reject.class);

    private static final class Last {
        private long toldAt = Long.MIN_VALUE / 2; // guarded by this
        private long suppressed; // guarded by this
    }

    RejectLog(InstantSource clock) {
        this.clock = clock;
        for (Reject kind : Reject.values()) {
            last.put(kind, new Last());
        }
    }

    void rejected(Reject kind, InetSocketAddress peer, String reason, RejectListener listener) {
        Last of = last.get(kind);
        long suppressed;
        synchronized (of) {
            long now = clock.millis();
            if (now - of.toldAt < INTERVAL_MILLIS) {
                of.suppressed++;
                return;
            }
            of.toldAt = now;
            suppressed = of.suppressed;
            of.suppressed = 0;
        }
        listener.rejected(kind, peer, reason, suppressed);
    }
}
