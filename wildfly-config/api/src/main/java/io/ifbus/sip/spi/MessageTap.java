// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.spi;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Sees every SIP message at the socket, as bytes: retransmissions, 100s, hop-by-hop ACKs and what cannot be parsed
 * included.
 *
 * <p>Called on the thread that reads or writes the socket, so an implementation only copies or hashes, and never
 * blocks. What it throws is counted and logged, and the message goes on its way.
 */
@FunctionalInterface
public interface MessageTap {
    /** Which way a message went. */
    enum Direction {
        RECEIVED,
        SENT
    }

    /**
     * One datagram, or one message cut out of a stream.
     *
     * @param direction which way it went
     * @param transport lower case: {@code udp} or {@code tcp}
     * @param local our end
     * @param remote the peer's end
     * @param bytes read-only, valid during the call only
     */
    void onMessage(
            Direction direction, String transport, InetSocketAddress local, InetSocketAddress remote, ByteBuffer bytes);
}
