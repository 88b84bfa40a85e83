// SPDX-License-Identifier: AGPL-3.0-or-later
package gov.nist.javax.sip.stack;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import io.ifbus.sip.transport.IpLiteral;
import io.ifbus.sip.transport.MessageHead;
import io.ifbus.sip.transport.ViaTarget;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;

/** One peer of a stream transport: where a message came from, and over which connection, or where one is to go. Immutable. */
final class SerialStreamChannel extends SerialMessageChannel {
    private final SerialStreamProcessor connector;
    private final InetSocketAddress peer;
    private final StreamConnection connection; // null when nothing has come from there

    SerialStreamChannel(SerialStreamProcessor connector, InetSocketAddress peer, StreamConnection connection) {
        super(connector);
        this.connector = connector;
        this.peer = peer;
        this.connection = connection;
    }

    @Override
    void seen(SIPMessage message) {
        connector.seen(message, connection);
    }

    @Override
    void write(byte[] bytes, InetAddress address, int port, SIPMessage message) throws IOException {
        boolean back = port <= 0 || port == peer.getPort() && address.equals(peer.getAddress());
        if (connection == null || !back) {
            connector.write(bytes, port > 0 ? SerialMessageProcessor.at(address, port) : peer, message);
        } else if (message instanceof SIPRequest || !connection.isAccepted()) {
            connector.write(bytes, peer, message);
        } else {
            respond(bytes, message);
        }
    }

    /** Over the request's connection; when that is gone, over one to where the Via says (RFC 3261 section 18.2.2). */
    private void respond(byte[] bytes, SIPMessage message) throws IOException {
        if (connection.isOpen()) {
            try {
                connection.write(bytes);
                return;
            } catch (IOException e) {
                if (connector.isWebSocket()) {
                    throw e;
                }
            }
        }
        MessageHead head = MessageHead.of(bytes);
        ViaTarget via = head == null ? null : ViaTarget.of(head.via());
        if (via == null) {
            throw new IOException("the connection of the request is gone, and its Via leads nowhere");
        }
        InetAddress host = IpLiteral.parse(via.received() != null ? via.received() : via.host());
        connector.write(bytes, SerialMessageProcessor.at(host, via.port()), message);
    }

    @Override
    void reply(byte[] response) throws IOException {
        connection.write(response);
    }

    List<X509Certificate> peerCertificates() {
        return connection == null ? List.of() : connection.chain();
    }

    @Override
    InetAddress localAddress() {
        return connection == null ? super.localAddress() : connection.local().getAddress();
    }

    @Override
    InetSocketAddress source() {
        return peer;
    }

    @Override
    public boolean isReliable() {
        return true;
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.leave();
        }
    }
}
