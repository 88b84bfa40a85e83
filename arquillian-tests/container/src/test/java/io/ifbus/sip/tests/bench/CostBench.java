// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.Sipp;
import io.ifbus.sip.phones.SippReport;
import io.ifbus.sip.phones.SippRun;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a call costs: CPU, the highest rate, memory of a call that is held; Kamailio beside it. */
class CostBench {
    private static final int SECONDS = Integer.getInteger("bench.seconds", 60);
    private static final int WARM_UP = Integer.getInteger("bench.warmup", 20_000);
    private static final int HELD = Integer.getInteger("bench.held", 2_000);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 2);
    private static final int WARM_UP_RATE = 400;
    private static final int STEP_SECONDS = 15;
    private static final int SETTLE_SECONDS = 3;
    /** Until the transactions have ended (RFC 3261 section 17: 64*T1) and the sessions with them. */
    private static final int SILENCE_SECONDS = 45;

    private static final int MOST = Integer.getInteger("bench.most", 2_000);
    /** Until the transactions of the set-up have ended, and the stack has forgotten that they might have forked. */
    private static final int HOLD_SECONDS = 70;

    @Test
    void costs() {
        try (SippRun callee = callee();
                Subject ours = new ServerSubject(callee.uri("callee"));
                Subject theirs = new KamailioSubject(callee.port())) {
            say(ours, untraced(ours, callee, WARM_UP_RATE, WARM_UP / WARM_UP_RATE));
            for (int rate : List.of(100, 400)) {
                for (int round = 0; round < ROUNDS; round++) { // A B A B: the machine drifts
                    say(ours, untraced(ours, callee, rate, SECONDS));
                    say(theirs, untraced(theirs, callee, rate, SECONDS));
                }
            }
            highest(ours, callee);
            held(ours);
            for (int rate : List.of(100, 400)) {
                say(ours, traced(ours, callee, rate, SECONDS));
                say(theirs, traced(theirs, callee, rate, SECONDS));
            }
            held(theirs);
        }
    }

    private static void say(Subject subject, Window window) {
        System.out.printf("bench: %-10s %s%n", subject.name(), window);
    }

    private static void highest(Subject subject, SippRun callee) {
        int best = 0;
        for (int rate = 500; rate <= MOST; rate += 100) {
            Window window = traced(subject, callee, rate, STEP_SECONDS);
            say(subject, window);
            if (!window.isGood()) {
                break;
            }
            best = rate;
        }
        System.out.printf("bench: %-10s highest rate %d cps%n", subject.name(), best);
    }

    private static void held(Subject subject) {
        Pause.seconds(SILENCE_SECONDS);
        long before = subject.liveBytes();
        try (SippRun caller = Sipp.scenario("uac-basic")
                .calling("held", "127.0.0.1", subject.port())
                .calls(HELD)
                .callsPerSecond(100)
                .pause(Duration.ofSeconds(HELD / 100 + HOLD_SECONDS + 20))
                .atMost(Duration.ofMinutes(5))
                .start()) {
            Pause.seconds(HELD / 100 + HOLD_SECONDS);
            long during = subject.liveBytes();
            System.out.printf(
                    "bench: %-10s %d calls held: %d bytes each%n", subject.name(), HELD, (during - before) / HELD);
            SippReport report = caller.finish();
            assertThat(report.successful()).as(report.toString()).isEqualTo(HELD);
            Pause.seconds(SILENCE_SECONDS);
            System.out.printf(
                    "bench: %-10s %d bytes each when they are over%n",
                    subject.name(), (subject.liveBytes() - before) / HELD);
        }
    }

    private static Window traced(Subject subject, SippRun callee, int rate, int seconds) {
        return run(subject, callee, caller(subject, rate, seconds), rate, seconds);
    }

    private static Window untraced(Subject subject, SippRun callee, int rate, int seconds) {
        return run(subject, callee, caller(subject, rate, seconds).untraced(), rate, seconds);
    }

    private static Sipp caller(Subject subject, int rate, int seconds) {
        return Sipp.scenario("uac-basic")
                .calling("bench", "127.0.0.1", subject.port())
                .calls(rate * (seconds + 2 * SETTLE_SECONDS))
                .callsPerSecond(rate)
                .atMost(Duration.ofSeconds(seconds + 60L));
    }

    private static Window run(Subject subject, SippRun callee, Sipp wanted, int rate, int seconds) {
        Pause.seconds(2); // the callee writes its count once a second
        long calleeBefore = callee.callsSoFar();
        try (SippRun caller = wanted.start()) {
            List<Long> sipps = List.of(caller.pid(), callee.pid());
            Pause.seconds(SETTLE_SECONDS);
            double server = ProcessCost.seconds(subject.pids());
            double sipp = ProcessCost.seconds(sipps);
            double machine = ProcessCost.machineSeconds();
            long start = System.nanoTime();
            Pause.seconds(seconds);
            double elapsed = (System.nanoTime() - start) / 1e9;
            server = ProcessCost.seconds(subject.pids()) - server;
            sipp = ProcessCost.seconds(sipps) - sipp;
            machine = ProcessCost.machineSeconds() - machine;
            SippReport report = caller.finish();
            Pause.seconds(2);
            return new Window(
                    rate,
                    rate * elapsed,
                    server,
                    sipp,
                    Math.max(0, machine - server - sipp) / elapsed,
                    report,
                    callee.callsSoFar() - calleeBefore);
        }
    }

    private static SippRun callee() {
        return Sipp.scenario("uas-basic")
                .calls(Integer.MAX_VALUE)
                .atMost(Duration.ofHours(2))
                .untraced()
                .start();
    }
}
