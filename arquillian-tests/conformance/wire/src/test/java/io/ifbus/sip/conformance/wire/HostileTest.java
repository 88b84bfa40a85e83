// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import io.ifbus.sip.container.Remains;
import io.ifbus.sip.transport.WireCounters.Reject;
import io.ifbus.sip.transport.WireLimits;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Peers that mean harm, beside 20 calls a second that must not notice. At most 1,024 connections are let in. */
class HostileTest {
    private static final Logger OUT = Logger.getLogger("hostile");
    private static final int CALLS_PER_SECOND = 20;
    /** All of them come from one address. */
    private static final int LIMIT = WireLimits.DEFAULTS.connectionsPerPeer();

    private static final int MOST_SOCKETS = 10_000;
    private static final int OTHER_HANDLES = 2 * LIMIT; // the server's ends, and what the process has open besides
    private static final int KINDS =
            3; // of warnings that one sort of peer can cause: refused, broken, met by the stack
    private static final int DATAGRAMS_PER_SECOND = 20_000;
    private static final long MOST_GROWTH = 8 << 20;
    private static final Duration WHILE = Duration.ofSeconds(5);

    @RegisterExtension
    static final Server SERVER = Server.quick(25);

    private static long before;

    private ErrorLog log;
    private Traffic traffic;

    @BeforeAll
    static void warmUp() throws Exception {
        Script.forgetful();
        try (Traffic warm = new Traffic(SERVER, CALLS_PER_SECOND)) {
            await().until(() -> warm.whole() > 2 * CALLS_PER_SECOND);
        }
        rest();
        before = Heap.live();
    }

    @BeforeEach
    void startCalls() throws Exception {
        Script.forgetful();
        Script.onNoAck(event -> event.getRequest().getApplicationSession().invalidate());
        log = new ErrorLog();
        traffic = new Traffic(SERVER, CALLS_PER_SECOND);
        await().until(() -> traffic.whole() > 0);
    }

    @AfterEach
    void callsWereNotHarmed() {
        await().until(() -> traffic.whole() > CALLS_PER_SECOND);
        traffic.close();
        log.close();
        assertThat(traffic.failures()).isEmpty();
        assertThat(log.errors()).isEmpty();
        assertThat(log.warnings()).isLessThanOrEqualTo(log.allowance(KINDS));
    }

    @AfterAll
    static void nothingIsLeft() {
        rest();
        long growth = Heap.live() - before;
        OUT.log(Level.INFO, "live heap grew by {0} bytes", growth);
        assertThat(growth).isLessThan(MOST_GROWTH);
    }

    private static void rest() {
        await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> {
            assertThat(SERVER.remains()).isEqualTo(Remains.NOTHING);
            assertThat(SERVER.test().server.connectionCount()).isZero();
        });
    }

    private static long rejected(Reject kind) {
        return SERVER.test().server.counters().count(kind);
    }

    private static Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), SERVER.port());
    }

    private static boolean isClosed(Socket socket) {
        try {
            socket.setSoTimeout(10_000);
            while (socket.getInputStream().read() >= 0) {
                // an answer may come first
            }
            return true;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true; // reset: the server had not read all of it
        }
    }

    @Test
    void aMessageOfAMegabyteClosesItsConnection() throws Exception {
        try (TcpPeer peer = SERVER.tcp();
                Socket body = connect();
                Socket header = connect()) {
            String head = Call.to(SERVER, peer).request("OPTIONS").toString();
            write(body, head.replace("Content-Length: 0", "Content-Length: 1048576") + "x".repeat(1 << 20));
            write(header, head.replace("Max-Forwards: 70", "Max-Forwards: 70\r\nX: " + "x".repeat(1 << 20)));
            assertThat(isClosed(body)).isTrue();
            assertThat(isClosed(header)).isTrue();
            assertThat(rejected(Reject.OVERSIZED)).isEqualTo(2);
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            assertThat(isClosed(socket))
                    .as("the server closed it while it was written")
                    .isTrue();
        }
    }

    @Test
    void messagesCutShortAndBinaryOnesAreDropped() throws Exception {
        Random random = new Random(1);
        try (UdpPeer peer = SERVER.udp()) {
            byte[] whole = Call.to(SERVER, peer).invite().toString().getBytes(StandardCharsets.UTF_8);
            for (int length = 0; length < whole.length - Call.SDP.length(); length += 3) {
                peer.send(java.util.Arrays.copyOf(whole, length));
                byte[] binary = new byte[length];
                random.nextBytes(binary);
                peer.send(binary);
            }
        }
        try (Socket stream = connect()) {
            byte[] binary = new byte[200_000];
            random.nextBytes(binary);
            write(stream, new String(binary, StandardCharsets.ISO_8859_1));
            stream.shutdownOutput();
            assertThat(isClosed(stream)).isTrue();
        }
    }

    /** One byte a second, a hundred times. */
    @Test
    void slowPeersHoldUpNobody() throws Exception {
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            slow.add(connect());
        }
        byte[] start = "OPTIONS sip:x".getBytes(StandardCharsets.US_ASCII);
        for (int second = 0; second < WHILE.toSeconds(); second++) {
            for (Socket socket : slow) {
                socket.getOutputStream().write(start[second]);
            }
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        }
        assertThat(traffic.whole()).isGreaterThan(CALLS_PER_SECOND * 3);
        for (Socket socket : slow) {
            socket.close();
        }
    }

    @Test
    void moreConnectionsThanAreLetInAreClosedAndTheOthersStay() throws Exception {
        var handles = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        int count = (int) Math.min(MOST_SOCKETS, handles.getMaxFileDescriptorCount() - OTHER_HANDLES);
        OUT.log(Level.INFO, "{0} half-open connections", count);
        assertThat(count).isGreaterThan(LIMIT);
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                open.add(connect());
                assertThat(SERVER.test().server.connectionCount()).isLessThanOrEqualTo(LIMIT);
            }
            assertThat(SERVER.test().server.connectionCount()).isGreaterThan(LIMIT / 2);
            Socket first = open.get(0);
            first.getOutputStream().write("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            first.setSoTimeout(5000);
            assertThat(first.getInputStream().read()).isEqualTo('\r');
            assertThat(isClosed(open.get(open.size() - 1))).isTrue();
            assertThat(rejected(Reject.CONNECTIONS)).isGreaterThanOrEqualTo(count - LIMIT);
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    @Test
    void garbageAtAHighRateHarmsNoCall() throws Exception {
        Random random = new Random(2);
        byte[][] garbage = new byte[64][];
        for (int i = 0; i < garbage.length; i++) {
            garbage[i] = new byte[1 + random.nextInt(1400)];
            random.nextBytes(garbage[i]);
        }
        int callsBefore = traffic.whole();
        long refusedBefore = rejected(Reject.UNPARSABLE);
        long sent = 0;
        try (UdpPeer peer = SERVER.udp()) {
            long start = System.nanoTime();
            for (long now = start; now - start < WHILE.toNanos(); now = System.nanoTime()) {
                long due = (now - start) * DATAGRAMS_PER_SECOND / TimeUnit.SECONDS.toNanos(1);
                while (sent < due) {
                    peer.send(garbage[(int) (sent++ % garbage.length)]);
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
        }
        long refused = rejected(Reject.UNPARSABLE) - refusedBefore;
        OUT.log(Level.INFO, "{0} garbage datagrams, {1} refused and counted", new Object[] {sent, refused});
        assertThat(sent).isGreaterThan(DATAGRAMS_PER_SECOND * (WHILE.toSeconds() - 1));
        assertThat(refused).isGreaterThan(sent / 2); // the system may drop some
        assertThat(traffic.whole() - callsBefore).isGreaterThan(CALLS_PER_SECOND * 3);
    }
}
