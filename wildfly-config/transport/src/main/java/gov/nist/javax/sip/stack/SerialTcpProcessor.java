// SPDX-License-Identifier: AGPL-3.0-or-later
package gov.nist.javax.sip.stack;

import io.ifbus.sip.transport.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * One TCP listening socket and the connections of its connector, accepted and opened ones alike.
 *
 * <p>A connection is known by its far end's address and port and used for whatever goes there while it is open.
 */
final class SerialTcpProcessor extends SerialMessageProcessor {
    private static final long PAUSE_NANOS = 100_000_000;

    private final ServerSocket listener;
    private final Map<InetSocketAddress, SerialTcpChannel> open = new ConcurrentHashMap<>();
    private volatile boolean running;

    SerialTcpProcessor(InetAddress address, int port, SIPTransactionStack stack, Wire wire) throws IOException {
        super(address, port, "tcp", stack, wire);
        this.listener = new ServerSocket();
        try {
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(address, port), 1024);
        } catch (IOException e) {
            listener.close();
            throw e;
        }
    }

    @Override
    public void start() {
        running = true;
        Thread acceptor = new Thread(this::accept, "sip-tcp-" + getPort());
        acceptor.setDaemon(true);
        acceptor.start();
    }

    private void accept() {
        while (running) {
            try {
                adopt(listener.accept());
            } catch (IOException e) {
                if (listener.isClosed()) {
                    return; // stopped
                }
                wire.failed(e);
                LockSupport.parkNanos(PAUSE_NANOS); // say, no file descriptor is left: give it time
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
        if (open.size() >= wire.limits().connections()) {
            socket.close();
            wire.failed(new IOException("refused a TCP connection from " + socket.getRemoteSocketAddress() + ": "
                    + wire.limits().connections() + " are open already"));
            return;
        }
        InetSocketAddress peer = (InetSocketAddress) socket.getRemoteSocketAddress();
        SerialTcpChannel channel = new SerialTcpChannel(sipStack, this, wire, peer, true);
        open.put(peer, channel);
        channel.use(socket);
    }

    /** Opens a connection from this connector's address; returns when it stands. */
    Socket connect(InetSocketAddress peer) throws IOException {
        Socket socket = new Socket();
        try {
            socket.bind(new InetSocketAddress(getIpAddress(), 0));
            socket.connect(peer, wire.limits().connectMillis());
            return socket;
        } catch (IOException e) {
            socket.close();
            throw new IOException(
                    "cannot connect to " + peer.getAddress().getHostAddress() + ":" + peer.getPort() + " over TCP: "
                            + e.getMessage(),
                    e);
        }
    }

    /** Notes that {@code channel} leads to its far end again. */
    void opened(SerialTcpChannel channel) {
        open.putIfAbsent(channel.source(), channel);
    }

    int connectionCount() {
        return open.size();
    }

    void closed(SerialTcpChannel channel) {
        open.remove(channel.source(), channel);
    }

    @Override
    public MessageChannel createMessageChannel(InetAddress address, int port) {
        return channelTo(address, port);
    }

    /** The open connection to that far end, or a channel that connects when it first writes. */
    SerialTcpChannel channelTo(InetAddress address, int port) {
        return open.computeIfAbsent(
                new InetSocketAddress(address, port > 0 ? port : getDefaultTargetPort()),
                peer -> new SerialTcpChannel(sipStack, this, wire, peer, false));
    }

    @Override
    public void stop() {
        running = false;
        try {
            listener.close();
        } catch (IOException e) {
            wire.failed(e);
        }
        open.values().forEach(SerialTcpChannel::close);
    }

    @Override
    public int getMaximumMessageSize() {
        return wire.limits().messageBytes();
    }

    @Override
    public boolean inUse() {
        return !open.isEmpty();
    }
}
