// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.subsystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.as.server.suspend.ServerSuspendContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** SIP is suspended and resumed with the server. */
@Timeout(30)
final class SipSuspensionTest {
    private final List<String> heard = new ArrayList<>();
    private final AtomicInteger dialogs = new AtomicInteger();
    private final AtomicBoolean working = new AtomicBoolean();
    private final AtomicInteger looks = new AtomicInteger();
    private final SipSuspension suspension = new SipSuspension(new Signaling(), 17, ForkJoinPool.commonPool());

    private final class Signaling implements SipSuspension.Signaling {
        @Override
        public void suspend(int retryAfterSeconds) {
            heard.add("suspend " + retryAfterSeconds);
        }

        @Override
        public void resume() {
            heard.add("resume");
        }

        @Override
        public int dialogCount() {
            looks.incrementAndGet();
            int count = dialogs.get();
            if (count < 0) {
                throw new IllegalStateException("stopped");
            }
            return count;
        }

        @Override
        public boolean isWorking() {
            return working.get();
        }
    }

    private record Context(boolean isStarting, boolean isStopping) implements ServerSuspendContext {}

    private static final Context RUNNING = new Context(false, false);

    @Test
    void withoutDialogsItIsSuspendedAtOnce() {
        assertThat(suspension.suspend(RUNNING).toCompletableFuture()).isCompleted();
        assertThat(heard).containsExactly("suspend 17");
    }

    @Test
    void theLastDialogIsWaitedFor() throws Exception {
        dialogs.set(2);
        CompletableFuture<Void> suspended = suspension.suspend(RUNNING).toCompletableFuture();
        assertThat(heard).containsExactly("suspend 17");

        dialogs.set(1);
        looksAgain();
        assertThat(suspended).isNotDone();

        dialogs.set(0);
        suspended.get(10, TimeUnit.SECONDS);
    }

    @Test
    void aCallWithoutItsDialogYetIsWaitedFor() throws Exception {
        working.set(true);
        CompletableFuture<Void> suspended = suspension.suspend(RUNNING).toCompletableFuture();
        assertThat(suspended).isNotDone();

        working.set(false);
        suspended.get(10, TimeUnit.SECONDS);
    }

    @Test
    void aServerThatIsResumedIsNoLongerWaitedFor() {
        dialogs.set(1);
        CompletableFuture<Void> suspended = suspension.suspend(RUNNING).toCompletableFuture();

        suspension.resume(RUNNING);
        dialogs.set(0);

        assertThat(suspended).isCancelled();
        int before = looks.get();
        await().during(Duration.ofMillis(500)) // the next look would be due after 100 ms
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(looks.get()).isEqualTo(before));
    }

    @Test
    void aServerThatBootsIsSuspendedWithoutWaiting() {
        dialogs.set(1);

        assertThat(suspension.suspend(new Context(true, false)).toCompletableFuture())
                .isCompleted();
        assertThat(heard).containsExactly("suspend 17");
    }

    @Test
    void resumingEndsIt() {
        suspension.suspend(RUNNING);

        assertThat(suspension.resume(RUNNING).toCompletableFuture()).isCompleted();
        assertThat(heard).containsExactly("suspend 17", "resume");
    }

    @Test
    void whoeverNoLongerWaitsStopsTheLooking() {
        dialogs.set(1);
        CompletableFuture<Void> suspended = suspension.suspend(RUNNING).toCompletableFuture();
        suspended.cancel(false);

        int before = looks.get();
        await().during(Duration.ofMillis(500)) // the next look would be due after 100 ms
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(looks.get()).isEqualTo(before));
    }

    @Test
    void aServerThatHasStoppedMeanwhileEndsTheWait() {
        dialogs.set(1);
        CompletableFuture<Void> suspended = suspension.suspend(RUNNING).toCompletableFuture();
        dialogs.set(-1);

        assertThatThrownBy(() -> suspended.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("stopped");
    }

    private void looksAgain() {
        int before = looks.get();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(looks.get()).isGreaterThanOrEqualTo(before + 2));
    }
}
