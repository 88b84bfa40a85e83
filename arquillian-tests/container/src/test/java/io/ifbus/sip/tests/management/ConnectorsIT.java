// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.management;

import static io.ifbus.sip.tests.management.ManagedServer.SIP;
import static io.ifbus.sip.tests.management.ManagedServer.operation;
import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.Phone;
import io.ifbus.sip.phones.Ports;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connectors come and go while the server runs. */
class ConnectorsIT {
    private static final double TONE = 440;

    @RegisterExtension
    final ManagedServer server = new ManagedServer();

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void aConnectorComesAndGoesBesideALiveCall(String transport) throws IOException {
        Phone alice = server.phone("alice");
        alice.calls(server.process().sipUri("echo"));
        alice.talks();
        int port = Ports.freeForSip();
        String connector = transport + "-connector=trunk";
        String socket = server.addSocket(port);

        server.addConnector(connector, "socket-binding", socket);
        Phone bob = server.phone("bob");
        bob.calls(server.echoAt(port) + ";transport=" + transport);
        bob.talks();
        assertThat(server.read(SIP + "/" + connector, "bound-address").asString())
                .isEqualTo("127.0.0.1");
        assertThat(server.read(SIP + "/" + connector, "bound-port").asInt()).isEqualTo(port);
        bob.hangsUp();
        bob.hears(200, "BYE").isIdle();

        server.removeConnector(connector);
        new DatagramSocket(port, InetAddress.getLoopbackAddress()).close(); // the server has let go of it
        new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
        alice.holds().resumes().hearsTone(TONE);

        alice.hangsUp();
        alice.hears(200, "BYE").isIdle();
        assertThat(server.state()).isEqualTo("running");
    }

    @Test
    void aPortThatIsTakenIsRefusedWithTheReasonAndNothingIsChanged() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String socket = server.addSocket(taken.getLocalPort());

            assertThat(server.refuses(operation(SIP + "/tcp-connector=late", "add", "socket-binding", socket)))
                    .contains("SIP connector 'tcp-connector=late' cannot listen on tcp 127.0.0.1:"
                            + taken.getLocalPort() + ": Address already in use");
        }
        assertThat(server.does(operation(SIP, "read-resource"))
                        .get("tcp-connector")
                        .keys())
                .containsExactly("tcp");
        assertThat(server.process().log())
                .contains("MSC000001: Failed to start service io.ifbus.sip.tcp-connector.late");
        assertThat(server.state()).isEqualTo("running");
    }

    @Test
    void twoConnectorsDoNotShareAnAddress() {
        assertThat(server.refuses(operation(SIP + "/udp-connector=second", "add", "socket-binding", "sip")))
                .contains("SIP connector 'udp-connector=second' cannot listen on udp /127.0.0.1:"
                        + server.process().ports().sip() + ": connector 'udp-connector=udp' does");
    }

    @Test
    void datagramsThatTheSystemThrewAwayAreTold() {
        assertThat(server.read(SIP + "/udp-connector=udp", "dropped-datagrams").asLong())
                .isZero();
    }
}
