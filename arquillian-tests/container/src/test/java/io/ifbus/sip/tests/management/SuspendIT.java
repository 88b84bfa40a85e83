// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.management;

import static io.ifbus.sip.tests.management.ManagedServer.SIP;
import static io.ifbus.sip.tests.management.ManagedServer.operation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.phones.Phone;
import io.ifbus.sip.phones.Traced;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The server is suspended under a live call and resumed. */
class SuspendIT {
    private static final double TONE = 440;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    final ManagedServer server = new ManagedServer();

    @Test
    void aSuspendedServerRefusesNewCallsAndLetsThoseThatAreUpGoOn() {
        Phone alice = server.phone("alice");
        alice.calls(server.process().sipUri("echo"));
        alice.talks();

        server.afterwards(() -> server.does(operation("/", "resume")));
        server.does(operation("/", "suspend", "suspend-timeout", 1));
        assertThat(suspendState()).isEqualTo("SUSPENDING");
        isRefused(server.phone("bob"));
        alice.holds().resumes().hearsTone(TONE);
        alice.hangsUp();
        alice.hears(200, "BYE").isIdle();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(suspendState()).isEqualTo("SUSPENDED"));
        isRefused(server.phone("carol"));

        server.does(operation("/", "resume"));
        assertThat(suspendState()).isEqualTo("RUNNING");
        talks(server.phone("dave"));
        assertThat(server.read(SIP, "rejected").get("suspended").asLong()).isGreaterThanOrEqualTo(2);
        assertThat(server.process().log())
                .contains("IFSIP0127: SIP is suspended: new calls are answered 503, 1 dialogs go on")
                .contains("IFSIP0128: SIP is suspended and its last dialog has ended")
                .contains("IFSIP0129: SIP takes new calls again");
    }

    @Test
    void suspensionWaitsForTheLastDialogAsLongAsItIsTold() {
        Phone alice = server.phone("alice");
        alice.calls(server.process().sipUri("echo"));
        alice.talks();
        server.afterwards(() -> server.does(operation("/", "resume")));
        CompletableFuture<Void> hungUp = CompletableFuture.runAsync(() -> {
            await().atMost(PATIENCE).until(() -> suspendState().equals("SUSPENDING"));
            alice.hangsUp();
        });

        server.does(operation("/", "suspend", "suspend-timeout", 20));

        assertThat(suspendState()).isEqualTo("SUSPENDED");
        hungUp.join();
        alice.hears(200, "BYE").isIdle();
    }

    @Test
    void aServerThatIsResumedWhileACallGoesOnStaysInService() {
        Phone alice = server.phone("alice");
        alice.calls(server.process().sipUri("echo"));
        alice.talks();
        server.afterwards(() -> server.does(operation("/", "resume")));
        server.does(operation("/", "suspend", "suspend-timeout", 1));
        assertThat(suspendState()).isEqualTo("SUSPENDING");
        long drained = drained();

        server.does(operation("/", "resume"));
        alice.hangsUp();
        alice.hears(200, "BYE").isIdle();
        await().during(Duration.ofSeconds(1)) // dialogs are counted each 100 ms
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(suspendState()).isEqualTo("RUNNING"));
        talks(server.phone("dave"));
        assertThat(drained()).as("ends that were none").isEqualTo(drained);

        server.does(operation("/", "suspend", "suspend-timeout", 60));
        assertThat(suspendState()).isEqualTo("SUSPENDED");
        assertThat(drained()).isEqualTo(drained + 1);
    }

    private long drained() {
        return server.process()
                .log()
                .lines()
                .filter(line -> line.contains("IFSIP0128"))
                .count();
    }

    @Test
    void aServerThatStartsSuspendedRefusesCallsUntilItIsResumed() {
        server.afterwards(() -> server.does(operation("/", "resume")));
        server.reloads("start-mode", "suspend");
        assertThat(suspendState()).isEqualTo("SUSPENDED");
        isRefused(server.phone("bob"));

        server.does(operation("/", "resume"));
        await().atMost(PATIENCE).until(server.process()::isReady);
        talks(server.phone("dave"));
    }

    private String suspendState() {
        return server.read("/", "suspend-state").asString();
    }

    private void isRefused(Phone phone) {
        phone.calls(server.process().sipUri("echo"));
        phone.hears(503).isIdle();
        Traced refusal = phone.trace().stream()
                .filter(message -> message.kind().equals("503 INVITE"))
                .findFirst()
                .orElseThrow();
        assertThat(refusal.header("Retry-After")).hasValue("30");
    }

    private void talks(Phone phone) {
        phone.calls(server.process().sipUri("echo"));
        phone.talks().hangsUp();
        phone.hears(200, "BYE").isIdle();
    }
}
