// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.guard;

import static io.ifbus.sip.guard.GuardState.CLOSED;
import static io.ifbus.sip.guard.GuardState.HALF_OPEN;
import static io.ifbus.sip.guard.GuardState.OPEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.guard.TargetGuard.Admitted;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers of the contract: when a guard opens, for how long, and how it closes. */
class BreakerNumbersTest {

    private static final Duration SHORT = Duration.ofMillis(150);

    @Nested
    class by_default {

        private final Bench bench = new Bench(Bench.contract());

        @Test
        void the_third_failure_in_a_row_opens() {
            assertThat(bench.see("FF").state()).isEqualTo(CLOSED);
            assertThat(bench.see("F").state()).isEqualTo(OPEN);
            bench.refused();
            assertThat(bench.changes).containsExactly(Bench.HOST + " closed->open");
        }

        @Test
        void a_success_between_begins_the_row_anew() {
            assertThat(bench.see("FFSFFS").state()).isEqualTo(CLOSED);
        }

        @Test
        void a_fifth_of_twenty_is_not_more_than_a_fifth() {
            assertThat(bench.see("FSSSS".repeat(4)).state()).isEqualTo(CLOSED);
        }

        @Test
        void one_more_than_a_fifth_of_twenty_opens_and_even_a_success_may_be_the_twentieth() {
            assertThat(bench.see("FSFSFSFSFSSSSSSSSSS").state()).isEqualTo(CLOSED);
            assertThat(bench.see("S").state()).isEqualTo(OPEN);
        }

        @Test
        void fewer_than_twenty_are_too_few_to_take_a_ratio_of() {
            assertThat(bench.see("FSFFSFFSFFSFFSFFSFF").state()).isEqualTo(CLOSED);
        }

        @Test
        void only_the_last_twenty_count() {
            assertThat(bench.see("FSFSFSFS" + "S".repeat(12) + "FSFSFSFS").state())
                    .isEqualTo(CLOSED);
            assertThat(bench.see("F").state()).isEqualTo(OPEN);
        }

        @Test
        void an_open_guard_says_what_is_left_of_a_minute() {
            bench.see("FFF");

            assertThat(bench.refused().retryAfter()).isEqualTo(Duration.ofSeconds(60));
            bench.now = bench.now.plusSeconds(20);
            assertThat(bench.refused().retryAfter()).isEqualTo(Duration.ofSeconds(40));
            bench.now = bench.now.plusMillis(39_500);
            assertThat(bench.refused().retryAfter()).isEqualTo(Duration.ofSeconds(1));
            bench.now = bench.now.minusSeconds(3600);
            assertThat(bench.refused().retryAfter()).isEqualTo(Duration.ofSeconds(60));
            assertThat(bench.refusals).hasSize(4).containsOnly(Bench.HOST + " open");
        }

        @Test
        void failures_that_come_after_the_opening_do_not_prolong_it() {
            List<Admitted> before = Stream.generate(bench::admitted).limit(30).toList();
            before.subList(0, 3).forEach(Admitted::failed);
            bench.now = bench.now.plusSeconds(30);
            before.subList(3, 30).forEach(Admitted::failed);

            assertThat(bench.refused().retryAfter()).isEqualTo(Duration.ofSeconds(30));
            assertThat(bench.status().waiting()).isZero();
        }

        @Test
        void one_target_s_failures_are_not_another_s() {
            bench.see("FFF");

            assertThat(bench.guards.admit("sip.example.org")).isInstanceOf(Admitted.class);
        }
    }

    @Nested
    class after_the_cool_down {

        private final Bench bench = new Bench(Bench.policy(SHORT));

        private List<Admitted> probes() {
            bench.see("FFF");
            await().untilAsserted(() -> assertThat(bench.state()).isEqualTo(HALF_OPEN));
            return IntStream.range(0, 3).mapToObj(i -> bench.admitted()).toList();
        }

        @Test
        void three_probes_pass_and_no_fourth_until_they_are_back() {
            probes();

            assertThat(bench.refused().retryAfter()).isEqualTo(Duration.ofSeconds(1));
            assertThat(bench.refusals).containsExactly(Bench.HOST + " half_open");
        }

        @Test
        void three_that_succeed_close_it() {
            List<Admitted> probes = probes();
            probes.get(0).succeeded();
            probes.get(1).succeeded();
            assertThat(bench.state()).isEqualTo(HALF_OPEN);
            probes.get(2).succeeded();

            assertThat(bench.state()).isEqualTo(CLOSED);
            assertThat(bench.changes)
                    .containsExactly(
                            Bench.HOST + " closed->open",
                            Bench.HOST + " open->half_open",
                            Bench.HOST + " half_open->closed");
        }

        @Test
        void one_that_fails_opens_it_again_and_the_others_have_nothing_to_say() {
            List<Admitted> probes = probes();
            probes.get(0).succeeded();
            probes.get(1).failed();
            probes.get(2).succeeded();

            assertThat(bench.changes.get(2)).isEqualTo(Bench.HOST + " half_open->open");
            await().untilAsserted(() -> assertThat(bench.state()).isEqualTo(HALF_OPEN));
            bench.see("SSS");
            assertThat(bench.state()).isEqualTo(CLOSED);
        }

        @Test
        void what_was_seen_before_it_closed_is_forgotten() {
            probes().forEach(Admitted::succeeded);

            assertThat(bench.see("FF" + "S".repeat(18)).state()).isEqualTo(CLOSED);
            assertThat(bench.see("FSFSFSFSF").state()).isEqualTo(OPEN);
        }

        @Test
        void old_failures_do_not_spoil_the_probes() {
            bench.see("FSFSSSSSSSSSSSSS" + "FFF"); // five of nineteen
            await().untilAsserted(() -> assertThat(bench.state()).isEqualTo(HALF_OPEN));
            bench.see("SSS");

            assertThat(bench.state()).isEqualTo(CLOSED);
            assertThat(bench.changes).hasSize(3);
        }

        @Test
        void an_outcome_of_before_the_opening_does_not_count_as_a_probe_s() {
            Admitted late = bench.admitted();
            List<Admitted> probes = probes();
            late.failed();

            assertThat(bench.state()).isEqualTo(HALF_OPEN);
            probes.forEach(Admitted::succeeded);
            assertThat(bench.state()).isEqualTo(CLOSED);
        }

        @Test
        void the_share_of_failures_closes_it_in_the_same_way() {
            bench.see("FSFSFSFSF" + "S".repeat(11));
            await().untilAsserted(() -> assertThat(bench.state()).isEqualTo(HALF_OPEN));
            List<Admitted> probes = Stream.generate(bench::admitted).limit(3).toList();
            bench.refused();
            probes.forEach(Admitted::succeeded);

            assertThat(bench.state()).isEqualTo(CLOSED);
        }
    }

    @Nested
    class by_hand {

        @Test
        void a_reset_closes_an_open_guard_and_forgets_what_it_has_seen() {
            Bench bench = new Bench(Bench.contract()).see("FFF");
            bench.now = bench.now.plusSeconds(5);

            assertThat(bench.guards.reset(Bench.HOST)).isTrue();
            assertThat(bench.state()).isEqualTo(CLOSED);
            assertThat(bench.status().since()).isEqualTo(bench.now);
            assertThat(bench.changes).last().isEqualTo(Bench.HOST + " open->closed");
            assertThat(bench.see("FF").state()).isEqualTo(CLOSED);
        }

        @Test
        void a_reset_of_a_closed_guard_forgets_what_it_has_seen_and_is_no_change() {
            Bench bench = new Bench(Bench.contract()).see("FF");
            bench.guards.reset(Bench.HOST);

            assertThat(bench.see("FF").state()).isEqualTo(CLOSED);
            assertThat(bench.changes).isEmpty();
        }

        @Test
        void there_is_nothing_to_reset_for_a_host_nobody_asked_for() {
            assertThat(new Bench(Bench.contract()).guards.reset("sip.example.org"))
                    .isFalse();
        }

        @Test
        void with_manual_reset_only_the_cool_down_ends_nothing() {
            Bench bench = new Bench(new GuardPolicy(3, 0.2, 20, Duration.ofMillis(1), 3, true, 500));
            bench.see("FFF");

            await().during(SHORT).atMost(SHORT.plusSeconds(5)).untilAsserted(() -> assertThat(bench.state())
                    .isEqualTo(OPEN));
            assertThat(bench.refused().retryAfter()).isEqualTo(Duration.ofSeconds(1));
            bench.guards.reset(Bench.HOST);
            assertThat(bench.see("FFS").state()).isEqualTo(CLOSED);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 25, 100, 999})
    void each_row_opens_with_its_last_failure_and_not_before(int failures) {
        Bench bench = new Bench(new GuardPolicy(failures, 0.99, 2000, Duration.ofSeconds(60), 1, false, 500));

        bench.see("F".repeat(failures - 1));
        assertThat(bench.changes).isEmpty();
        assertThat(bench.see("F").state()).isEqualTo(OPEN);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.06, 0.07, 0.13, 0.2, 0.28, 0.29, 0.57, 0.58, 0.99})
    void each_ratio_is_kept_and_one_more_failure_opens(double ratio) {
        int allowed = (int) Math.round(ratio * 100);
        GuardPolicy policy = new GuardPolicy(2000, ratio, 100, Duration.ofSeconds(60), 1, false, 500);

        assertThat(new Bench(policy)
                        .see("F".repeat(allowed) + "S".repeat(100 - allowed))
                        .state())
                .isEqualTo(CLOSED);
        assertThat(new Bench(policy)
                        .see("F".repeat(allowed + 1) + "S".repeat(99 - allowed))
                        .state())
                .isEqualTo(OPEN);
    }
}
