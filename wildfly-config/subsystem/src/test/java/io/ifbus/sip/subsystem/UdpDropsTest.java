// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.subsystem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the system tells of datagrams that it threw away; the tests run on Linux. */
final class UdpDropsTest {
    private static final int DATAGRAM = 1000;

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "::1", "0.0.0.0"})
    void whatASocketsBufferCannotHoldIsCounted(String address) throws IOException {
        try (DatagramSocket full = new DatagramSocket(null);
                DatagramSocket sender = new DatagramSocket()) {
            full.setReceiveBufferSize(4 * DATAGRAM);
            full.bind(new InetSocketAddress(address, 0));
            InetSocketAddress bound = (InetSocketAddress) full.getLocalSocketAddress();
            assertThat(UdpDrops.of(bound)).hasValue(0);

            InetAddress target = address.equals("0.0.0.0") ? InetAddress.getLoopbackAddress() : full.getLocalAddress();
            for (int i = 0; i < 1000; i++) {
                sender.send(new DatagramPacket(new byte[DATAGRAM], DATAGRAM, target, full.getLocalPort()));
            }

            assertThat(UdpDrops.of(bound).orElseThrow()).isBetween(1L, 1000L);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void aSocketThatIsNotThereIsUnknown(String address) throws IOException {
        InetSocketAddress closed;
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(address, 0))) {
            closed = (InetSocketAddress) socket.getLocalSocketAddress();
        }

        assertThat(UdpDrops.of(closed)).isEmpty();
    }
}
