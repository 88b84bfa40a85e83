// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.Sipp;
import io.ifbus.sip.phones.SippReport;
import io.ifbus.sip.phones.SippRun;
import io.ifbus.sip.tests.server.Management;
import io.ifbus.sip.tests.server.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Mixed traffic for a long time: no call fails, and neither the live heap nor the threads grow. */
class SoakBench {
    private static final int MINUTES = Integer.getInteger("soak.minutes", 30);
    private static final int RATE = Integer.getInteger("soak.cps", 50);
    private static final long SEED = Long.getLong("soak.seed", 1);
    private static final int ROUND_SECONDS = 60;
    /** After a round: the transactions of its last calls have ended (RFC 3261 section 17: 64*T1). */
    private static final int SILENCE_SECONDS = 40;
    /** Share of the live heap that it may differ by between the second reading and the last. */
    private static final double FLAT = 0.05;

    @Test
    void staysAsItIs() {
        Random random = new Random(SEED);
        System.out.printf("soak: seed %d, %d minutes at %d calls a second%n", SEED, MINUTES, RATE);
        try (SippRun callee = callee();
                ServerProcess server = ServerProcess.named("soak")
                        .deploying(Path.of(System.getProperty("ifbus.examples"), "b2bua/target/b2bua.war"))
                        .property("b2bua.target", callee.uri("callee"))
                        .start();
                Management management = server.management()) {
            List<Long> heap = new ArrayList<>();
            List<Integer> threads = new ArrayList<>();
            long end = System.nanoTime() + Duration.ofMinutes(MINUTES).toNanos();
            for (int round = 1; System.nanoTime() < end; round++) {
                round(server.ports().sip(), random);
                Pause.seconds(SILENCE_SECONDS);
                heap.add(JavaHeap.liveBytes(server.pid()));
                threads.add(management
                        .read("/core-service=platform-mbean/type=threading", "thread-count")
                        .asInt());
                System.out.printf(
                        "soak: round %d: live heap %.1f MB, %d threads, %d transactions%n",
                        round,
                        heap.get(round - 1) / 1e6,
                        threads.get(round - 1),
                        management.read("/subsystem=sip", "active-transactions").asInt());
            }
            for (String gauge : List.of("active-application-sessions", "active-queues", "active-transactions")) {
                assertThat(management.read("/subsystem=sip", gauge).asInt())
                        .as(gauge)
                        .isZero();
            }
            assertThat(server.log()).doesNotContain(" ERROR ");
            assertFlat(heap, threads);
        }
    }

    private static void assertFlat(List<Long> heap, List<Integer> threads) {
        int last = heap.size() - 1;
        assertThat(last).as("rounds after the first").isPositive();
        assertThat((double) heap.get(last)).isLessThan(heap.get(1) * (1 + FLAT));
        assertThat(threads.get(last)).isLessThanOrEqualTo(threads.get(1) + 2);
    }

    /** Calls that come by UDP and by TCP, their lengths drawn by lot. */
    private static void round(int port, Random random) {
        List<SippRun> callers = new ArrayList<>();
        try {
            callers.add(caller(port, RATE * 6 / 10, random).start());
            callers.add(caller(port, RATE - RATE * 6 / 10, random).overTcp().start());
            for (SippRun caller : callers) {
                SippReport report = caller.finish();
                assertThat(report.failed()).as(report.toString()).isZero();
            }
        } finally {
            callers.forEach(SippRun::close);
        }
    }

    private static Sipp caller(int port, int rate, Random random) {
        return Sipp.scenario("uac-basic")
                .calling("soak", "127.0.0.1", port)
                .calls(rate * ROUND_SECONDS)
                .callsPerSecond(rate)
                .pause(Duration.ofMillis(200 + random.nextInt(3000)))
                .atMost(Duration.ofSeconds(3 * ROUND_SECONDS));
    }

    private static SippRun callee() {
        return Sipp.scenario("uas-basic")
                .calls(Integer.MAX_VALUE)
                .atMost(Duration.ofHours(12))
                .untraced()
                .start();
    }
}
