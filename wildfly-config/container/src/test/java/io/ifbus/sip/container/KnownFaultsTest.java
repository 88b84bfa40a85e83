// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.spi.MessageTap.Direction;
import io.ifbus.sip.transport.WireLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import org.junit.jupiter.api.Test;
import org.mobicents.servlet.sip.core.ApplicationRoutingHeaderComposer;
import org.restcomm.commons.statistics.reporter.RestcommStatsReporter;

/** Faults that SIP Servlets on this stack were known for, one test each. */
class KnownFaultsTest {
    /** Several readers of one socket let a 200 overtake the 180 that came before it. */
    @Test
    void responsesPassThroughABackToBackUserAgentInTheirOrder() throws Exception {
        try (TestServer container = new TestServer(B2bua.class);
                RawPeer caller = new RawPeer();
                RawPeer callee = new RawPeer()) {
            System.setProperty("test.b2bua.target", Integer.toString(callee.port()));
            for (int call = 0; call < 300; call++) {
                String id = "order-" + call;
                caller.send(caller.request("INVITE", container.port, id, null, 1, Uas.SDP), container.port);
                String invite = callee.await("INVITE");
                callee.send(callee.response(invite, 180, "Ringing", ""), container.port);
                callee.send(callee.response(invite, 183, "Progress", ""), container.port);
                callee.send(callee.response(invite, 200, "OK", Uas.SDP), container.port);

                assertThat(finalOrder(caller, id)).containsExactly("180", "183", "200");
            }
        }
    }

    private static List<String> finalOrder(RawPeer caller, String callId) {
        List<String> seen = new ArrayList<>();
        while (seen.isEmpty() || !seen.get(seen.size() - 1).equals("200")) {
            String message = caller.await("SIP/2.0");
            String status = message.substring(8, 11);
            if (callId.equals(RawPeer.header(message, "Call-ID")) && !status.equals("100")) {
                seen.add(status);
            }
        }
        return seen;
    }

    /** The ACK may be back before {@code send()} has armed the timer that repeats the 200. */
    @Test
    void a200ThatIsAcknowledgedAtOnceIsNotSentAgain() throws Exception {
        try (TestServer container = new TestServer(Uas.class);
                RawPeer caller = new RawPeer()) {
            assertThat(duplicatesOf200(container, caller)).isEmpty();
        }
    }

    /** The same from a thread of the application that is not on the call's queue. */
    @Test
    void a200FromAForeignThreadThatIsAcknowledgedAtOnceIsNotSentAgain() throws Exception {
        try (TestServer container = new TestServer(ForeignThreadUas.class);
                RawPeer caller = new RawPeer()) {
            Thread foreign = new Thread(ForeignThreadUas::answerAll);
            foreign.start();
            assertThat(duplicatesOf200(container, caller)).isEmpty();
            foreign.interrupt();
        }
    }

    /** Answers from a thread of its own. */
    public static final class ForeignThreadUas extends SipServlet {
        private static final long serialVersionUID = 1L;
        private static final BlockingQueue<SipServletRequest> INVITES = new LinkedBlockingQueue<>();

        @Override
        protected void doInvite(SipServletRequest invite) {
            INVITES.add(invite);
        }

        static void answerAll() {
            try {
                while (true) {
                    INVITES.take().createResponse(SipServletResponse.SC_OK).send();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * One call whose ACK is sent the moment the 200 is about to leave, so that it is there before the server's {@code
     * send()} is done; then what else the caller hears within three times T1.
     */
    private static List<String> duplicatesOf200(TestServer container, RawPeer caller) {
        container.server.add((direction, transport, local, remote, bytes) -> {
            String message = StandardCharsets.UTF_8.decode(bytes).toString();
            if (direction == Direction.SENT && message.startsWith("SIP/2.0 200")) {
                caller.send(
                        caller.request("ACK", container.port, "ack", RawPeer.toTag(message), 1, ""), container.port);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200)); // the reader has it by then
            }
        });
        caller.send(caller.request("INVITE", container.port, "ack", null, 1, Uas.SDP), container.port);
        caller.awaitOk("INVITE", "ack");
        List<String> more = new ArrayList<>();
        String late = caller.receive(1500);
        while (late != null) {
            more.add(late.substring(0, 11));
            late = caller.receive(1500);
        }
        return more;
    }

    /** The stack asks for 64 KiB, which a pause of the collector overflows. */
    @Test
    void theUdpBufferIsAsLargeAsTheSystemGrants() throws Exception {
        try (TestServer container = new TestServer(Uas.class);
                DatagramSocket plain = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            plain.setReceiveBufferSize(WireLimits.DEFAULTS.udpBufferBytes());
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), container.port);
            assertThat(container.server.receiveBufferBytes(address))
                    .isEqualTo(plain.getReceiveBufferSize())
                    .isGreaterThan(64 << 10);
        }
    }

    /** The stack's own NIO transport loses the first request on a new connection. */
    @Test
    void theFirstRequestOnEachNewTcpConnectionArrives() throws Exception {
        try (TestServer container = new TestServer(Uac.class)) {
            List<String> arrived = Collections.synchronizedList(new ArrayList<>());
            for (int call = 0; call < 200; call++) {
                try (ServerSocket callee = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                    inviteOverTcp(container, callee.getLocalPort());
                    callee.setSoTimeout(5000);
                    try (Socket connection = callee.accept()) {
                        byte[] head = connection.getInputStream().readNBytes(6);
                        arrived.add(new String(head, StandardCharsets.UTF_8));
                    }
                }
            }
            assertThat(arrived).hasSize(200).containsOnly("INVITE");
        }
    }

    private static void inviteOverTcp(TestServer container, int port) throws Exception {
        SipApplicationSession session = container.application.sipFactory().createApplicationSession();
        SipServletRequest invite = container
                .application
                .sipFactory()
                .createRequest(session, "INVITE", "sip:us@127.0.0.1", "sip:callee@127.0.0.1");
        invite.setRequestURI(
                container.application.sipFactory().createURI("sip:callee@127.0.0.1:" + port + ";transport=tcp"));
        invite.send();
    }

    /** The reporter that the engine is linked to sends figures to its maker; ours has nothing to send them with. */
    @Test
    void theStatisticsReporterIsOursAndCannotCallHome() {
        assertThat(RestcommStatsReporter.class.getSuperclass()).isEqualTo(Object.class);
        assertThat(RestcommStatsReporter.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .contains("ifbus-sip-engine");
    }

    /** A random id of the process in each tag made every other process refuse the dialog. */
    @Test
    void anotherProcessUnderstandsTheTagsOfThisOne() throws Exception {
        String tag;
        try (TestServer first = new TestServer(Uas.class);
                RawPeer caller = new RawPeer()) {
            caller.send(caller.request("INVITE", first.port, "tag", null, 1, Uas.SDP), first.port);
            tag = RawPeer.toTag(caller.await("SIP/2.0 200"));
        }
        try (TestServer second = new TestServer(Uas.class)) {
            String[] understood =
                    ApplicationRoutingHeaderComposer.getAppNameAndSessionId(second.server.dispatcher(), tag);
            assertThat(understood[1]).isEqualTo("test");
            assertThat(understood[2]).isNotBlank();
        }
    }

    /** The engine looks for its application router with an API that finds nothing since JDK 9. */
    @Test
    void aCallReachesItsApplicationOnThisJdk() throws Exception {
        assertThat(Runtime.version().feature()).isGreaterThan(8);
        try (TestServer container = new TestServer(Uas.class);
                RawPeer caller = new RawPeer()) {
            caller.send(caller.request("INVITE", container.port, "router", null, 1, Uas.SDP), container.port);
            assertThat(caller.await("SIP/2.0 200")).contains("router");
        }
        assertThat(System.getProperty("javax.servlet.sip.ar.spi.SipApplicationRouterProvider"))
                .isNull();
    }

    @Test
    void nothingIsLeftOfCallsThatEnded() throws Exception {
        try (TestServer container = new TestServer(Uas.class);
                RawPeer caller = new RawPeer()) {
            for (int call = 0; call < 50; call++) {
                String id = "leak-" + call;
                caller.send(caller.request("INVITE", container.port, id, null, 1, Uas.SDP), container.port);
                String ok = caller.awaitOk("INVITE", id);
                caller.send(caller.request("ACK", container.port, id, RawPeer.toTag(ok), 1, ""), container.port);
                caller.send(caller.request("BYE", container.port, id, RawPeer.toTag(ok), 2, ""), container.port);
                caller.awaitOk("BYE", id);
            }
            await().atMost(45, TimeUnit.SECONDS) // the transactions of the BYEs live for 64*T1, RFC 3261 table 4
                    .untilAsserted(() -> {
                        assertThat(container.application.sessionCount()).isZero();
                        assertThat(container.server.queueNames()).isZero();
                        assertThat(container.server.transactionCount()).isZero();
                    });
        }
    }
}
