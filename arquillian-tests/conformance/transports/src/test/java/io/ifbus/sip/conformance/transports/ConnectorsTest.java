// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.transports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.container.ConnectorSettings;
import io.ifbus.sip.container.ConnectorSettings.Transport;
import io.ifbus.sip.container.RawPeer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connectors come and go while calls are up. */
class ConnectorsTest {
    private Server server;

    @BeforeEach
    void start() throws Exception {
        server = new Server();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aConnectorThatGoesTakesItsConnectionsAndNoDialogOfOthers() throws Exception {
        int ws = server.add(Transport.WS, "127.0.0.1");
        try (RawPeer phone = new RawPeer();
                StreamPeer tcp = StreamPeer.tcp(server.port);
                WebSocketPeer browser = WebSocketPeer.ws("127.0.0.1", ws)) {
            talk(phone, "stays");
            server.sip.removeConnector("tcp");
            server.sip.removeConnector("ws 127.0.0.1");
            tcp.awaitEnd();
            assertThat(browser.closed.get(10, java.util.concurrent.TimeUnit.SECONDS))
                    .isEqualTo(1000);
            assertThat(server.sip.connectionCount()).isZero();
            new ServerSocket(server.port, 1, InetAddress.getLoopbackAddress()).close(); // free at once
            hangUp(phone, "stays");
        }
    }

    @Test
    void theLastConnectorMayGoAndItsDialogsGoOnWhenItIsBack() throws Exception {
        try (RawPeer phone = new RawPeer()) {
            talk(phone, "waits");
            server.sip.removeConnector("tcp");
            server.sip.removeConnector("udp");
            assertThat(server.sip.queueNames()).isPositive(); // the call
            server.sip.addConnector(new ConnectorSettings(
                    "udp again", Transport.UDP, new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port)));
            hangUp(phone, "waits");
        }
    }

    @Test
    void aPortIsFreeAtOnceHoweverOften() throws Exception {
        server.sip.removeConnector("udp");
        server.sip.removeConnector("tcp");
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port);
        for (int i = 0; i < 50; i++) {
            server.sip.addConnector(new ConnectorSettings("udp", Transport.UDP, address));
            server.sip.addConnector(new ConnectorSettings("tcp", Transport.TCP, address));
            server.sip.removeConnector("udp");
            server.sip.removeConnector("tcp");
        }
        assertThat(server.sip.connectionCount()).isZero();
    }

    @Test
    void anAddressThatIsTakenIsRefusedAndItsOwnerStays() throws Exception {
        for (Transport transport : new Transport[] {Transport.UDP, Transport.TCP}) {
            ConnectorSettings second = new ConnectorSettings(
                    "second", transport, new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port));
            assertThatThrownBy(() -> server.sip.addConnector(second))
                    .isInstanceOf(IOException.class)
                    .hasMessage("SIP connector 'second' cannot listen on " + transport.word() + " 127.0.0.1:"
                            + server.port + ": Address already in use");
        }
        try (RawPeer phone = new RawPeer();
                StreamPeer tcp = StreamPeer.tcp(server.port)) {
            talk(phone, "undisturbed");
            hangUp(phone, "undisturbed");
            tcp.send(Messages.options("TCP 127.0.0.1", "undisturbed-tcp"));
            tcp.await("SIP/2.0 200");
        }
    }

    @Test
    void aWildcardConnectorNamesTheAddressThatThePeerSees() throws Exception {
        int port = server.add(Transport.UDP, "0.0.0.0");
        try (RawPeer phone = new RawPeer()) {
            phone.send(
                    Messages.invite("UDP 127.0.0.1:" + phone.port(), "wild", "sip:peer@127.0.0.1:" + phone.port()),
                    port);
            String ok = phone.await("SIP/2.0 200");
            assertThat(RawPeer.header(ok, "Contact")).contains("127.0.0.1:" + port);
            phone.send(Messages.ack(ok, "UDP 127.0.0.1:" + phone.port()), port);
            await().until(() -> Desk.REQUESTS.containsKey("ACK wild"));
        }
    }

    private void talk(RawPeer phone, String callId) {
        String via = "UDP 127.0.0.1:" + phone.port();
        phone.send(Messages.invite(via, callId, "sip:peer@127.0.0.1:" + phone.port()), server.port);
        phone.send(Messages.ack(phone.await("SIP/2.0 200"), via), server.port);
        await().until(() -> Desk.REQUESTS.containsKey("ACK " + callId));
    }

    private void hangUp(RawPeer phone, String callId) throws Exception {
        Desk.REQUESTS.get("INVITE " + callId).getSession().createRequest("BYE").send();
        phone.send(Messages.ok(phone.await("BYE"), ""), server.port);
        await().untilAsserted(() -> assertThat(Desk.RESPONSES)
                .anyMatch(response -> response.getMethod().equals("BYE")
                        && response.getCallId().equals(callId)));
    }
}
