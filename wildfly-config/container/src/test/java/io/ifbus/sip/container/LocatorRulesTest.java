// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.container.ConnectorSettings.Transport;
import io.ifbus.sip.locator.Locator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipServletRequest;
import javax.sip.address.AddressFactory;
import javax.sip.address.Hop;
import javax.sip.address.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where requests go (RFC 3263 section 4); a name server says what is in DNS. */
class LocatorRulesTest {
    private final LocatorNames names = new LocatorNames();
    private Locator locator;
    private AddressFactory addresses;

    @BeforeEach
    void open() throws Exception {
        addresses = javax.sip.SipFactory.getInstance().createAddressFactory();
        locator = new Locator(List.of(names.address()), Duration.ofSeconds(5), new Random(1));
        List.of("UDP", "TCP", "TLS").forEach(locator::addSupportedTransport);
    }

    @AfterEach
    void close() {
        names.close();
    }

    private List<String> locate(String uri) throws Exception {
        return locator.locateHops(addresses.createURI(uri)).stream()
                .map(Object::toString)
                .toList();
    }

    @Test
    void theServerFindsItsTargetsByTheLocator() throws Exception {
        try (TestServer container = new TestServer(Uac.class)) {
            URI local = addresses.createURI("sip:a@localhost:5070"); // in no DNS; the engine's locator finds nothing
            Hop first = container
                    .server
                    .dispatcher()
                    .getDNSServerLocator()
                    .locateHops(local)
                    .peek();
            assertThat(first).hasToString("127.0.0.1:5070/udp");
        }
    }

    @Test
    @Proves("3263-4.1-a")
    void aTransportParameterDecides() throws Exception {
        names.has("_sip._udp.example.com SRV 1 1 5070 host.example.com");
        names.has("_sip._tcp.example.com SRV 1 1 5080 host.example.com");
        names.has("_sips._tcp.example.com SRV 1 1 5090 host.example.com");
        names.has("host.example.com A 192.0.2.1");
        assertThat(locate("sip:a@example.com;transport=udp")).containsExactly("192.0.2.1:5070/udp");
        assertThat(locate("sip:a@example.com;transport=tcp")).containsExactly("192.0.2.1:5080/tcp");
        assertThat(locate("sip:a@example.com;transport=tls")).containsExactly("192.0.2.1:5090/tls");
        assertThat(locate("sips:a@example.com;transport=tcp")).containsExactly("192.0.2.1:5090/tls");
        try (TestServer container = new TestServer(Uac.class);
                ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            SipFactory factory = container.application.sipFactory();
            SipServletRequest message = factory.createRequest(
                    factory.createApplicationSession(), "MESSAGE", "sip:us@127.0.0.1", "sip:them@127.0.0.1");
            message.setRequestURI(factory.createURI("sip:them@127.0.0.1:" + server.getLocalPort() + ";transport=tcp"));
            message.send();
            server.setSoTimeout(5000);
            try (Socket connection = server.accept()) {
                byte[] head = connection.getInputStream().readNBytes(7);
                assertThat(new String(head, StandardCharsets.UTF_8)).isEqualTo("MESSAGE");
            }
        }
    }

    @Test
    @Proves("3263-4.1-b")
    void aNumericAddressIsReachedByUdpAndForSipsByTls() throws Exception {
        assertThat(locate("sip:a@192.0.2.1")).containsExactly("192.0.2.1:5060/udp");
        assertThat(locate("sip:a@192.0.2.1:5070")).containsExactly("192.0.2.1:5070/udp");
        assertThat(locate("sips:a@192.0.2.1")).containsExactly("192.0.2.1:5061/tls");
        assertThat(locate("sips:a@[2001:db8::1]:5071")).containsExactly("[2001:db8::1]:5071/tls");
    }

    @Test
    @Proves({"3263-4.1-c", "3263-4.1-d"})
    void ofNaptrTheLowestOrderAndPreferenceOfASupportedServiceIsTakenAndForSipsOfASecureOne() throws Exception {
        names.has("example.com NAPTR 5 10 \"s\" \"SIP+D2S\" \"\" _sip._sctp.example.com");
        names.has("example.com NAPTR 20 1 \"s\" \"SIP+D2U\" \"\" udp.example.com");
        names.has("example.com NAPTR 10 20 \"s\" \"SIP+D2U\" \"\" udp.example.com");
        names.has("example.com NAPTR 10 10 \"s\" \"SIP+D2T\" \"\" tcp.example.com");
        names.has("example.com NAPTR 90 50 \"s\" \"SIPS+D2T\" \"\" tls.example.com");
        names.has("udp.example.com SRV 1 1 5070 host.example.com");
        names.has("tcp.example.com SRV 1 1 5080 host.example.com");
        names.has("tls.example.com SRV 1 1 5090 host.example.com");
        names.has("host.example.com A 192.0.2.1");
        assertThat(locate("sip:a@example.com")).containsExactly("192.0.2.1:5080/tcp");
        assertThat(locate("sips:a@example.com")).containsExactly("192.0.2.1:5090/tls");
        locator.removeSupportedTransport("TCP");
        assertThat(locate("sip:a@example.com")).containsExactly("192.0.2.1:5070/udp");
    }

    @Test
    @Proves({"3263-4.1-e", "3263-4.2-b"})
    void withoutNaptrTheSrvRecordsOfEachTransportAndWithoutThoseTheAddressIsUsed() throws Exception {
        names.has("example.com A 192.0.2.9");
        assertThat(locate("sip:a@example.com")).containsExactly("192.0.2.9:5060/udp");
        assertThat(locate("sips:a@example.com")).containsExactly("192.0.2.9:5061/tls");
        names.has("other.example.com AAAA 2001:db8::9");
        assertThat(locate("sip:a@other.example.com;transport=tcp")).containsExactly("2001:db8:0:0:0:0:0:9:5060/tcp");
        names.has("_sip._tcp.third.example.com SRV 1 1 5080 host.example.com");
        names.has("_sips._tcp.third.example.com SRV 1 1 5090 host.example.com");
        names.has("host.example.com A 192.0.2.1");
        assertThat(locate("sip:a@third.example.com")).containsExactly("192.0.2.1:5080/tcp");
        assertThat(locate("sips:a@third.example.com")).containsExactly("192.0.2.1:5090/tls");
    }

    @Test
    @Proves("3263-4.2-a")
    void anAddressOrANameWithAPortNeedsNoSrvRecords() throws Exception {
        names.has("_sip._udp.example.com SRV 1 1 5099 host.example.com");
        names.has("host.example.com A 192.0.2.1");
        names.has("example.com A 192.0.2.9");
        assertThat(locate("sip:a@example.com:5070")).containsExactly("192.0.2.9:5070/udp");
        assertThat(locate("sip:a@192.0.2.4:5070")).containsExactly("192.0.2.4:5070/udp");
        assertThat(names.asked()).containsOnly("example.com A", "example.com AAAA");
    }

    @Test
    @Proves("3263-4.3-b")
    void srvTargetsComeByPriorityAndWithinOneAtRandomByWeight() throws Exception {
        names.has("_sip._udp.example.com SRV 2 0 5060 last.example.com");
        names.has("_sip._udp.example.com SRV 1 90 5060 often.example.com");
        names.has("_sip._udp.example.com SRV 1 10 5060 seldom.example.com");
        names.has("often.example.com A 192.0.2.1");
        names.has("seldom.example.com A 192.0.2.2");
        names.has("last.example.com A 192.0.2.3");
        int often = 0;
        for (int request = 0; request < 1000; request++) {
            List<String> order = locate("sip:a@example.com");
            assertThat(order).hasSize(3).last().isEqualTo("192.0.2.3:5060/udp");
            often += order.get(0).equals("192.0.2.1:5060/udp") ? 1 : 0;
        }
        assertThat(often).isBetween(850, 950); // sorted by weight it would be 1000
    }

    @Test
    void aConnectorMakesItsTransportOneToBeFound() throws Exception {
        names.has("_sip._tcp.example.com SRV 1 1 5080 host.example.com");
        names.has("host.example.com A 192.0.2.1");
        locator.removeSupportedTransport("TCP");
        assertThat(locate("sip:a@example.com")).isEmpty();
        try (TestServer container = new TestServer(Uac.class)) {
            container.server.dispatcher().setDNSServerLocator(locator);
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort());
            container.server.addConnector(new ConnectorSettings("another", Transport.TCP, address));
            assertThat(locate("sip:a@example.com")).containsExactly("192.0.2.1:5080/tcp");
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
