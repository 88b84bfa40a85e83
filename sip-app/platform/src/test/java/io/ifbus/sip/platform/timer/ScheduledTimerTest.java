// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScheduledTimerTest {

    private final ScheduledTimer timer = new ScheduledTimer();

    @AfterEach
    void close() {
        timer.close();
    }

    @Test
    void a_task_runs_on_a_daemon_thread_with_the_application_s_class_loader() throws InterruptedException {
        AtomicReference<Thread> ran = new AtomicReference<>();
        CountDownLatch done = new CountDownLatch(1);

        timer.start(Duration.ofMillis(1), () -> {
            ran.set(Thread.currentThread());
            done.countDown();
        });

        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(ran.get().isDaemon()).isTrue();
        assertThat(ran.get().getContextClassLoader()).isSameAs(ScheduledTimer.class.getClassLoader());
    }

    @Test
    void a_stopped_task_is_forgotten_at_once() {
        Runnable stop = timer.start(Duration.ofHours(1), () -> {});
        assertThat(timer.waiting()).isEqualTo(1);

        stop.run();
        stop.run();

        assertThat(timer.waiting()).isZero();
    }

    @Test
    void a_broken_task_does_not_stop_the_next() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);

        timer.start(Duration.ZERO, () -> {
            throw new IllegalStateException("on purpose");
        });
        timer.start(Duration.ofMillis(1), done::countDown);

        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void nothing_is_taken_after_the_end() {
        timer.close();

        assertThat(timer.isRunning()).isFalse();
        assertThatThrownBy(() -> timer.start(Duration.ZERO, () -> {})).isInstanceOf(RejectedExecutionException.class);
    }
}
