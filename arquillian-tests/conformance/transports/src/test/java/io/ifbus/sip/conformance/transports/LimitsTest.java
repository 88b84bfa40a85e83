// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.transports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.container.ConnectorSettings.Transport;
import io.ifbus.sip.container.RawPeer;
import io.ifbus.sip.container.SipServerSettings;
import io.ifbus.sip.transport.TlsSettings.ClientCertificate;
import io.ifbus.sip.transport.WireCounters.Reject;
import io.ifbus.sip.transport.WireLimits;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.servlet.sip.SipServletRequest;
import org.junit.jupiter.api.Test;

/** What is too much, too long, too slow or no SIP at all. */
class LimitsTest {
    @Test
    void connectionsAreBoundedInAllAndPerPeer() throws Exception {
        try (Server server = new Server(limits(4, 2, 10_000, 3_600_000, 0))) {
            List<StreamPeer> open = new ArrayList<>();
            open.add(StreamPeer.tcp(server.port));
            open.add(StreamPeer.tcp(server.port));
            try (StreamPeer third = StreamPeer.tcp(server.port)) {
                third.awaitEnd();
            }
            assertThat(server.count(Reject.CONNECTIONS)).isEqualTo(1);
            open.get(0).close();
            await().untilAsserted(() -> assertThat(server.sip.connectionCount()).isEqualTo(1));
            try (StreamPeer again = StreamPeer.tcp(server.port)) {
                again.send("\r\n\r\n");
                assertThat(again.read(2)).hasSize(2);
            }
            open.get(1).close();
        }
    }

    @Test
    void connectionsOfOursAreBoundedApartFromThoseOfPeers() throws Exception {
        try (Server server = new Server(limits(4, 2, 10_000, 3_600_000, 0));
                StreamPeer first = StreamPeer.tcp(server.port);
                StreamPeer second = StreamPeer.tcp(server.port);
                Listener one = Listener.tcp();
                Listener other = Listener.tcp();
                Listener tooMany = Listener.tcp()) {
            await().untilAsserted(() -> assertThat(server.sip.connectionCount()).isEqualTo(2));
            for (Listener listener : List.of(one, other)) {
                overTcp(server, listener).send();
                listener.await().await("OPTIONS");
            }
            assertThatThrownBy(overTcp(server, tooMany)::send).hasMessageContaining("2 of its address are open");
            assertThat(first.localPort()).isNotEqualTo(second.localPort());
            assertThat(server.count(Reject.CONNECTIONS)).isZero();
        }
    }

    private static SipServletRequest overTcp(Server server, Listener listener) throws Exception {
        return server.request("OPTIONS", "sip:them@127.0.0.1:" + listener.port() + ";transport=tcp");
    }

    @Test
    void aMessageOrHandshakeMustBeCompleteInTimeHoweverItsBytesDribble() throws Exception {
        try (Server server = new Server(limits(100, 100, 700, 3_600_000, 0))) {
            int tls = server.tls(Certificates.context(Certificates.SERVER), ClientCertificate.NONE);
            int ws = server.add(Transport.WS, "127.0.0.1");
            try (StreamPeer talker = StreamPeer.tcp(server.port);
                    StreamPeer mute = StreamPeer.tcp(server.port);
                    StreamPeer dribbler = StreamPeer.tcp(server.port);
                    StreamPeer noHandshake = StreamPeer.tcp(tls);
                    StreamPeer noUpgrade = StreamPeer.tcp(ws)) {
                talker.send(Messages.options("TCP 127.0.0.1", "talker"));
                talker.await("SIP/2.0 200");
                noUpgrade.send("GET / HT");
                assertThat(dribble(dribbler)).isTrue();
                noHandshake.awaitEnd();
                noUpgrade.awaitEnd();
                mute.awaitEnd();
                assertThat(server.count(Reject.SLOW)).isEqualTo(4);
                talker.send("\r\n\r\n"); // silence between messages is no fault
                assertThat(talker.read(2)).hasSize(2);
            }
        }
    }

    /** One byte each 50 ms until the connection is closed; false when it never is. */
    private static boolean dribble(StreamPeer peer) {
        String options = Messages.options("TCP 127.0.0.1", "dribble");
        AtomicBoolean closed = new AtomicBoolean();
        await().atMost(10, TimeUnit.SECONDS)
                .pollInterval(50, TimeUnit.MILLISECONDS)
                .until(() -> {
                    try {
                        peer.send(options.substring(0, 1));
                    } catch (IOException e) {
                        closed.set(true);
                    }
                    return closed.get();
                });
        return closed.get();
    }

    @Test
    void anIdleConnectionIsClosed() throws Exception {
        try (Server server = new Server(limits(100, 100, 10_000, 500, 0));
                StreamPeer idle = StreamPeer.tcp(server.port)) {
            idle.awaitEnd();
            assertThat(server.count(Reject.SLOW)).isZero();
        }
    }

    @Test
    void whatIsTooLongOrNotSipEndsItsConnectionAndNothingElse() throws Exception {
        try (Server server = new Server();
                StreamPeer good = StreamPeer.tcp(server.port)) {
            try (StreamPeer huge = StreamPeer.tcp(server.port)) {
                huge.send(Messages.options("TCP 127.0.0.1", "huge")
                        .replace("Content-Length: 0", "Content-Length: 1000000"));
                huge.awaitEnd();
            }
            assertThat(server.count(Reject.OVERSIZED)).isEqualTo(1);
            try (StreamPeer browser = StreamPeer.tcp(server.port)) {
                browser.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
                browser.awaitEnd();
            }
            assertThat(server.count(Reject.UNPARSABLE)).isEqualTo(1);
            try (StreamPeer noise = StreamPeer.tcp(server.port)) {
                byte[] bytes = new byte[100_000];
                new Random(1).nextBytes(bytes);
                noise.send(bytes);
                noise.awaitEnd();
            }
            good.send(Messages.options("TCP 127.0.0.1", "unharmed"));
            good.await("SIP/2.0 200");
        }
    }

    @Test
    void aPeerMaySendSoManyMessagesASecond() throws Exception {
        try (Server server = new Server(limits(100, 100, 10_000, 3_600_000, 5));
                RawPeer eager = new RawPeer();
                RawPeer modest = new RawPeer()) {
            for (int i = 0; i < 50; i++) {
                eager.send(Messages.options("UDP 127.0.0.1:" + eager.port(), "eager" + i), server.port);
            }
            await().untilAsserted(() -> assertThat(server.count(Reject.RATE)).isBetween(35L, 45L));
            modest.send(Messages.options("UDP 127.0.0.1:" + modest.port(), "modest"), server.port);
            modest.await("SIP/2.0 200");
        }
    }

    @Test
    void callsPassBesideTwentyThousandGarbageDatagramsASecond() throws Exception {
        try (Server server = new Server();
                RawPeer phone = new RawPeer()) {
            AtomicBoolean enough = new AtomicBoolean();
            Thread flood = new Thread(() -> flood(server.port, enough), "flood");
            flood.start();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
            int calls = 0;
            while (System.nanoTime() < end) {
                String callId = "beside" + calls;
                String via = "UDP 127.0.0.1:" + phone.port();
                phone.send(Messages.invite(via, callId, "sip:peer@127.0.0.1:" + phone.port()), server.port);
                String ok = phone.await("SIP/2.0 200", callId);
                phone.send(Messages.ack(ok, via), server.port);
                calls++;
            }
            enough.set(true);
            flood.join(5000);
            assertThat(calls).isGreaterThan(100);
            int placed = calls;
            await().untilAsserted(() -> assertThat(Desk.REQUESTS.keySet())
                    .filteredOn(key -> key.startsWith("ACK beside"))
                    .hasSize(placed));
            assertThat(server.count(Reject.UNPARSABLE)).isGreaterThan(20_000);
            assertThat(server.count(Reject.OVERLOAD)).isZero();
        }
    }

    /** A thousand at a time, twenty times a second at most. */
    private static void flood(int port, AtomicBoolean enough) {
        Random random = new Random(7);
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            byte[] noise = new byte[300];
            InetSocketAddress target = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            long next = System.nanoTime();
            while (!enough.get()) {
                for (int i = 0; i < 1000; i++) {
                    random.nextBytes(noise);
                    socket.send(new DatagramPacket(noise, noise.length, target));
                }
                next += TimeUnit.MILLISECONDS.toNanos(50);
                java.util.concurrent.locks.LockSupport.parkNanos(next - System.nanoTime());
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void messagesAreCountedByMethodAndClass() throws Exception {
        try (Server server = new Server();
                RawPeer phone = new RawPeer()) {
            for (int i = 0; i < 3; i++) {
                phone.send(Messages.options("UDP 127.0.0.1:" + phone.port(), "count" + i), server.port);
                phone.await("SIP/2.0 200");
            }
            server.request("MESSAGE", "sip:them@127.0.0.1:" + phone.port()).send();
            phone.send(Messages.ok(phone.await("MESSAGE"), ""), server.port);
            await().untilAsserted(() -> assertThat(server.sip.counters().received())
                    .containsEntry("OPTIONS", 3L)
                    .containsEntry("2xx", 1L));
            assertThat(server.sip.counters().sent()).containsEntry("2xx", 3L).containsEntry("MESSAGE", 1L);
        }
    }

    private static WireLimits limits(int connections, int perPeer, int messageMillis, int idleMillis, int perSecond) {
        WireLimits d = SipServerSettings.DEFAULTS.limits();
        return new WireLimits(
                d.udpBufferBytes(),
                d.messageBytes(),
                connections,
                perPeer,
                d.connectMillis(),
                messageMillis,
                idleMillis,
                perSecond,
                d.queuedMessages());
    }
}
