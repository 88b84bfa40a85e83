// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ifbus.sip.guard.GuardState;
import io.ifbus.sip.guard.GuardStatus;
import io.ifbus.sip.guard.TargetGuard.Admitted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Places in the bulkhead, threads that fight for them, and which guards are remembered. */
class GuardPlacesTest {

    private static final int BULKHEAD = 10;

    private static GuardPolicy policy() {
        return new GuardPolicy(3, 0.2, 20, Duration.ofSeconds(60), 3, false, BULKHEAD);
    }

    private static List<Admitted> fill(Bench bench) {
        return Stream.generate(bench::admitted).limit(BULKHEAD).toList();
    }

    @Nested
    class a_full_bulkhead {

        private final Bench bench = new Bench(policy());

        @Test
        void refuses_one_more_for_a_second_and_that_does_not_count_as_an_outcome() {
            List<Admitted> waiting = fill(bench);
            waiting.get(0).failed();
            waiting.get(1).failed();
            bench.admitted();
            bench.admitted();
            assertThat(bench.refused().retryAfter()).isEqualTo(Duration.ofSeconds(1));
            assertThat(bench.refusals).containsExactly(Bench.HOST + " bulkhead");
            waiting.get(2).failed();

            assertThat(bench.state()).isEqualTo(GuardState.OPEN);
        }

        @Test
        void takes_one_more_when_one_is_told() {
            List<Admitted> waiting = fill(bench);
            waiting.get(0).succeeded();

            bench.admitted();
            bench.refused();
            assertThat(bench.status().waiting()).isEqualTo(BULKHEAD);
        }

        @Test
        void frees_one_place_however_often_one_outcome_is_told() {
            List<Admitted> waiting = fill(bench);
            waiting.get(0).succeeded();
            waiting.get(0).succeeded();
            waiting.get(0).failed();

            assertThat(bench.status().waiting()).isEqualTo(BULKHEAD - 1);
            bench.admitted();
            bench.refused();
        }

        @Test
        void says_rather_that_the_guard_is_open_if_it_is_that_too() {
            fill(bench).subList(0, 3).forEach(Admitted::failed);
            bench.refused();

            assertThat(bench.refusals).containsExactly(Bench.HOST + " open");
            assertThat(bench.status().waiting()).isEqualTo(BULKHEAD - 3);
        }

        @Test
        void keeps_its_places_over_a_reset() {
            List<Admitted> waiting = fill(bench);
            bench.guards.reset(Bench.HOST);

            bench.refused();
            waiting.forEach(Admitted::failed);
            assertThat(bench.state()).isEqualTo(GuardState.CLOSED);
            assertThat(bench.status().waiting()).isZero();
        }
    }

    @Test
    void the_second_outcome_told_of_one_invite_does_not_count() {
        Bench bench = new Bench(policy());
        Admitted one = bench.admitted();
        one.failed();
        one.failed();
        one.failed();

        assertThat(bench.state()).isEqualTo(GuardState.CLOSED);
    }

    @Test
    void a_hundred_threads_lose_no_place_and_never_have_too_many() throws Exception {
        Bench bench = new Bench(policy());
        AtomicInteger waiting = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger admitted = new AtomicInteger();

        inAHundredThreads(() -> {
            for (int i = 0; i < 300; i++) {
                if (bench.guards.admit(Bench.HOST) instanceof Admitted place) {
                    admitted.incrementAndGet();
                    most.accumulateAndGet(waiting.incrementAndGet(), Math::max);
                    Thread.yield();
                    waiting.decrementAndGet();
                    place.succeeded();
                }
            }
            return null;
        });

        assertThat(most.get()).isBetween(1, BULKHEAD);
        assertThat(admitted.get()).isGreaterThan(100);
        assertThat(bench.status().waiting()).isZero();
        fill(bench);
        bench.refused();
    }

    @Test
    void a_hundred_threads_that_fail_and_are_reset_lose_no_place_and_hear_of_changes_in_order() throws Exception {
        Bench bench = new Bench(new GuardPolicy(3, 0.2, 20, Duration.ofMillis(1), 3, false, BULKHEAD));

        inAHundredThreads(() -> {
            for (int i = 0; i < 300; i++) {
                if (bench.guards.admit(Bench.HOST) instanceof Admitted place) {
                    if (i % 4 < 2) {
                        place.failed();
                    } else {
                        place.succeeded();
                    }
                }
                if (i % 50 == 0) {
                    bench.guards.reset(Bench.HOST);
                }
            }
            return null;
        });
        bench.guards.reset(Bench.HOST);

        assertThat(bench.status().waiting()).isZero();
        assertThat(bench.changes).hasSizeGreaterThan(10);
        String before = "closed";
        for (String change : bench.changes) {
            assertThat(change).startsWith(Bench.HOST + " " + before + "->");
            before = change.substring(change.indexOf("->") + 2);
        }
        fill(bench);
        bench.refused();
    }

    private static void inAHundredThreads(Callable<Void> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(100);
        try {
            CyclicBarrier start = new CyclicBarrier(100);
            List<Future<Void>> all = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                all.add(threads.submit(() -> {
                    start.await();
                    return work.call();
                }));
            }
            for (Future<Void> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Nested
    class when_there_are_more_targets_than_are_remembered {

        private final Bench bench = new Bench(policy(), 3);

        private List<String> remembered() {
            return bench.guards.list().stream().map(GuardStatus::host).toList();
        }

        private Admitted admitted(String host) {
            return (Admitted) bench.guards.admit(host);
        }

        private void fails(String host) {
            for (int i = 0; i < 3; i++) {
                admitted(host).failed();
            }
        }

        @Test
        void the_one_idle_for_longest_is_forgotten() {
            Stream.of("a", "b", "c", "a", "d").forEach(host -> admitted(host).succeeded());

            assertThat(remembered()).containsExactly("a", "c", "d");
        }

        @Test
        void one_that_is_waited_for_is_kept_even_if_that_is_one_too_many() {
            Stream.of("a", "b", "c", "d").forEach(this::admitted);

            assertThat(remembered()).containsExactly("a", "b", "c", "d");
        }

        @Test
        void an_open_one_is_kept_as_long_as_there_is_a_closed_one() {
            fails("a");
            Stream.of("b", "c", "d").forEach(host -> admitted(host).succeeded());

            assertThat(remembered()).containsExactly("a", "c", "d");
        }

        @Test
        void of_open_ones_the_oldest_is_forgotten_and_that_is_told() {
            Stream.of("a", "b", "c").forEach(this::fails);
            bench.changes.clear();
            admitted("d").succeeded();

            assertThat(remembered()).containsExactly("b", "c", "d");
            assertThat(bench.changes).containsExactly("a open->closed");
        }
    }

    @Test
    void those_in_trouble_are_listed_first() {
        Bench bench = new Bench(policy());
        bench.guards.admit("a");
        bench.see("FFF");

        assertThat(bench.guards.list())
                .containsExactly(
                        new GuardStatus(Bench.HOST, GuardState.OPEN, bench.now, 0),
                        new GuardStatus("a", GuardState.CLOSED, bench.now, 1));
    }

    @Test
    void a_listener_that_breaks_harms_nobody_else() {
        List<String> heard = new ArrayList<>();
        FaultToleranceGuards guards = new FaultToleranceGuards(
                policy(),
                java.time.InstantSource.system(),
                1,
                (host, reason) -> {},
                List.of(
                        (host, from, to) -> {
                            throw new IllegalStateException("broken on purpose");
                        },
                        (host, from, to) -> heard.add(to.word())));
        for (int i = 0; i < 3; i++) {
            ((Admitted) guards.admit("a")).failed();
        }

        assertThat(heard).containsExactly("open");
    }

    @Test
    void a_policy_that_makes_no_sense_is_refused() {
        Duration minute = Duration.ofMinutes(1);
        assertThatIllegalArgumentException().isThrownBy(() -> new GuardPolicy(0, 0.2, 20, minute, 3, false, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new GuardPolicy(3, 1, 20, minute, 3, false, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new GuardPolicy(3, Double.NaN, 20, minute, 3, false, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new GuardPolicy(3, 0.2, 0, minute, 3, false, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new GuardPolicy(3, 0.2, 20, Duration.ZERO, 3, false, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new GuardPolicy(3, 0.2, 20, minute, 0, false, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new GuardPolicy(3, 0.2, 20, minute, 3, false, 0));
    }
}
