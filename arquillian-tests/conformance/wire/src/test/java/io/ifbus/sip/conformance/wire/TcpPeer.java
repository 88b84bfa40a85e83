// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.wire;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
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
            for (byte[] message = next(in); message != null; message = next(in)) {
                take(message);
            }
            closedByServer.countDown();
        } catch (IOException e) {
            closedByServer.countDown(); // a reset, or our own close
        }
    }

    /** The next message by its Content-Length, or null at the end of the stream. */
    private static byte[] next(InputStream in) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        String head = "";
        while (!head.endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                return null;
            }
            if (message.size() > 0 || !Character.isWhitespace(b)) { // keep-alives stand between messages
                message.write(b);
                head = b == '\n' ? message.toString(StandardCharsets.UTF_8) : head;
            }
        }
        String length = Message.parse(head).header("Content-Length");
        message.write(in.readNBytes(Integer.parseInt(length)));
        return message.toByteArray();
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

    /** Sends, unless the server has closed the connection. */
    boolean offer(byte[] bytes) {
        try {
            send(bytes);
            return true;
        } catch (IOException e) {
            return false;
        }
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
