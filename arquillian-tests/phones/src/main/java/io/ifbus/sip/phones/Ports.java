// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.DatagramChannel;

/** Finds ports that nobody uses. */
public final class Ports {

    private static final int TRIES = 50;

    private Ports() {}

    /**
     * A loopback port free for UDP and TCP a moment ago.
     *
     * @throws IOException if there is none
     */
    public static int freeForSip() throws IOException {
        InetAddress address = InetAddress.getByName("127.0.0.1");
        for (int i = 0; i < TRIES; i++) {
            try (DatagramSocket udp = new DatagramSocket(0, address);
                    ServerSocket tcp = new ServerSocket(udp.getLocalPort(), 1, address)) {
                return tcp.getLocalPort();
            } catch (BindException e) {
                continue; // taken for TCP: the next one
            }
        }
        throw new IOException("no port is free for both UDP and TCP");
    }

    /** RTP prefers an even port (RFC 3550 section 11). */
    static DatagramChannel openEvenUdp(InetAddress address) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            DatagramChannel channel = DatagramChannel.open().bind(new InetSocketAddress(address, 0));
            if (channel.socket().getLocalPort() % 2 == 0) return channel;
            channel.close();
        }
        throw new IOException("no even UDP port is free");
    }
}
