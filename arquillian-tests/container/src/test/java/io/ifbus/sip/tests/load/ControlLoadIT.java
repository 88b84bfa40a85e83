// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.tests.server.Management;
import io.ifbus.sip.tests.server.ServerProcess;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A thousand calls are held, and fifty times a second something is done with one of them. */
class ControlLoadIT {
    private static final int CALLS = Integer.getInteger("control.calls", 1000);
    private static final int RATE = Integer.getInteger("control.rate", 50);
    private static final int SECONDS = Integer.getInteger("control.seconds", 30);
    private static final long SEED = Long.getLong("control.seed", 1);
    private static final int SET_UP_RATE = 60;
    private static final double MOST_MS = 50;
    private static final Duration FORGETS_WITHIN = Duration.ofSeconds(90);

    @Test
    void noCommandFailsAndNothingIsLeft() throws InterruptedException {
        try (Crowd crowd = new Crowd();
                ServerProcess server = ServerProcess.named("control")
                        .withApplication()
                        .property("ifbus.guard.bulkhead", "5000")
                        .start();
                ControlLoad load = new ControlLoad(server::http, server.token(), crowd, SEED)) {
            System.out.printf(
                    "control: seed %d, %d calls, %d commands a second for %d s%n", SEED, CALLS, RATE, SECONDS);
            load.setUp(CALLS, SET_UP_RATE);
            load.figures.restart();
            load.run(RATE, Duration.ofSeconds(SECONDS));
            load.figures.lines().forEach(line -> System.out.println("control: " + line));
            assertThat(load.figures.failures()).isEmpty();
            assertThat(server.api().delete("/v1/calls?all=true").status()).isEqualTo(202);
            isOver(server, crowd);
            assertThat(server.log()).doesNotContain(" ERROR ");
            assertThat(load.figures.p99())
                    .allSatisfy((command, ms) ->
                            assertThat(ms).as("p99 of %s", command).isLessThan(MOST_MS));
        }
    }

    private static void isOver(ServerProcess server, Crowd crowd) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(server.metrics().sum("ifbus_calls_active")).isZero();
            assertThat(crowd.talking()).as("dialogs that the phones still have").isZero();
            assertThat(crowd.unacknowledged()).as("2xx without ACK").isEmpty();
        });
        try (Management management = server.management()) {
            await().atMost(FORGETS_WITHIN).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
                for (String count : List.of("active-application-sessions", "active-queues", "active-transactions"))
                    assertThat(management.read("/subsystem=sip", count).asInt())
                            .as(count)
                            .isZero();
            });
        }
    }
}
