// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SerialQueuesTest {
    private final ExecutorService pool = Executors.newFixedThreadPool(8);
    private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    private final SerialQueues queues = new SerialQueues(pool, Duration.ofSeconds(2), failures::add);

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    @Test
    void workOfOneNameRunsInItsOrderOneAtATime() {
        List<Integer> seen = new ArrayList<>(); // unguarded on purpose: only one task runs at a time
        for (int i = 0; i < 10_000; i++) {
            int number = i;
            queues.execute("call", () -> seen.add(number));
        }
        await().until(() -> queues.size() == 0);
        assertThat(seen).hasSize(10_000).isSorted();
    }

    @Test
    void bothLegsOfACallShareOneOrder() throws InterruptedException {
        CountDownLatch bound = new CountDownLatch(1);
        queues.execute("leg a", () -> {
            queues.bindHere(SerialQueues.sessionName("s"));
            queues.bindAlias("leg a", SerialQueues.sessionName("s"));
            queues.bindAlias("leg b", SerialQueues.sessionName("s"));
            bound.countDown();
        });
        assertThat(bound.await(2, TimeUnit.SECONDS)).isTrue();
        List<Integer> seen = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            int number = i;
            queues.execute(i % 2 == 0 ? "leg a" : "leg b", () -> seen.add(number));
        }
        await().until(() -> seen.size() == 5_000);
        assertThat(seen).isSorted();

        queues.unbind("leg a");
        queues.unbind("leg b");
        queues.unbind(SerialQueues.sessionName("s"));
        await().until(() -> queues.size() == 0);
    }

    @Test
    void aTaskThatSleepsDelaysItsOwnCallOnly() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch others = new CountDownLatch(100);
        AtomicInteger behindSleeper = new AtomicInteger();
        queues.execute("sleeper", () -> awaitQuietly(release));
        queues.execute("sleeper", behindSleeper::incrementAndGet);
        for (int i = 0; i < 100; i++) {
            queues.execute("call " + i, others::countDown);
        }
        assertThat(others.await(2, TimeUnit.SECONDS)).isTrue();
        assertThat(behindSleeper).hasValue(0);
        release.countDown();
        await().untilAtomic(behindSleeper, org.hamcrest.Matchers.is(1));
    }

    @Test
    void namesAreForgottenAlsoWhenTheyComeAndGoAllTheTime() {
        AtomicInteger done = new AtomicInteger();
        for (int i = 0; i < 20_000; i++) {
            String session = SerialQueues.sessionName("s" + i % 7);
            String call = "call " + i % 13;
            queues.execute(call, () -> {
                queues.bindHere(session);
                queues.bindAlias(call, session);
                queues.execute(call, done::incrementAndGet);
                queues.unbind(call);
                queues.unbind(session);
            });
        }
        await().until(() -> done.get() == 20_000 && queues.size() == 0);
        assertThat(failures).isEmpty();
    }

    @Test
    void aFailingTaskEndsAlone() {
        AtomicInteger after = new AtomicInteger();
        queues.execute("call", () -> {
            throw new IllegalStateException("broken servlet");
        });
        queues.execute("call", after::incrementAndGet);
        await().untilAtomic(after, org.hamcrest.Matchers.is(1));
        assertThat(failures).singleElement().isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aForeignThreadThatEntersKeepsTheTasksOut() {
        queues.bindHere("session");
        AtomicInteger ran = new AtomicInteger();
        SerialQueue queue = queues.find("session");
        queue.enter();
        try {
            queues.execute("session", ran::incrementAndGet);
            await().during(Duration.ofMillis(100)).until(() -> ran.get() == 0);
        } finally {
            queue.exit();
        }
        await().untilAtomic(ran, org.hamcrest.Matchers.is(1));
    }

    @Test
    void aForeignThreadDoesNotWaitForever() {
        SerialQueues impatient = new SerialQueues(pool, Duration.ofMillis(50), failures::add);
        impatient.bindHere("session");
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch started = new CountDownLatch(1);
        impatient.execute("session", () -> {
            started.countDown();
            awaitQuietly(release);
        });
        awaitQuietly(started);
        SerialQueue queue = impatient.find("session");
        assertThatThrownBy(queue::enter)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("busy");
        release.countDown();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
