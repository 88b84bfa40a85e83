// SPDX-License-Identifier: AGPL-3.0-or-later
package gov.nist.javax.sip.stack;

import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import io.ifbus.sip.transport.MessageHead;
import io.ifbus.sip.transport.ViaTarget;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * One peer of a UDP socket: where a datagram came from, or is to go.
 *
 * <p>A request that is too long for a datagram leaves over TCP (RFC 3261 section 18.1.1), and so does what belongs to it.
 */
final class SerialUdpChannel extends SerialMessageChannel {
    private static final int LONGEST_REQUEST = 1300;

    private final SerialUdpProcessor socket;
    private final InetSocketAddress peer;
    private volatile SIPMessage sentOverTcp; // the transaction repeats it as if it were a datagram

    SerialUdpChannel(SerialUdpProcessor socket, InetSocketAddress peer) {
        super(socket);
        this.socket = socket;
        this.peer = peer;
    }

    @Override
    void deliver(SIPMessage message, InetAddress address, int port) throws IOException {
        if (message == sentOverTcp) {
            return; // it has arrived, or its connection has broken and the transaction times out
        }
        if (!(message instanceof SIPRequest request)) {
            super.deliver(message, address, port);
            return;
        }
        boolean follows = "TCP".equalsIgnoreCase(request.getTopmostVia().getTransport()); // a CANCEL or an ACK
        byte[] datagram = follows ? null : message.encodeAsBytes("UDP");
        SerialStreamProcessor tcp =
                follows || datagram.length > LONGEST_REQUEST ? SerialTransports.sibling(socket, "tcp") : null;
        if (tcp == null || !sendOverTcp(request, tcp, address, port)) {
            super.deliver(message, address, port);
        }
    }

    private boolean sendOverTcp(SIPRequest request, SerialStreamProcessor tcp, InetAddress address, int port)
            throws IOException {
        InetSocketAddress target = SerialMessageProcessor.at(address, port);
        Via via = request.getTopmostVia();
        int udpPort = via.getPort();
        try {
            via.setPort(tcp.getPort());
            via.removeParameter(Via.RPORT);
            byte[] bytes = request.encodeAsBytes("TCP"); // which sets it in the Via
            tcp.names.sends(via.getHost(), via.getPort());
            tcp.write(bytes, target, request);
            sentOverTcp = request;
            return true;
        } catch (IOException e) { // section 18.1.1: such a peer gets it as a datagram after all
            restore(via, udpPort);
            return false;
        } catch (javax.sip.InvalidArgumentException e) {
            throw new IllegalStateException("a connector's port is always valid", e);
        }
    }

    private static void restore(Via via, int port) throws IOException {
        try {
            via.setPort(port);
            via.setRPort();
        } catch (javax.sip.InvalidArgumentException e) {
            throw new IOException(e);
        }
    }

    @Override
    void write(byte[] bytes, InetAddress address, int port, SIPMessage message) throws IOException {
        socket.write(bytes, address, port);
    }

    /** By what the response's Via says (RFC 3261 section 18.2.2, RFC 3581 section 4). */
    @Override
    void reply(byte[] response) throws IOException {
        ViaTarget via = ViaTarget.of(MessageHead.of(response).via());
        int port = via == null || via.rport() ? peer.getPort() : via.port();
        socket.write(response, peer.getAddress(), port);
    }

    @Override
    InetSocketAddress source() {
        return peer;
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
