// SPDX-License-Identifier: AGPL-3.0-or-later
package gov.nist.javax.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.dispatch.SerialQueues;
import io.ifbus.sip.transport.Wire;
import io.ifbus.sip.transport.WireLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Peers that do not read, and who leads to a WebSocket's client. */
class StreamConnectionTest {
    private static final byte[] ENDLESS = new byte[64 << 20];
    private static final byte[] SHORT = {'B', 'Y', 'E', ' '};

    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private ServerSocket listener;
    private SerialStreamProcessor connector;

    @BeforeEach
    void start() throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        Wire wire = new Wire(
                new SerialQueues(Runnable::run, Duration.ofSeconds(1), failures::add),
                WireLimits.DEFAULTS,
                failures::add);
        connector = new SerialStreamProcessor(loopback, 0, "ws", null, null, wire, new StackNames(), new WriteSlots(1));
        connector.start();
        listener = new ServerSocket(0, 50, loopback);
    }

    @AfterEach
    void stop() throws Exception {
        connector.stop();
        listener.close();
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private StreamConnection connection() throws IOException {
        open.add(new Socket(listener.getInetAddress(), listener.getLocalPort()));
        Socket accepted = listener.accept();
        open.add(accepted);
        return new StreamConnection(connector, accepted, true);
    }

    private void hang(StreamConnection connection) {
        Thread writer = Spawner.daemon("hanging-writer", () -> {
            try {
                connection.write(ENDLESS);
            } catch (IOException e) {
                failures.add(e);
            }
        });
        writer.start();
        await().until(() -> connection.isWritingLonger(300));
    }

    @Test
    void whoeverWritesToAPeerThatDoesNotReadIsSoonRefused() throws Exception {
        StreamConnection deaf = connection();
        hang(deaf);
        long begin = System.nanoTime();
        assertThatThrownBy(() -> deaf.write(SHORT)).hasMessageContaining("does not read");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void aHangingWriteEndsWhenOthersNeedItsPlace() throws Exception {
        StreamConnection deaf = connection();
        StreamConnection good = connection();
        hang(deaf);
        good.write(SHORT); // there is one place
        assertThat(deaf.isOpen()).isFalse();
        assertThat(good.isOpen()).isTrue();
    }

    @Test
    void whatLeadsToAnOpenConnectionIsNotTakenOverAndEndsWithIt() throws Exception {
        WebSocketFlows flows = new WebSocketFlows(3, 5);
        StreamConnection first = connection();
        StreamConnection second = connection();
        flows.put("a", first);
        flows.put("a", second);
        assertThat(flows.get("a")).isSameAs(first);
        first.abort();
        flows.forget(first);
        assertThat(flows.size()).isZero();
        flows.put("a", second);
        assertThat(flows.get("a")).isSameAs(second);
        flows.put("b", first); // closed
        assertThat(flows.get("b")).isNull();
        assertThat(flows.size()).isEqualTo(1);
    }

    @Test
    void oneConnectionCannotMakeAllOthersForgotten() throws Exception {
        WebSocketFlows flows = new WebSocketFlows(3, 5);
        StreamConnection modest = connection();
        StreamConnection greedy = connection();
        StreamConnection other = connection();
        flows.put("mine", modest);
        for (int i = 0; i < 100; i++) {
            flows.put("g" + i, greedy);
        }
        flows.put("o1", other);
        flows.put("o2", other);
        assertThat(flows.size()).isEqualTo(5);
        assertThat(flows.get("mine")).isSameAs(modest);
        assertThat(flows.get("g97")).isNull();
        assertThat(flows.get("g99")).isSameAs(greedy);
        assertThat(flows.get("o1")).isSameAs(other);
    }
}
