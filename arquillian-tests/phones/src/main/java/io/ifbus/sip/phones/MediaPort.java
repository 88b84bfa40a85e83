// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** The end of a media stream on our side. */
interface MediaPort extends AutoCloseable {

    int localPort();

    void sendTo(InetSocketAddress remote);

    void mute();

    @Override
    void close();

    /** A port that is open but neither sends nor hears; may serve many calls, {@link Silent#close} leaves it open. */
    final class Silent implements MediaPort {

        private final DatagramSocket socket;

        Silent(InetAddress address) {
            try {
                socket = new DatagramSocket(0, address);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public int localPort() {
            return socket.getLocalPort();
        }

        @Override
        public void sendTo(InetSocketAddress remote) {}

        @Override
        public void mute() {}

        @Override
        public void close() {}

        void release() {
            socket.close();
        }
    }
}
