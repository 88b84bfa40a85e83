// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.transports;

import io.ifbus.sip.container.RawPeer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** The far end of one TCP or TLS connection; it does nothing by itself. Waits at most 10 s. */
final class StreamPeer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream in;

    private StreamPeer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    static StreamPeer tcp(int port) throws IOException {
        return tcp(InetAddress.getLoopbackAddress(), port);
    }

    static StreamPeer tcp(InetAddress host, int port) throws IOException {
        return new StreamPeer(new Socket(host, port));
    }

    /** Shakes hands as a client. */
    static StreamPeer tls(int port, SSLContext context, String... protocols) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        socket.startHandshake();
        return new StreamPeer(socket);
    }

    /** A connection that the other side has opened; shakes hands when it is one of TLS. */
    static StreamPeer accepted(Socket socket) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        if (socket instanceof SSLSocket secure) {
            secure.startHandshake();
        }
        return new StreamPeer(socket);
    }

    int localPort() {
        return socket.getLocalPort();
    }

    X509Certificate certificate() throws IOException {
        return (X509Certificate) ((SSLSocket) socket).getSession().getPeerCertificates()[0];
    }

    String protocol() {
        return ((SSLSocket) socket).getSession().getProtocol();
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    int read() throws IOException {
        return in.read();
    }

    byte[] read(int length) throws IOException {
        return in.readNBytes(length);
    }

    /** The next message whole. Fails at the end of the connection. */
    String receive() throws IOException {
        String head = readHead();
        byte[] body = in.readNBytes(Integer.parseInt(RawPeer.header(head, "Content-Length")));
        return head + new String(body, StandardCharsets.UTF_8);
    }

    /** The next message that begins so; others are passed over. */
    String await(String start) throws IOException {
        String message = receive();
        while (!message.startsWith(start)) {
            message = receive();
        }
        return message;
    }

    /** The Call-IDs of the next 200s, as many as that. */
    List<String> answered(int count) throws IOException {
        List<String> callIds = new ArrayList<>();
        while (callIds.size() < count) {
            callIds.add(RawPeer.header(await("SIP/2.0 200"), "Call-ID"));
        }
        return callIds;
    }

    /** What comes up to and with an empty line. */
    String readHead() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                throw new AssertionError("the connection ended after: " + head);
            }
            head.write(b);
        }
        return head.toString(StandardCharsets.UTF_8);
    }

    /** Whether nothing comes for that long. */
    boolean isSilentFor(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            return in.read() < 0;
        } catch (java.net.SocketTimeoutException e) {
            return true;
        } finally {
            socket.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    /** Waits until the other side has closed the connection; what comes before is passed over. */
    void awaitEnd() throws IOException {
        try {
            while (in.read() >= 0) {
                // passed over
            }
        } catch (java.net.SocketTimeoutException e) {
            throw new AssertionError("the connection stays open", e);
        } catch (IOException e) {
            if (!socket.isConnected()) {
                throw e; // a reset is an end as well, once there was a connection
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
