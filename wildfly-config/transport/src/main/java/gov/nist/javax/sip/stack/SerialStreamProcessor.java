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
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import javax.sip.address.SipURI;

/**
 * One listening socket of TCP, TLS, WS or WSS, and the connections of its connector, accepted and opened ones alike.
 *
 * <p>The thread that accepts also looks for connections that take too long.
 */
final class SerialStreamProcessor extends SerialMessageProcessor {
    private static final long PAUSE_NANOS = 100_000_000;
    private static final int SWEEP_MILLIS = 200;
    private static final long SWEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(SWEEP_MILLIS);
    private static final int BACKLOG = 1024;
    private static final int FAREWELL_MILLIS = 1000;
    private static final int MOST_FAREWELLS = 8; // at a time

    private final ServerSocket listener;
    private final SecureSockets tls; // null without TLS
    private final boolean webSocket;
    private final StreamConnections connections = new StreamConnections();
    private final WebSocketFlows flows = new WebSocketFlows();
    private final WriteSlots slots;
    private final String name;
    private final Spawner threads;
    private final Dialer dialer;
    private volatile boolean running;
    private volatile Thread acceptor;
    private long sweptAt = System.nanoTime(); // the acceptor's

    SerialStreamProcessor(
            InetAddress address,
            int port,
            String transport,
            TlsSettings tls,
            SIPTransactionStack stack,
            Wire wire,
            StackNames names,
            WriteSlots slots)
            throws IOException {
        super(address, port, transport, stack, wire, names);
        this.tls = tls == null ? null : new SecureSockets(tls);
        this.webSocket = transport.startsWith("ws");
        this.slots = slots;
        this.name = "sip-" + transport + "-" + port;
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

    WriteSlots slots() {
        return slots;
    }

    /** Runs {@code task} on a thread of its own; {@code failed} is told if there is none. */
    void spawn(String what, Runnable task, Consumer<Throwable> failed) {
        threads.spawn(name + "-" + what, task, failed);
    }

    SecureSockets tls() {
        return tls;
    }

    // ---- in ----

    @Override
    public void start() {
        running = true;
        threads.start();
        acceptor = Spawner.daemon(name, this::accept);
        acceptor.start();
    }

    private void accept() {
        Throwable untold = null;
        while (running) {
            try {
                if (untold != null) {
                    Throwable failure = untold;
                    untold = null; // once, even if that fails as well
                    wire.failed(failure);
                }
                adoptNext();
                sweep();
            } catch (Throwable t) { // whatever it is, it never ends the acceptor
                if (listener.isClosed()) {
                    return; // stopped
                }
                untold = t;
                LockSupport.parkNanos(PAUSE_NANOS); // say, no file descriptor is left: give it time
            }
        }
    }

    private void adoptNext() throws IOException {
        try {
            adopt(listener.accept());
        } catch (SocketTimeoutException e) {
            sweptAt = System.nanoTime() - SWEEP_NANOS; // nobody came: there is time to look
        }
    }

    private void sweep() {
        long now = System.nanoTime();
        if (now - sweptAt >= SWEEP_NANOS) {
            sweptAt = now;
            connections.all().forEach(connection -> connection.sweep(now));
        }
    }

    /** One connection's failure, whatever it is, never ends the acceptor. */
    private void adopt(Socket socket) throws IOException {
        try {
            take(socket);
        } catch (Throwable t) {
            socket.close();
            wire.failed(t);
        }
    }

    private void take(Socket socket) throws IOException {
        StreamConnection connection = new StreamConnection(this, socket, true);
        String reason = connections.add(connection, wire.limits());
        if (reason != null) {
            wire.rejected(Reject.CONNECTIONS, connection.peer(), reason);
            socket.close();
            return;
        }
        connection.start();
        if (!running) {
            connection.abort(); // stopped meanwhile
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
            String reason = connections.add(connection, wire.limits());
            if (reason != null) {
                throw new IOException(reason);
            }
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
        flows.forget(connection);
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
        sayFarewell();
        connections.all().forEach(StreamConnection::abort);
        threads.stop();
    }

    /** Closes what can be closed in good order within a second. */
    private void sayFarewell() {
        Queue<StreamConnection> left = new ConcurrentLinkedQueue<>(connections.all());
        CountDownLatch hands = new CountDownLatch(Math.min(left.size(), MOST_FAREWELLS));
        for (long i = hands.getCount(); i > 0; i--) {
            spawn(
                    "close",
                    () -> {
                        for (StreamConnection next = left.poll(); next != null; next = left.poll()) {
                            next.close();
                        }
                        hands.countDown();
                    },
                    failure -> hands.countDown());
        }
        try {
            if (!hands.await(FAREWELL_MILLIS, TimeUnit.MILLISECONDS)) {
                left.clear(); // the others hear none
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- what the stack asks of a processor ----

    @Override
    public MessageChannel createMessageChannel(InetAddress address, int port) throws IOException {
        return new SerialStreamChannel(this, at(address, port), null);
    }

    @Override
    public int getMaximumMessageSize() {
        return wire.limits().messageBytes();
    }
}
