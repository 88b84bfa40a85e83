// SPDX-License-Identifier: AGPL-3.0-or-later
package gov.nist.javax.sip.stack;

import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPResponse;
import io.ifbus.sip.transport.SipFraming;
import io.ifbus.sip.transport.Wire;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One TCP connection, known by its far end. It is opened by its first write, or was accepted; when it breaks, the next
 * write opens it anew.
 *
 * <p>Safe for use by any thread: writes exclude each other, one thread reads.
 */
final class SerialTcpChannel extends SerialMessageChannel {
    private static final byte[] PONG = {'\r', '\n'};
    private static final int STALL_MILLIS = 10_000;
    private static final long IDLE_MILLIS = 3_600_000;

    private final SerialTcpProcessor connections;
    private final InetSocketAddress peer;
    private final boolean accepted; // by us: there is nobody to connect to at its far end
    private final ReentrantLock writing = new ReentrantLock();
    private IOException refusal; // why the last connect failed, or null; guarded by writing
    private long refusedAt; // System.nanoTime()
    private volatile Socket socket; // changed under writing

    SerialTcpChannel(
            SIPTransactionStack stack,
            SerialTcpProcessor connections,
            Wire wire,
            InetSocketAddress peer,
            boolean accepted) {
        super(stack, connections, wire);
        this.connections = connections;
        this.peer = peer;
        this.accepted = accepted;
    }

    /** Takes a connected socket and starts to read it. */
    void use(Socket connected) throws IOException {
        connected.setTcpNoDelay(true);
        connected.setKeepAlive(true);
        connected.setSoTimeout(STALL_MILLIS);
        socket = connected;
        Thread reader = new Thread(() -> read(connected), "sip-tcp-" + getPort() + "-" + peer.getPort());
        reader.setDaemon(true);
        reader.start();
    }

    private void read(Socket from) {
        InetSocketAddress local = (InetSocketAddress) from.getLocalSocketAddress();
        try (BufferedInputStream in = new BufferedInputStream(from.getInputStream())) {
            SipFraming framing = new SipFraming(in, wire.limits().messageBytes(), this::pong);
            byte[] message = next(framing);
            while (message != null) {
                byte[] complete = message;
                wire.arrived("tcp", local, peer, complete, () -> handle(complete));
                message = next(framing);
            }
        } catch (IOException e) {
            if (!from.isClosed()) {
                wire.failed(e);
            }
        } finally {
            drop(from);
        }
    }

    /** A peer may be silent between messages, but not inside one. */
    private static byte[] next(SipFraming framing) throws IOException {
        for (long silence = 0; silence < IDLE_MILLIS; silence += STALL_MILLIS) {
            try {
                return framing.next();
            } catch (SocketTimeoutException e) {
                if (framing.isInsideMessage()) {
                    throw new IOException("the peer stopped inside a message", e);
                }
            }
        }
        return null; // long idle: the connection is closed in good order
    }

    private void pong() throws IOException {
        lock();
        try {
            Socket current = socket;
            if (current != null) {
                current.getOutputStream().write(PONG); // RFC 5626 section 4.4.1
            }
        } finally {
            writing.unlock();
        }
    }

    /** A peer that does not read loses its connection when the next writer has waited as long as for a connect. */
    private void lock() throws IOException {
        try {
            if (writing.tryLock(wire.limits().connectMillis() + 500, TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Socket stuck = socket;
        if (stuck != null) {
            stuck.close(); // ends the write that hangs
        }
        throw new IOException("the peer does not read");
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
        long asked = System.nanoTime();
        lock();
        try {
            Socket current = socket;
            if (current != null) {
                try {
                    send(current, bytes);
                    return;
                } catch (IOException e) {
                    drop(current);
                    if (accepted) {
                        throw e;
                    }
                }
            }
            if (refusal != null && refusedAt - asked > 0) {
                throw new IOException(refusal.getMessage(), refusal); // failed while we waited for it
            }
            Socket fresh;
            try {
                fresh = connections.connect(peer);
            } catch (IOException e) {
                refusal = e;
                refusedAt = System.nanoTime();
                connections.closed(this);
                throw e;
            }
            connections.opened(this);
            use(fresh);
            send(fresh, bytes);
        } finally {
            writing.unlock();
        }
    }

    private void send(Socket over, byte[] bytes) throws IOException {
        wire.leaving("tcp", (InetSocketAddress) over.getLocalSocketAddress(), peer, bytes);
        over.getOutputStream().write(bytes);
    }

    private void drop(Socket broken) {
        try {
            broken.close(); // first: it ends a write that hangs, whose thread holds the lock
        } catch (IOException e) {
            wire.failed(e);
        }
        writing.lock();
        try {
            if (socket == broken) {
                socket = null;
                connections.closed(this);
            }
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void close() {
        Socket current = socket;
        if (current != null) {
            drop(current);
        }
    }

    /** A response whose request's connection is gone goes to where the Via says (RFC 3261 section 18.2.2). */
    @Override
    public void sendMessage(SIPMessage message) throws IOException {
        if (accepted && socket == null && message instanceof SIPResponse) {
            Via via = message.getTopmostVia();
            String host = via.getReceived() != null ? via.getReceived() : via.getHost();
            int port = via.getPort() > 0 ? via.getPort() : connections.getDefaultTargetPort();
            sendMessage(message, InetAddress.getByName(host), port);
        } else {
            super.sendMessage(message);
        }
    }

    @Override
    InetSocketAddress source() {
        return peer;
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
