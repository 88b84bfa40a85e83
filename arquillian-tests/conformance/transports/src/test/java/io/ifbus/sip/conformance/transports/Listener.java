// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.transports;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/** A listening port of a peer: accepts, and shakes hands if it has TLS, on a thread of its own. Waits at most 10 s. */
final class Listener implements AutoCloseable {
    private final ServerSocket socket;
    private final BlockingQueue<StreamPeer> accepted = new LinkedBlockingQueue<>();
    private final BlockingQueue<IOException> refused = new LinkedBlockingQueue<>();

    private Listener(ServerSocketFactory factory, InetSocketAddress address) throws IOException {
        socket = factory.createServerSocket();
        socket.bind(address, 50);
        Thread acceptor = new Thread(this::accept, "peer-" + port());
        acceptor.setDaemon(true);
        acceptor.start();
    }

    static Listener tcp() throws IOException {
        return tcp(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    static Listener tcp(InetSocketAddress address) throws IOException {
        return new Listener(ServerSocketFactory.getDefault(), address);
    }

    static Listener tls(SSLContext context) throws IOException {
        return tls(context, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    static Listener tls(SSLContext context, InetSocketAddress address) throws IOException {
        return new Listener(context.getServerSocketFactory(), address);
    }

    int port() {
        return socket.getLocalPort();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                accepted.add(StreamPeer.accepted(connection));
            } catch (IOException e) {
                refused.add(e); // a handshake that failed, or the end
            }
        }
    }

    /** The next connection. */
    StreamPeer await() throws InterruptedException {
        StreamPeer peer = accepted.poll(10, TimeUnit.SECONDS);
        if (peer == null) {
            throw new AssertionError("nobody connected to port " + port() + " within 10 s; refused: " + refused);
        }
        return peer;
    }

    /** Connections that stand and nobody has taken. */
    int waiting() {
        return accepted.size();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
