// SPDX-License-Identifier: AGPL-3.0-or-later
package gov.nist.javax.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import gov.nist.javax.sip.stack.StreamConnections.Target;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DialerTest {
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger attempts = new AtomicInteger();
    private final Map<Integer, String> outcomes = new ConcurrentHashMap<>();

    private final Spawner threads = new Spawner("dial-test-threads");

    @BeforeEach
    void start() {
        threads.start();
    }

    @AfterEach
    void stop() {
        release.countDown();
        threads.stop();
    }

    @Test
    void allWhoWantATargetMeanwhileShareOneAttemptAndItsFailure() {
        Dialer dialer = new Dialer(this::dead, threads, "dial-test", 10_000, () -> 0);
        for (int i = 0; i < 8; i++) {
            inBackground(i, dialer);
        }
        await().until(() -> attempts.get() == 1);
        release.countDown();
        await().until(() -> outcomes.size() == 8);
        assertThat(outcomes.values()).containsOnly("nobody there");
        assertThatThrownBy(() -> dialer.open(target(1))).hasMessage("nobody there");
        assertThat(attempts).hasValue(2); // the next one tries anew
    }

    @Test
    void aDeadPeerKeepsFewThreads() {
        Dialer dialer = new Dialer(this::dead, threads, "dial-test", 10_000);
        for (int i = 0; i < 40; i++) {
            inBackground(i, dialer);
        }
        await().until(() -> outcomes.size() == 32); // 8 go on waiting
        assertThat(outcomes.values()).allMatch(outcome -> outcome.contains("8 others wait"));
        release.countDown();
        await().until(() -> outcomes.size() == 40);
    }

    @Test
    void aTargetRefusedForWantOfAttemptsIsTriedAgainLater() {
        Dialer dialer = new Dialer(this::dead, threads, "dial-test", 10_000, () -> 0);
        for (int i = 1; i <= 64; i++) {
            inBackground(i, dialer, i);
        }
        await().until(() -> attempts.get() == 64);
        assertThatThrownBy(() -> dialer.open(target(100))).hasMessageContaining("64 connections are being opened");
        release.countDown();
        await().until(() -> outcomes.size() == 64);
        assertThatThrownBy(() -> dialer.open(target(100))).hasMessage("nobody there");
        assertThat(attempts).hasValue(65);
    }

    @Test
    void aTargetThatWasSlowToFailIsLeftAloneForAWhile() {
        AtomicLong now = new AtomicLong();
        Dialer dialer = new Dialer(this::dead, threads, "dial-test", 10_000, now::get);
        inBackground(0, dialer);
        await().until(() -> attempts.get() == 1);
        now.set(TimeUnit.SECONDS.toNanos(4));
        release.countDown();
        await().until(() -> outcomes.size() == 1);
        assertThatThrownBy(() -> dialer.open(target(1))).hasMessage("nobody there");
        assertThat(attempts).hasValue(1);
        now.set(TimeUnit.SECONDS.toNanos(9));
        assertThatThrownBy(() -> dialer.open(target(1))).hasMessage("nobody there");
        assertThat(attempts).hasValue(2);
    }

    @Test
    void withoutAThreadADialFailsAndTheNextOneIsServed() {
        AtomicInteger starts = new AtomicInteger();
        Spawner poor = new Spawner("poor-threads", task -> {
            if (starts.incrementAndGet() == 1) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            return Spawner.daemon("poor", task);
        });
        poor.start();
        release.countDown();
        try {
            Dialer dialer = new Dialer(this::dead, poor, "dial-test", 10_000);
            assertThatThrownBy(() -> dialer.open(target(1))).hasMessage("unable to create native thread");
            assertThatThrownBy(() -> dialer.open(target(1))).hasMessage("nobody there");
        } finally {
            poor.stop();
        }
    }

    private StreamConnection dead(Target target) throws IOException {
        attempts.incrementAndGet();
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IOException("nobody there");
    }

    private void inBackground(int number, Dialer dialer) {
        inBackground(number, dialer, 1);
    }

    private void inBackground(int number, Dialer dialer, int port) {
        Thread thread = new Thread(() -> {
            try {
                dialer.open(target(port));
                outcomes.put(number, "opened");
            } catch (IOException e) {
                outcomes.put(number, e.getMessage());
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static Target target(int port) {
        return new Target(new InetSocketAddress("127.0.0.1", port), "");
    }
}
