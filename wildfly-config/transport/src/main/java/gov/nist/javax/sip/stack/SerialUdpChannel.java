// SPDX-License-Identifier: AGPL-3.0-or-later
package gov.nist.javax.sip.stack;

import io.ifbus.sip.transport.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** One peer of a UDP socket: where a datagram came from, or is to go. Immutable. */
final class SerialUdpChannel extends SerialMessageChannel {
    private final SerialUdpProcessor socket;
    private final InetSocketAddress peer;

    SerialUdpChannel(SIPTransactionStack stack, SerialUdpProcessor socket, Wire wire, InetSocketAddress peer) {
        super(stack, socket, wire);
        this.socket = socket;
        this.peer = peer;
    }

    @Override
    void write(byte[] bytes, InetAddress address, int port) throws IOException {
        socket.write(bytes, address, port);
    }

    @Override
    InetSocketAddress source() {
        return peer;
    }

    @Override
    public String getTransport() {
        return "UDP";
    }

    @Override
    public boolean isReliable() {
        return false;
    }

    @Override
    public void close() {
        // the socket belongs to the connector, not to a peer
    }
}
