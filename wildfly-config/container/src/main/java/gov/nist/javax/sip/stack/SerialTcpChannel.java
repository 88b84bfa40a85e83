// SPDX-License-Identifier: AGPL-3.0-or-later
package gov.nist.javax.sip.stack;

import io.ifbus.sip.container.transport.SipFraming;
import io.ifbus.sip.container.transport.Wire;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * One TCP connection, known by its far end. It is opened by its first write, or was accepted; when it breaks, the next
 * write opens it anew.
 *
 * <p>Safe for use by any thread: writes exclude each other, one thread reads.
 */
final class SerialTcpChannel extends SerialMessageChannel {
    private static final byte[] PONG = {'\r', '\n'};

    private final SerialTcpProcessor connections;
    private final InetSocketAddress peer;
    private final Object writing = new Object();
    private volatile Socket socket; // changed under writing

    SerialTcpChannel(SIPTransactionStack stack, SerialTcpProcessor connections, Wire wire, InetSocketAddress peer) {
        super(stack, connections, wire);
        this.connections = connections;
        this.peer = peer;
    }

    /** Takes a connected socket and starts to read it. */
    void use(Socket connected) throws IOException {
        connected.setTcpNoDelay(true);
        socket = connected;
        Thread reader = new Thread(() -> read(connected), "sip-tcp-" + getPort() + "-" + peer.getPort());
        reader.setDaemon(true);
        reader.start();
    }

    private void read(Socket from) {
        InetSocketAddress local = (InetSocketAddress) from.getLocalSocketAddress();
        try (BufferedInputStream in = new BufferedInputStream(from.getInputStream())) {
            SipFraming framing = new SipFraming(in, wire.limits().messageBytes(), this::pong);
            byte[] message = framing.next();
            while (message != null) {
                byte[] complete = message;
                wire.arrived("tcp", local, peer, complete, () -> handle(complete));
                message = framing.next();
            }
        } catch (IOException e) {
            if (!from.isClosed()) {
                wire.failed(e);
            }
        } finally {
            drop(from);
        }
    }

    private void pong() throws IOException {
        synchronized (writing) {
            Socket current = socket;
            if (current != null) {
                current.getOutputStream().write(PONG); // RFC 5626 section 4.4.1
            }
        }
    }

    @Override
    void write(byte[] bytes, InetAddress address, int port) throws IOException {
        boolean elsewhere = port > 0 && (port != peer.getPort() || !address.equals(peer.getAddress()));
        if (elsewhere) {
            connections.channelTo(address, port).write(bytes);
        } else {
            write(bytes);
        }
    }

    /**
     * Writes over the connection, opening it when there is none. A connection that turns out to be broken is opened
     * anew once: what was written to it did not arrive.
     */
    private void write(byte[] bytes) throws IOException {
        synchronized (writing) {
            Socket current = socket;
            if (current != null) {
                try {
                    send(current, bytes);
                    return;
                } catch (IOException e) {
                    drop(current);
                }
            }
            Socket fresh = connections.connect(peer);
            use(fresh);
            send(fresh, bytes);
        }
    }

    private void send(Socket over, byte[] bytes) throws IOException {
        wire.leaving("tcp", (InetSocketAddress) over.getLocalSocketAddress(), peer, bytes);
        over.getOutputStream().write(bytes);
    }

    private void drop(Socket broken) {
        synchronized (writing) {
            if (socket == broken) {
                socket = null;
                connections.closed(this);
            }
        }
        try {
            broken.close();
        } catch (IOException e) {
            wire.failed(e);
        }
    }

    @Override
    public void close() {
        Socket current = socket;
        if (current != null) {
            drop(current);
        }
    }

    @Override
    InetSocketAddress source() {
        return peer;
    }

    @Override
    protected InetAddress getPeerInetAddress() {
        return peer.getAddress();
    }

    @Override
    public int getPeerPort() {
        return peer.getPort();
    }

    @Override
    public String getTransport() {
        return "TCP";
    }

    @Override
    public boolean isReliable() {
        return true;
    }
}
