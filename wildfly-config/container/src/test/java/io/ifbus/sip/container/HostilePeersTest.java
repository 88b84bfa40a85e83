// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.transport.WireLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.servlet.sip.ServletTimer;
import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.TimerListener;
import org.junit.jupiter.api.Test;

/** Peers and applications that behave badly harm nobody but themselves. */
class HostilePeersTest {
    @Test
    void aPeerThatDoesNotReadStopsNobodyElse() throws Exception {
        try (TestServer container = new TestServer(Uac.class);
                RawPeer other = new RawPeer();
                Socket deaf = new Socket()) {
            deaf.setReceiveBufferSize(4096);
            deaf.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), container.port));
            String long50k = "x".repeat(50_000);
            CompletableFuture<Void> flood = CompletableFuture.runAsync(() -> {
                try {
                    OutputStream out = deaf.getOutputStream();
                    for (int i = 0; i < 400; i++) { // the CSeq does not fit, so that all of it is sent back in a 400
                        out.write(options(container.port, 9, "deaf" + i, "TCP;p=" + long50k)
                                .replace("1 OPTIONS", "1 INVITE")
                                .getBytes(StandardCharsets.UTF_8));
                    }
                } catch (IOException e) {
                    assertThat(deaf.isClosed() || e.getMessage() != null).isTrue(); // the server has given it up
                }
            });
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertAnswers(container, other));
            container.server.stop(); // does not hang
            flood.get(10, TimeUnit.SECONDS);
        }
    }

    /** Interrupts the thread it runs on before it answers. */
    public static final class Interrupted extends Uac {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doRequest(SipServletRequest request) throws IOException {
            if (request.getCallId().startsWith("interrupt")) {
                Thread.currentThread().interrupt();
            }
            super.doRequest(request);
        }
    }

    @Test
    void anInterruptedServletDoesNotCloseTheSocketForAll() throws Exception {
        try (TestServer container = new TestServer(Interrupted.class);
                RawPeer peer = new RawPeer()) {
            peer.send(options(container.port, peer.port(), "interrupt", "UDP"), container.port);
            peer.await("SIP/2.0 200", "interrupt");
            assertAnswers(container, peer);
        }
    }

    @Test
    void aTapThatFailsDoesNotEndTheReader() throws Exception {
        try (TestServer container = new TestServer(Uac.class);
                RawPeer peer = new RawPeer()) {
            AtomicBoolean first = new AtomicBoolean(true);
            container.server.add((direction, transport, local, remote, bytes) -> {
                if (first.getAndSet(false)) {
                    throw new NoClassDefFoundError("undeployed");
                }
            });
            assertAnswers(container, peer);
            assertAnswers(container, peer);
        }
    }

    @Test
    void failedCallsDoNotUseUpTheConnections() throws Exception {
        SipServerSettings few = SipServerSettings.DEFAULTS.with(
                new WireLimits(4 << 20, 64 << 10, 3, 3, 500, 10_000, 3_600_000, 0, 10_000));
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        try (TestServer container = new TestServer(few, Uac.class)) {
            for (int i = 0; i < 5; i++) {
                SipFactory factory = container.application.sipFactory();
                SipServletRequest invite = factory.createRequest(
                        factory.createApplicationSession(), "INVITE", "sip:us@127.0.0.1", "sip:callee@127.0.0.1");
                invite.setRequestURI(
                        factory.createURI("sip:callee@127.0.0." + (i + 1) + ":" + closed + ";transport=tcp"));
                assertThatThrownBy(invite::send).isInstanceOf(IOException.class);
            }
            try (Socket caller = new Socket(InetAddress.getLoopbackAddress(), container.port)) {
                caller.setSoTimeout(5000);
                caller.getOutputStream().write("\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                assertThat(caller.getInputStream().read()).isEqualTo('\r');
            }
        }
    }

    /** Answers when it is told to. */
    public static final class Late extends Uac {
        private static final long serialVersionUID = 1L;
        private static final CountDownLatch GO = new CountDownLatch(1);
        private static final CompletableFuture<String> SENT = new CompletableFuture<>();

        @Override
        protected void doRequest(SipServletRequest request) throws IOException {
            try {
                GO.await(10, TimeUnit.SECONDS);
                super.doRequest(request);
                SENT.complete("sent");
            } catch (IOException | InterruptedException e) {
                SENT.completeExceptionally(e);
            }
        }
    }

    @Test
    void aResponseWhoseConnectionIsGoneGoesToTheVia() throws Exception {
        try (TestServer container = new TestServer(Late.class);
                ServerSocket sentBy = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            try (Socket caller = new Socket(InetAddress.getLoopbackAddress(), container.port)) {
                caller.getOutputStream()
                        .write(options(container.port, sentBy.getLocalPort(), "gone", "TCP")
                                .getBytes(StandardCharsets.UTF_8));
                await().until(() -> container.server.queueNames() > 0);
            }
            await().until(() -> container.server.connectionCount() == 0);
            Late.GO.countDown();
            sentBy.setSoTimeout(5000);
            try (Socket back = sentBy.accept()) {
                assertThat(new String(back.getInputStream().readNBytes(11), StandardCharsets.UTF_8))
                        .isEqualTo("SIP/2.0 200");
                assertThat(Late.SENT.get(5, TimeUnit.SECONDS)).isEqualTo("sent");
            }
        }
    }

    /** A listener without which no timer can be made. */
    public static final class Ticking extends Uas implements TimerListener {
        private static final long serialVersionUID = 1L;

        @Override
        public void timeout(ServletTimer timer) {
            // what counts is that it is cancelled
        }
    }

    @Test
    void undeployEndsSessionsAndTimers() throws Exception {
        try (TestServer container = new TestServer(Ticking.class)) {
            SipApplicationSession session = container.application.sipFactory().createApplicationSession();
            ServletTimer timer =
                    container.application.timerService().createTimer(session, 100_000, 100_000, false, false, null);
            container.server.undeploy(container.application);
            assertThat(session.isValid()).isFalse();
            assertThat(timer.getTimeRemaining()).isPositive();
            assertThat(container.server.timers().size()).isZero();
            assertThat(container.server.queueNames()).isZero();
        }
    }

    @Test
    void aServerThatStoppedLeavesNoThread() throws Exception {
        for (int i = 0; i < 3; i++) {
            try (TestServer container = new TestServer(Uas.class);
                    RawPeer peer = new RawPeer()) {
                assertAnswers(container, peer);
            }
        }
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("sip-") || name.startsWith("EventScanner")));
    }

    private static void assertAnswers(TestServer container, RawPeer peer) {
        String id = "alive-" + System.nanoTime();
        peer.send(options(container.port, peer.port(), id, "UDP"), container.port);
        peer.await("SIP/2.0", id);
    }

    private static String options(int port, int sentBy, String id, String transport) {
        String[] via = transport.split(";", 2);
        return "OPTIONS sip:service@127.0.0.1:" + port + " SIP/2.0\r\n"
                + "Via: SIP/2.0/" + via[0] + " 127.0.0.1:" + sentBy + ";branch=z9hG4bK-" + id
                + (via.length > 1 ? ";" + via[1] : "") + "\r\n"
                + "From: <sip:a@127.0.0.1>;tag=1\r\nTo: <sip:service@127.0.0.1>\r\nCall-ID: " + id + "\r\n"
                + "CSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n";
    }
}
