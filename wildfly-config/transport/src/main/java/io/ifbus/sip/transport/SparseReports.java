// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.transport;

import java.time.Duration;
import java.time.InstantSource;

/** Lets one report in ten seconds pass, and counts the others. Safe for use by any thread. */
public final class SparseReports {
    private static final long INTERVAL_MILLIS = Duration.ofSeconds(10).toMillis();

    private final InstantSource clock;
    private long toldAt = Long.MIN_VALUE / 2; // guarded by this
    private long suppressed; // guarded by this

    /** Tells what happened. */
    @FunctionalInterface
    public interface Report {
        /** @param suppressed how many were not told since the last time */
        void tell(long suppressed);
    }

    public SparseReports(InstantSource clock) {
        this.clock = clock;
    }

    /** Tells {@code report}, or counts it. */
    public void offer(Report report) {
        long more;
        synchronized (this) {
            long now = clock.millis();
            if (now - toldAt < INTERVAL_MILLIS) {
                suppressed++;
                return;
            }
            toldAt = now;
            more = suppressed;
            suppressed = 0;
        }
        report.tell(more);
    }
}
