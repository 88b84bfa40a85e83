// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.Sipp;
import io.ifbus.sip.phones.SippReport;
import io.ifbus.sip.phones.SippRun;
import java.time.Duration;

/** How long and how hard a load test calls, and what it must show. */
final class LoadFigures {
    /** Seconds per run: short in the everyday tests, {@code -Dload.seconds=60} for the measurement. */
    static final int SECONDS = Integer.getInteger("load.seconds", 10);

    static final int CALLS_PER_SECOND = Integer.getInteger("load.cps", 100);
    static final int CALLS = SECONDS * CALLS_PER_SECOND;

    private static final Duration LIMIT = Duration.ofSeconds(SECONDS + 60L);

    private LoadFigures() {}

    /** A caller that lets the server's compiler get to work. */
    static void warmUp(String user, int port, boolean tcp) {
        SippReport report = caller(user, port, tcp, 500, 50).run();
        assertThat(report.failed()).as("warm-up, %s", report).isZero();
    }

    static Sipp caller(String user, int port, boolean tcp, int calls, double callsPerSecond) {
        Sipp caller = Sipp.scenario("uac-basic")
                .calling(user, "127.0.0.1", port)
                .calls(calls)
                .callsPerSecond(callsPerSecond)
                .atMost(LIMIT);
        return tcp ? caller.overTcp() : caller;
    }

    static SippRun callee(boolean tcp) {
        Sipp callee = Sipp.scenario("uas-basic").calls(Integer.MAX_VALUE).atMost(Duration.ofHours(1));
        return (tcp ? callee.overTcp() : callee).start();
    }

    /** All calls were whole, every 180 was heard, and nothing had to be said twice. */
    static void assertFlawless(String what, SippReport report, int calls) {
        System.out.printf(
                "%-22s %d calls, setup p50 %.1f p99 %.1f max %.1f ms, %d retransmissions, %d duplicate 200s, 180 in %d%n",
                what,
                report.successful(),
                report.setupMillis(50),
                report.setupMillis(99),
                report.setupMillis(100),
                report.retransmissions(),
                report.duplicateOks(),
                report.callsWithRinging());
        assertThat(report.successful()).as(report.toString()).isEqualTo(calls);
        assertThat(report.failed()).as(report.toString()).isZero();
        assertThat(report.callsWithRinging()).as(report.toString()).isEqualTo(calls);
        assertThat(report.inviteRetransmissions()).as(report.toString()).isZero();
        assertThat(report.duplicateOks()).as(report.toString()).isZero();
    }
}
