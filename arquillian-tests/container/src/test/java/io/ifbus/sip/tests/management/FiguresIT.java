// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.management;

import static io.ifbus.sip.tests.management.ManagedServer.SIP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.phones.Phone;
import java.time.Duration;
import org.jboss.dmr.ModelNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The figures of the running server. */
class FiguresIT {
    @RegisterExtension
    final ManagedServer server = new ManagedServer();

    @Test
    void aCallShowsInTheFiguresAndIsGoneAfterwards() {
        long invites = count("messages-received", "INVITE");
        long oks = count("messages-sent", "2xx");
        Phone alice = server.phone("alice");

        alice.calls(server.process().sipUri("echo") + ";transport=tcp");
        alice.talks();
        assertThat(figure("active-application-sessions")).isEqualTo(1);
        assertThat(figure("active-dialogs")).isEqualTo(1);
        assertThat(figure("active-queues")).isPositive();
        assertThat(figure("active-server-transactions")).isEqualTo(figure("active-transactions"));
        assertThat(figure("open-connections")).isEqualTo(1);
        assertThat(count("messages-received", "INVITE")).isEqualTo(invites + 1);
        assertThat(count("messages-sent", "2xx")).isEqualTo(oks + 1);

        alice.hangsUp();
        alice.hears(200, "BYE").isIdle().close();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> { // 32 s of timer J and its kin
                            assertThat(figure("active-application-sessions")).isZero();
                            assertThat(figure("active-queues")).isZero();
                            assertThat(figure("active-transactions")).isZero();
                            assertThat(figure("active-dialogs")).isZero();
                            assertThat(figure("busy-workers")).isZero();
                            assertThat(figure("queued-tasks")).isZero();
                            assertThat(figure("open-connections")).isZero();
                        });
    }

    private int figure(String name) {
        return server.read(SIP, name).asInt();
    }

    private long count(String map, String name) {
        ModelNode counts = server.read(SIP, map);
        return counts.has(name) ? counts.get(name).asLong() : 0;
    }
}
