// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ifbus.sip.call.CallEvent;
import io.ifbus.sip.call.CallId;
import io.ifbus.sip.call.CallState;
import io.ifbus.sip.call.EndCause;
import io.ifbus.sip.call.LegEvent;
import io.ifbus.sip.call.LegId;
import io.ifbus.sip.call.SipAction;
import io.ifbus.sip.sdp.Sdp;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CallsTest {
    private final Exchange exchange = new Exchange(new Retention(Duration.ofHours(1), 3));

    @Test
    void a_call_is_dialled_rings_and_nobody_answers() {
        CallId id = exchange.dial();
        exchange.rings(id, LegId.A);
        assertThat(exchange.calls.find(id).orElseThrow().state()).isEqualTo(CallState.RINGING);
        assertThat(exchange.calls.active()).isEqualTo(1);
        exchange.pass(Duration.ofSeconds(59));
        assertThat(exchange.sent).containsExactly("Invite", "Introduce", "Introduce");
        exchange.pass(Duration.ofSeconds(1));
        exchange.refuses(id, LegId.A, 487);
        assertThat(exchange.sent).containsExactly("Invite", "Introduce", "Introduce", "Cancel", "Release");
        CallSnapshot call = exchange.calls.find(id).orElseThrow();
        assertThat(call.state()).isEqualTo(CallState.TERMINATED);
        assertThat(call.cause().orElseThrow().result()).isEqualTo(EndCause.Result.NO_ANSWER);
        assertThat(call.duration()).isZero();
        assertThat(exchange.calls.active()).isZero();
        assertThat(exchange.alarms).as("no timer is left behind").isEmpty();
        assertThat(exchange.metered).containsExactly("started outbound", "ended outbound no_answer");
    }

    @Test
    void duration_counts_the_talk_only() {
        CallId id = exchange.dial();
        Optional<Sdp> sdp = Optional.of(Sdp.inactiveOffer(1));
        exchange.pass(Duration.ofSeconds(5));
        exchange.on(id, new LegEvent.Answered(LegId.A, sdp));
        exchange.on(id, new LegEvent.Answered(LegId.B, sdp));
        exchange.on(id, new LegEvent.Answered(LegId.A, sdp));
        exchange.pass(Duration.ofSeconds(90));
        assertThat(exchange.calls.find(id).orElseThrow().duration()).hasSeconds(90);
        exchange.on(id, new LegEvent.ByeReceived(LegId.A));
        exchange.on(id, new LegEvent.ByeAnswered(LegId.B));
        exchange.pass(Duration.ofSeconds(90));
        assertThat(exchange.calls.find(id).orElseThrow().duration()).hasSeconds(90);
        assertThat(exchange.metered).contains("answered outbound PT5S", "ended outbound completed");
    }

    @Test
    void ended_calls_stay_for_a_while_and_no_more_than_so_many() {
        List<CallId> ids = IntStream.range(0, 5).mapToObj(i -> exchange.dial()).toList();
        ids.forEach(id -> exchange.refuses(id, LegId.A, 486));
        assertThat(exchange.calls.list())
                .extracting(CallSnapshot::id)
                .containsExactlyInAnyOrderElementsOf(ids.subList(2, 5));
        CallId living = exchange.dial();
        exchange.pass(Duration.ofMinutes(61));
        assertThat(exchange.calls.list()).extracting(CallSnapshot::id).containsExactly(living);
        assertThatThrownBy(() -> exchange.hangUp.handle(ids.get(4)))
                .isInstanceOfSatisfying(
                        NoSuchCall.class, e -> assertThat(e.verdict().name()).isEqualTo("no-such-call"));
    }

    @Test
    void hang_up_answers_at_once_and_may_be_repeated() {
        CallId id = exchange.dial();
        assertThat(exchange.hangUp.handle(id).state()).isEqualTo(CallState.HANGING_UP);
        assertThat(exchange.hangUp.handle(id).state()).isEqualTo(CallState.HANGING_UP);
        exchange.refuses(id, LegId.A, 487);
        assertThat(exchange.hangUp.handle(id).state()).isEqualTo(CallState.TERMINATED);
    }

    @Test
    void a_stack_that_fails_ends_the_call_with_the_reason() {
        exchange.stackFails = new IllegalStateException("no listening point");
        CallSnapshot call = exchange.calls.find(exchange.dial()).orElseThrow();
        assertThat(call.state()).isEqualTo(CallState.TERMINATED);
        assertThat(call.cause().orElseThrow())
                .isEqualTo(new EndCause(EndCause.Result.FAILED, 503, "no listening point", EndCause.By.CALLER));
    }

    @Test
    void without_a_stack_nothing_begins() {
        exchange.slot.unbind(exchange);
        assertThatThrownBy(exchange::dial).isInstanceOfSatisfying(StackUnavailable.class, e -> assertThat(
                        e.verdict().retryable())
                .isTrue());
        assertThat(exchange.calls.list()).isEmpty();
    }

    @Test
    void two_legs_that_act_at_the_same_instant_are_acted_on_in_the_order_of_the_decisions() throws Exception {
        for (int i = 0; i < 300; i++) {
            Exchange busy = new Exchange(Retention.DEFAULT);
            CallId id = busy.dial();
            Optional<Sdp> sdp = Optional.of(Sdp.inactiveOffer(1));
            busy.on(id, new LegEvent.Answered(LegId.A, sdp));
            busy.on(id, new LegEvent.Answered(LegId.B, sdp));
            busy.on(id, new LegEvent.Answered(LegId.A, sdp));
            busy.actions.clear();
            atOnce(
                    () -> busy.on(id, new LegEvent.ByeReceived(LegId.A)),
                    () -> busy.on(id, new LegEvent.ByeReceived(LegId.B)),
                    () -> busy.on(id, new CallEvent.HangUpRequested()));
            assertThat(busy.actions.stream().filter(SipAction.AnswerBye.class::isInstance))
                    .hasSize(2);
            for (LegId leg : List.of(LegId.A, LegId.B)) {
                List<SipAction> onLeg = busy.actions.stream()
                        .filter(a -> a.leg().equals(leg) && !(a instanceof SipAction.Release))
                        .toList();
                assertThat(onLeg.stream()
                                .filter(SipAction.Bye.class::isInstance)
                                .count())
                        .isLessThanOrEqualTo(1);
                assertThat(onLeg.get(onLeg.size() - 1))
                        .as("a BYE never follows the answer to one")
                        .isInstanceOf(SipAction.AnswerBye.class);
            }
        }
    }

    private static void atOnce(Runnable... tasks) throws InterruptedException {
        var pool = Executors.newFixedThreadPool(tasks.length);
        CountDownLatch go = new CountDownLatch(1);
        for (Runnable task : tasks) {
            pool.submit(() -> {
                go.await();
                task.run();
                return null;
            });
        }
        go.countDown();
        pool.shutdown();
        assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void glare_waits_between_2100_and_4000_ms() {
        CallId id = exchange.dial();
        Optional<Sdp> sdp = Optional.of(Sdp.inactiveOffer(1));
        exchange.on(id, new LegEvent.Answered(LegId.A, sdp));
        exchange.on(id, new LegEvent.Answered(LegId.B, sdp));
        exchange.refuses(id, LegId.A, 491);
        Duration wait = Duration.between(
                exchange.now, exchange.alarms.get(exchange.alarms.size() - 1).at());
        assertThat(wait).isBetween(Duration.ofMillis(2100), Duration.ofMillis(4000));
    }
}
