// SPDX-License-Identifier: AGPL-3.0-or-later
package gov.nist.javax.sip.stack;

import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.stack.StreamConnections.Target;
import io.ifbus.sip.transport.MessageHead;
import io.ifbus.sip.transport.SecureSockets;
import io.ifbus.sip.transport.TlsSettings;
import io.ifbus.sip.transport.ViaTarget;
import io.ifbus.sip.transport.Wire;
import io.ifbus.sip.transport.WireCounters.Reject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sip.address.SipURI;

/**
 * One listening socket of TCP, TLS, WS or WSS, and the connections of its connector, accepted and opened ones alike.
 *
 * <p>The thread that accepts also looks for connections that take too long.
 */
final class SerialStreamProcessor extends SerialMessageProcessor {
    private static final long PAUSE_NANOS = 100_000_000;
    private static final int SWEEP_MILLIS = 200;
    private static final int BACKLOG = 1024;

    private final ServerSocket listener;
    private final SecureSockets tls; // null without TLS
    private final boolean webSocket;
    private final StreamConnections connections = new StreamConnections();
    private final WebSocketFlows flows = new WebSocketFlows();
    private final Spawner threads;
    private final Dialer dialer;
    private volatile boolean running;
    private volatile Thread acceptor;

    SerialStreamProcessor(
            InetAddress address,
            int port,
            String transport,
            TlsSettings tls,
            SIPTransactionStack stack,
            Wire wire,
            StackNames names)
            throws IOException {
        super(address, port, transport, stack, wire, names);
        this.tls = tls == null ? null : new SecureSockets(tls);
        this.webSocket = transport.startsWith("ws");
        String name = "sip-" + transport + "-" + port;
        this.threads = new Spawner(name + "-threads");
        this.dialer =
                new Dialer(this::connect, threads, name + "-open", wire.limits().connectMillis());
        this.listener = new ServerSocket();
        try {
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(address, port), BACKLOG);
            listener.setSoTimeout(SWEEP_MILLIS);
        } catch (IOException e) {
            listener.close();
            throw e;
        }
    }

    @Override
    public boolean isSecure() {
        return tls != null;
    }

    boolean isWebSocket() {
        return webSocket;
    }

    Spawner threads() {
        return threads;
    }

    SecureSockets tls() {
        return tls;
    }

    // ---- in ----

    @Override
    public void start() {
        running = true;
        threads.start();
        acceptor = Spawner.daemon("sip-" + getTransport() + "-" + getPort(), this::accept);
        acceptor.start();
    }

    private void accept() {
        long sweptAt = System.nanoTime();
        while (running) {
            try {
                adopt(listener.accept());
            } catch (SocketTimeoutException e) {
                sweptAt = 0; // nobody came: there is time to look
            } catch (IOException e) {
                if (listener.isClosed()) {
                    return; // stopped
                }
                wire.failed(e);
                LockSupport.parkNanos(PAUSE_NANOS); // say, no file descriptor is left: give it time
            }
            long now = System.nanoTime();
            if (sweptAt == 0 || now - sweptAt > TimeUnit.MILLISECONDS.toNanos(SWEEP_MILLIS)) {
                connections.all().forEach(connection -> connection.sweep(now));
                sweptAt = now;
            }
        }
    }

    /** One connection's failure, whatever it is, never ends the acceptor. */
    private void adopt(Socket socket) throws IOException {
        try {
            take(socket);
        } catch (Throwable t) {
            wire.failed(t);
            socket.close();
        }
    }

    private void take(Socket socket) throws IOException {
        InetSocketAddress peer = (InetSocketAddress) socket.getRemoteSocketAddress();
        String reason = connections.size() >= wire.limits().connections()
                ? wire.limits().connections() + " are open already"
                : connections.sizeOf(peer.getAddress()) >= wire.limits().connectionsPerPeer()
                        ? wire.limits().connectionsPerPeer() + " of its address are open already"
                        : null;
        if (reason != null) {
            wire.rejected(Reject.CONNECTIONS, peer, reason);
            socket.close();
            return;
        }
        StreamConnection connection = new StreamConnection(this, socket, true);
        connections.add(connection);
        connection.start();
        if (!running) {
            connection.close(); // stopped meanwhile
        }
    }

    /** Learns from a message where its sender can be reached. */
    void seen(SIPMessage message, StreamConnection over) {
        if (webSocket) {
            flows.seen(message, over);
        } else if (tls != null && over.isAccepted() && !over.chain().isEmpty() && message instanceof SIPRequest) {
            Via via = message.getTopmostVia();
            if (via.hasParameter("alias")) { // RFC 5923 section 8.2
                int port = via.getPort() > 0 ? via.getPort() : getDefaultTargetPort();
                connections.alias(new InetSocketAddress(over.peer().getAddress(), port), over);
            }
        }
    }

    // ---- out ----

    /**
     * Writes over the connection that leads to {@code address}, opening it when there is none. One of ours that turns out to
     * be broken is opened anew once: what was written to it did not arrive.
     *
     * @param message what the bytes are, or null when they are a response that was sent before
     */
    void write(byte[] bytes, InetSocketAddress address, SIPMessage message) throws IOException {
        Target target = new Target(address, tls == null || webSocket ? "" : nameOf(bytes, address, message));
        StreamConnection known = webSocket && message instanceof SIPRequest request ? flows.ofDialog(request) : null;
        if (known == null) {
            known = connections.find(target);
        }
        if (known != null) {
            try {
                known.write(bytes);
                return;
            } catch (IOException e) {
                if (known.isAccepted()) {
                    throw e;
                }
            }
        }
        if (webSocket) {
            throw new IOException(
                    "no WebSocket connection of " + address + " is open, and it is the client who opens them");
        }
        dialer.open(target).write(bytes);
    }

    /** Whom the peer's certificate must name: who was asked for, not what its name led to (RFC 5922 section 4). */
    private static String nameOf(byte[] bytes, InetSocketAddress address, SIPMessage message) {
        String name = null;
        if (message instanceof SIPRequest request) {
            name = Outgoing.nextUri(request) instanceof SipURI uri ? uri.getHost() : null;
        } else {
            MessageHead head = MessageHead.of(bytes);
            ViaTarget via = head == null ? null : ViaTarget.of(head.via());
            name = via == null ? null : via.host();
        }
        return StackNames.bare(name != null ? name : address.getAddress().getHostAddress());
    }

    /** Opens a connection from this connector's address; returns when it may be written to. */
    private StreamConnection connect(Target target) throws IOException {
        Socket socket = new Socket();
        StreamConnection connection = null;
        try {
            requireRunning();
            socket.bind(new InetSocketAddress(getIpAddress(), 0));
            socket.connect(target.address(), wire.limits().connectMillis());
            connection = new StreamConnection(this, socket, false);
            connections.add(connection);
            if (tls != null) {
                socket.setSoTimeout(wire.limits().connectMillis());
                connection.secure(tls, target.name());
                socket.setSoTimeout(0);
            }
            connections.opened(target, connection);
            requireRunning(); // it may have been stopped meanwhile
            connection.start();
            return connection;
        } catch (IOException e) {
            socket.close();
            if (connection != null) {
                closed(connection);
            }
            throw new IOException(
                    "cannot connect to " + target.address().getAddress().getHostAddress() + ":"
                            + target.address().getPort() + " over "
                            + getTransport().toUpperCase(java.util.Locale.ROOT)
                            + ": " + e.getMessage(),
                    e);
        }
    }

    private void requireRunning() throws IOException {
        if (!running) {
            throw new IOException("the connector is closed");
        }
    }

    // ---- connections ----

    int connectionCount() {
        return connections.size();
    }

    /** The open WebSocket connection on which that Contact came last, or null. */
    StreamConnection flowOf(SipURI contact) {
        return webSocket ? flows.ofContact(contact) : null;
    }

    void closed(StreamConnection connection) {
        connections.remove(connection);
    }

    @Override
    public void stop() {
        running = false;
        try {
            listener.close();
        } catch (IOException e) {
            wire.failed(e);
        }
        leave(acceptor);
        connections.all().forEach(StreamConnection::close);
        threads.stop();
    }

    // ---- what the stack asks of a processor ----

    @Override
    public MessageChannel createMessageChannel(InetAddress address, int port) {
        return new SerialStreamChannel(this, new InetSocketAddress(address, port), null);
    }

    @Override
    public int getMaximumMessageSize() {
        return wire.limits().messageBytes();
    }
}
