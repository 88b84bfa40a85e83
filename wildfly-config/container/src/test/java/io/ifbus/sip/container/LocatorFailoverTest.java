// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.locator.Locator;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Servers found in DNS, heard on the wire: pool.example.com has two, the first one first. */
class LocatorFailoverTest {
    private final LocatorNames names = new LocatorNames();
    private TestServer container;
    private RawPeer first;
    private RawPeer second;
    private SipFactory factory;

    @BeforeEach
    void open() throws Exception {
        Uac.RESPONSES.clear();
        first = new RawPeer();
        second = new RawPeer();
        container = new TestServer(SipServerSettings.DEFAULTS.withT1(Duration.ofMillis(20)), Uac.class);
        factory = container.application.sipFactory();
        Locator locator = new Locator(List.of(names.address()), Duration.ofSeconds(5), new Random(1));
        locator.addSupportedTransport("UDP");
        locator.addSupportedTransport("TCP");
        container.server.dispatcher().setDNSServerLocator(locator);
        names.has("host.example.com A 127.0.0.1");
    }

    @AfterEach
    void close() {
        container.close();
        first.close();
        second.close();
        names.close();
    }

    private void pool(String transport, int firstPort, int secondPort) throws Exception {
        names.has("_sip._" + transport + ".pool.example.com SRV 1 1 " + firstPort + " host.example.com");
        names.has("_sip._" + transport + ".pool.example.com SRV 2 1 " + secondPort + " host.example.com");
    }

    private SipServletRequest request(String method, String uri) throws Exception {
        SipServletRequest request = factory.createRequest(
                factory.createApplicationSession(), method, "sip:us@127.0.0.1", "sip:them@example.com");
        request.setRequestURI(factory.createURI(uri));
        return request;
    }

    private static String branch(String message) {
        return RawPeer.header(message, "Via").replaceFirst(".*branch=([^;]+).*", "$1");
    }

    private static String withoutVia(String message) {
        return message.replaceFirst("(?m)^Via:.*$", "");
    }

    private static int status() throws InterruptedException {
        SipServletResponse response = Uac.RESPONSES.poll(5, TimeUnit.SECONDS);
        assertThat(response).isNotNull();
        return response.getStatus();
    }

    @Test
    void aNameIsFoundThroughDns() throws Exception {
        pool("udp", first.port(), second.port());
        request("MESSAGE", "sip:them@pool.example.com").send();
        String message = first.await("MESSAGE");
        assertThat(message).startsWith("MESSAGE sip:them@pool.example.com SIP").doesNotContain("\r\nRoute:");
        first.send(first.response(message, 200, "OK", ""), container.port);
        assertThat(status()).isEqualTo(200);
        assertThat(second.receive(50)).isNull();
    }

    @Test
    @Proves("3263-4-a")
    void theFirstRouteDecidesAndMaddrBeforeTheHost() throws Exception {
        SipServletRequest routed = request("MESSAGE", "sip:them@nowhere.example.com");
        routed.pushRoute((javax.servlet.sip.SipURI) factory.createURI("sip:host.example.com:" + first.port() + ";lr"));
        routed.send();
        assertThat(first.await("MESSAGE")).contains("Route: <sip:host.example.com:" + first.port() + ";lr>");
        request("MESSAGE", "sip:them@nowhere.example.com:" + second.port() + ";maddr=127.0.0.1")
                .send();
        assertThat(second.await("MESSAGE")).contains("maddr=127.0.0.1");
    }

    @Test
    @Proves({"3263-4.3-a", "3263-4.3-c"})
    void afterATimeoutTheNextServerGetsANewTransactionAndTheCancelToo() throws Exception {
        pool("udp", first.port(), second.port());
        SipServletRequest invite = request("INVITE", "sip:them@pool.example.com");
        invite.send();
        String unheard = first.await("INVITE");
        String heard = second.await("INVITE");
        assertThat(branch(heard)).isNotEqualTo(branch(unheard));
        assertThat(RawPeer.header(heard, "Call-ID")).isEqualTo(RawPeer.header(unheard, "Call-ID"));
        assertThat(RawPeer.header(heard, "CSeq")).isEqualTo(RawPeer.header(unheard, "CSeq"));
        second.send(second.response(heard, 180, "Ringing", ""), container.port);
        assertThat(status()).isEqualTo(180);
        invite.createCancel().send();
        String cancel = second.await("CANCEL");
        assertThat(branch(cancel)).isEqualTo(branch(heard));
        second.send(second.response(cancel, 200, "OK", ""), container.port);
        second.send(second.response(heard, 487, "Request Terminated", ""), container.port);
        assertThat(branch(second.await("ACK"))).isEqualTo(branch(heard));
        String late = first.receive(200);
        while (late != null) { // retransmissions of the first INVITE that were on their way
            assertThat(late).startsWith("INVITE");
            late = first.receive(200);
        }
    }

    @Test
    @Proves("3263-4.3-a")
    void anAddressThatRefusesTheConnectionIsPassedOver() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        try (ServerSocket open = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            pool("tcp", closed, open.getLocalPort());
            SipServletRequest message = request("MESSAGE", "sip:them@pool.example.com;transport=tcp");
            message.pushRoute((javax.servlet.sip.SipURI) factory.createURI("sip:behind@host.example.com;lr"));
            message.pushRoute((javax.servlet.sip.SipURI) factory.createURI("sip:pool.example.com;transport=tcp;lr"));
            message.send();
            open.setSoTimeout(5000);
            try (var connection = open.accept()) {
                byte[] buffer = new byte[8192];
                int length = connection.getInputStream().read(buffer);
                assertThat(new String(buffer, 0, length, java.nio.charset.StandardCharsets.UTF_8))
                        .startsWith("MESSAGE")
                        .contains("Route: <sip:pool.example.com;transport=tcp;lr>")
                        .contains("Route: <sip:behind@host.example.com;lr>");
            }
        }
    }

    @Test
    void theRouteOfTheRequestIsTheSameAtTheNextServer() throws Exception {
        pool("udp", first.port(), second.port());
        SipServletRequest message = request("MESSAGE", "sip:them@elsewhere.example.com");
        message.pushRoute((javax.servlet.sip.SipURI) factory.createURI("sip:behind@host.example.com;lr"));
        message.pushRoute((javax.servlet.sip.SipURI) factory.createURI("sip:pool.example.com;lr"));
        message.send();
        String unheard = first.await("MESSAGE");
        String heard = second.await("MESSAGE");
        assertThat(routes(heard)).isEqualTo(routes(unheard)).hasSize(2);
    }

    private static List<String> routes(String message) {
        return message.lines().filter(line -> line.startsWith("Route:")).toList();
    }

    @Test
    @Proves("3263-4.3-a")
    void afterA503TheNextServerGetsANewTransactionAndTheApplicationHearsItAlone() throws Exception {
        pool("udp", first.port(), second.port());
        request("INVITE", "sip:them@pool.example.com").send();
        String refused = first.await("INVITE");
        first.send(first.response(refused, 503, "Service Unavailable", ""), container.port);
        assertThat(branch(first.await("ACK"))).isEqualTo(branch(refused));
        String heard = second.await("INVITE");
        assertThat(branch(heard)).isNotEqualTo(branch(refused));
        assertThat(withoutVia(heard)).isEqualTo(withoutVia(refused));
        second.send(second.response(heard, 200, "OK", Uas.SDP), container.port);
        SipServletResponse ok = Uac.RESPONSES.poll(5, TimeUnit.SECONDS);
        assertThat(ok.getStatus()).isEqualTo(200);
        ok.createAck().send();
        second.await("ACK");
        ok.getSession().createRequest("BYE").send();
        String bye = second.await("BYE");
        second.send(second.response(bye, 200, "OK", ""), container.port);
        assertThat(status()).isEqualTo(200);
        // the transaction of the 503 stays for 32 s (timer D of RFC 3261 section 17.1.1.2), the sessions do not
        await().atMost(10, TimeUnit.SECONDS).untilAsserted(() -> assertThat(container.application.sessionCount())
                .isZero());
    }

    @Test
    void a503OfTheLastServerReachesTheApplication() throws Exception {
        pool("udp", first.port(), second.port());
        request("MESSAGE", "sip:them@pool.example.com").send();
        first.send(first.response(first.await("MESSAGE"), 503, "Service Unavailable", ""), container.port);
        second.send(second.response(second.await("MESSAGE"), 503, "Service Unavailable", ""), container.port);
        assertThat(status()).isEqualTo(503);
        assertThat(Uac.RESPONSES).isEmpty();
    }

    @Test
    void whenNoServerAnswersTheApplicationGetsOne408AndNothingIsLeft() throws Exception {
        pool("udp", first.port(), second.port());
        SipServletRequest message = request("MESSAGE", "sip:them@pool.example.com");
        message.send();
        first.await("MESSAGE");
        second.await("MESSAGE");
        assertThat(status()).isEqualTo(408);
        await().atMost(10, TimeUnit.SECONDS).untilAsserted(() -> {
            assertThat(container.server.transactionCount()).isZero();
            assertThat(container.server.queueNames()).isZero();
        });
        assertThat(Uac.RESPONSES).isEmpty();
    }
}
