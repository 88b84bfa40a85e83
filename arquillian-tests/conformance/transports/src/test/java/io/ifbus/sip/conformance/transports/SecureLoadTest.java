// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.transports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.container.ConnectorSettings.Transport;
import io.ifbus.sip.container.RawPeer;
import io.ifbus.sip.transport.TlsSettings.ClientCertificate;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Fifty calls a second, each whole, over TLS and over secure WebSocket; {@code -Dsecure.seconds} says for how long. */
class SecureLoadTest {
    private static final int SECONDS = Integer.getInteger("secure.seconds", 5);
    private static final int CALLS_PER_SECOND = 50;
    private static final int CALLS = SECONDS * CALLS_PER_SECOND;

    private static Server server;

    /** What a phone does with one connection. */
    private interface Line {
        void send(String message) throws Exception;

        String receive() throws Exception;
    }

    @BeforeAll
    static void start() throws Exception {
        server = new Server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void everyCallOverTlsIsWhole() throws Exception {
        int port = server.tls(Certificates.context(Certificates.SERVER), ClientCertificate.NONE);
        try (StreamPeer peer = StreamPeer.tls(port, Certificates.anonymous())) {
            calls("TLS", new Line() {
                @Override
                public void send(String message) throws Exception {
                    peer.send(message);
                }

                @Override
                public String receive() throws Exception {
                    return peer.receive();
                }
            });
        }
    }

    @Test
    void everyCallOverSecureWebSocketIsWhole() throws Exception {
        int port = server.add(
                Transport.WSS,
                "127.0.0.1",
                Server.settings(Certificates.context(Certificates.SERVER), ClientCertificate.NONE));
        try (WebSocketPeer peer = WebSocketPeer.wss(port, Certificates.anonymous())) {
            calls("WSS", new Line() {
                @Override
                public synchronized void send(String message) {
                    peer.send(message);
                }

                @Override
                public String receive() throws Exception {
                    return peer.receive();
                }
            });
        }
    }

    /** One thread calls at its pace; this one answers what comes: ACK and BYE to a 200. */
    private static void calls(String transport, Line line) throws Exception {
        String via = transport + " 127.0.0.1:9";
        Object turn = new Object();
        Thread caller = new Thread(() -> {
            long start = System.nanoTime();
            for (int i = 0; i < CALLS; i++) {
                long due = start + i * 1_000_000_000L / CALLS_PER_SECOND;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                try {
                    synchronized (turn) {
                        line.send(Messages.invite(
                                via,
                                transport + i,
                                "sip:peer@127.0.0.1:9;transport=" + transport.toLowerCase(java.util.Locale.ROOT)));
                    }
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        caller.start();
        int ended = 0;
        int answered = 0;
        while (ended < CALLS) {
            String response = line.receive();
            assertThat(response).matches("(?s)SIP/2.0 (100|180|200) .*");
            if (!response.startsWith("SIP/2.0 200")) {
                continue;
            }
            if (RawPeer.header(response, "CSeq").endsWith("BYE")) {
                ended++;
                continue;
            }
            answered++;
            String ack = Messages.ack(response, via);
            synchronized (turn) {
                line.send(ack);
                line.send(ack.replace("ACK sip", "BYE sip")
                        .replace("1 ACK", "2 BYE")
                        .replace("branch=z9hG4bK-ack", "branch=z9hG4bK-bye"));
            }
        }
        caller.join();
        System.out.printf("%s: %d calls answered and ended in %d s%n", transport, answered, SECONDS);
        assertThat(answered).as("200s to INVITEs, none twice").isEqualTo(CALLS);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(server.sip.dialogCount()).isZero());
    }
}
