// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.wire;

import io.ifbus.sip.transport.SipFraming;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A peer that listens on a TCP port, and sends over the first connection to the server: its own or the server's. */
final class TcpPeer extends Peer {
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final CountDownLatch closedByServer = new CountDownLatch(1);
    private final int server;

    TcpPeer(int server) throws IOException {
        this.server = server;
        daemon(this::accept);
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "peer-tcp");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                use(listener.accept());
            }
        } catch (IOException e) {
            assert listener.isClosed() : e;
        }
    }

    private void use(Socket socket) {
        connections.add(socket);
        daemon(() -> read(socket));
    }

    private void read(Socket socket) {
        try (BufferedInputStream in = new BufferedInputStream(socket.getInputStream())) {
            SipFraming framing = new SipFraming(in, 1 << 20, () -> {});
            for (byte[] message = framing.next(); message != null; message = framing.next()) {
                take(message);
            }
            closedByServer.countDown();
        } catch (IOException e) {
            closedByServer.countDown(); // a reset, or our own close
        }
    }

    /** Whether the server closed a connection within the time. */
    boolean isClosedByServer(long seconds) throws InterruptedException {
        return closedByServer.await(seconds, TimeUnit.SECONDS);
    }

    /** Says that nothing more will come. */
    synchronized void finish() throws IOException {
        Socket connection = connections.get(0);
        if (!connection.isClosed()) { // else the server has closed it
            connection.shutdownOutput();
        }
    }

    int connections() {
        return connections.size();
    }

    @Override
    synchronized void send(byte[] bytes) throws IOException {
        if (connections.isEmpty()) {
            use(new Socket(InetAddress.getLoopbackAddress(), server));
        }
        connections.get(0).getOutputStream().write(bytes);
    }

    @Override
    String transport() {
        return "TCP";
    }

    @Override
    int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }
}
