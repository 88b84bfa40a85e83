// SPDX-License-Identifier: AGPL-3.0-or-later
package gov.nist.javax.sip.stack;

import io.ifbus.sip.transport.MessageSource;
import io.ifbus.sip.transport.PeerNames;
import io.ifbus.sip.transport.SecureSockets;
import io.ifbus.sip.transport.SipFraming;
import io.ifbus.sip.transport.WebSocketFrames;
import io.ifbus.sip.transport.WebSocketHandshake;
import io.ifbus.sip.transport.Wire;
import io.ifbus.sip.transport.WireCounters.Reject;
import io.ifbus.sip.transport.WireException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/**
 * One connection of a stream transport, from its socket to its end; it is never opened anew.
 *
 * <pre>
 *   made --- TLS handshake --- WebSocket handshake ---> open --- peer, sweeper, stop ---> closed
 * </pre>
 *
 * <p>One thread reads, any thread writes; writes exclude each other. A thread that hangs in one of them, or in a
 * handshake, is freed by {@link #sweep}, which closes the socket below.
 */
final class StreamConnection implements MessageSource.Link {
    private final SerialStreamProcessor connector;
    private final Wire wire;
    private final Socket plain; // to close it never waits, while TLS would send its farewell first
    private final InetSocketAddress peer;
    private final boolean accepted;
    private final ReentrantLock writing = new ReentrantLock();

    private volatile Socket socket; // plain, or TLS over it
    private volatile List<X509Certificate> chain = List.of();
    private volatile PeerNames owner; // whom the peer's certificate names, or null
    private volatile boolean closed;
    private final Patience patience;
    private final AtomicBoolean leaving = new AtomicBoolean();

    StreamConnection(SerialStreamProcessor connector, Socket plain, boolean accepted) throws IOException {
        this.connector = connector;
        this.wire = connector.wire;
        this.plain = plain;
        this.socket = plain;
        this.peer = (InetSocketAddress) plain.getRemoteSocketAddress();
        this.accepted = accepted;
        this.patience = new Patience(!accepted);
        plain.setTcpNoDelay(true);
        plain.setKeepAlive(true);
    }

    InetSocketAddress peer() {
        return peer;
    }

    InetSocketAddress local() {
        return (InetSocketAddress) plain.getLocalSocketAddress();
    }

    boolean isAccepted() {
        return accepted;
    }

    boolean isOpen() {
        return !closed;
    }

    /** The certificates the peer has shown and that are trusted, its own first; empty when there are none. */
    List<X509Certificate> chain() {
        return chain;
    }

    /** Whether the peer's certificate, which is trusted, is for {@code name}. */
    boolean belongsTo(String name) {
        PeerNames known = owner;
        return known != null && known.include(name);
    }

    // ---- opening ----

    /**
     * Shakes hands as the client.
     *
     * @throws WireException if the peer is not who was asked for, or anything else is wrong with TLS
     */
    void secure(SecureSockets tls, String name) throws IOException {
        SSLSocket over = tls.client(plain, name, peer.getPort());
        socket = over;
        shake(over);
        if (!belongsTo(name)) { // RFC 5922 section 7.2: the name asked for and no other
            throw new WireException(Reject.HANDSHAKE, "its certificate is for " + owner + " and not for " + name);
        }
        ended();
    }

    private void shake(SSLSocket over) throws IOException {
        SecureSockets.handshake(over);
        chain = SecureSockets.peerChain(over);
        owner = chain.isEmpty() ? null : PeerNames.of(chain.get(0));
    }

    /** Reads until the end, on a thread of its own. */
    void start() {
        connector
                .threads()
                .spawn(
                        "sip-" + connector.getTransport() + "-" + connector.getPort() + "-" + peer.getPort(),
                        this::read,
                        this::failed);
    }

    private MessageSource open() throws IOException {
        SecureSockets tls = connector.tls();
        if (accepted && tls != null) {
            SSLSocket over = tls.server(plain);
            socket = over;
            shake(over);
        }
        InputStream in = new BufferedInputStream(socket.getInputStream());
        int limit = wire.limits().messageBytes();
        if (!connector.isWebSocket()) {
            ended();
            return new SipFraming(in, limit, this);
        }
        WebSocketHandshake.accept(in, this);
        ended();
        return new WebSocketFrames(in, limit, this);
    }

    // ---- in ----

    private void read() {
        boolean open = false;
        try {
            MessageSource source = open();
            open = true;
            SerialStreamChannel channel = new SerialStreamChannel(connector, peer, this);
            byte[] message = source.next();
            while (message != null) {
                patience.prove();
                channel.arrived(message, local());
                wire.awaitRoom();
                message = source.next();
            }
        } catch (WireException e) {
            refused(e.kind(), e.getMessage());
            answer(e);
        } catch (SSLException e) {
            refused(Reject.HANDSHAKE, SecureSockets.reasonOf(e)); // TLS 1.3 refuses a certificate as late as here
        } catch (IOException e) {
            if (!open || patience.isInMessage()) {
                refused(open ? Reject.UNPARSABLE : Reject.HANDSHAKE, "the connection broke: " + e.getMessage());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable t) {
            wire.failed(t);
        } finally {
            close();
        }
    }

    private void answer(WireException refusal) {
        byte[] response = refusal.answer(peer);
        if (response != null) {
            try {
                write(response);
            } catch (IOException e) {
                wire.peerFailed(peer, e);
            }
        }
    }

    private void refused(Reject kind, String reason) {
        if (!closed) { // what fails because we have closed it has its reason elsewhere
            wire.rejected(kind, peer, reason);
        }
    }

    @Override
    public void begun() {
        patience.messageBegun();
    }

    @Override
    public void ended() {
        patience.messageEnded();
    }

    // ---- out ----

    /**
     * Writes one SIP message.
     *
     * @throws IOException if the connection is or breaks, it is closed then; or if it is busy for too long
     */
    void write(byte[] message) throws IOException {
        lockForWriting();
        try {
            if (closed) {
                throw new IOException("the connection with " + peer + " is closed");
            }
            connector.slots().enter(this);
            try {
                wire.leaving(connector.getTransport(), local(), peer, message);
                put(connector.isWebSocket() ? WebSocketFrames.frame(message) : message);
            } finally {
                connector.slots().leave(this);
            }
        } finally {
            writing.unlock();
        }
    }

    /** Whoever comes while a write hangs is gone soon: the thread is one that other calls need. */
    private void lockForWriting() throws IOException {
        try {
            if (!writing.tryLock(WriteSlots.PROMPT_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IOException("the peer " + peer + " does not read, and others wait for it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while another wrote to " + peer);
        }
    }

    boolean isWritingLonger(int millis) {
        return patience.isWritingLonger(millis);
    }

    /** Closes the connection if a write to it takes long. */
    void endHangingWrite() {
        if (isWritingLonger(WriteSlots.PROMPT_MILLIS)) {
            refused(Reject.SLOW, "the peer does not read, and there are too many like it");
            abort();
        }
    }

    /** Asks a WebSocket's client for a sign of life; without one the connection is closed. */
    void probe() {
        if (patience.ask()) {
            connector.spawn("ping", this::ping, this::failed);
        }
    }

    private void ping() {
        try {
            send(WebSocketFrames.ping());
        } catch (IOException e) {
            refused(Reject.SLOW, "a ping cannot be sent: " + e.getMessage());
        }
    }

    private void failed(Throwable t) {
        wire.failed(t);
        abort();
    }

    @Override
    public void send(byte[] bytes) throws IOException {
        writing.lock();
        try {
            put(bytes);
        } finally {
            writing.unlock();
        }
    }

    private void put(byte[] bytes) throws IOException {
        patience.writeBegun();
        try {
            OutputStream out = socket.getOutputStream(); // asked for once: the peer may take all of it and close
            out.write(bytes);
            out.flush();
        } catch (IOException e) {
            abort();
            throw e;
        } finally {
            patience.writeEnded();
        }
    }

    // ---- the end ----

    /** Closes the connection when it has taken too long for something. */
    void sweep(long now) {
        String late = patience.lateFor(now, wire.limits());
        if (late != null) {
            refused(Reject.SLOW, late);
            abort();
        } else if (patience.isIdle(now, wire.limits())) {
            leave();
        }
    }

    /** Closes in good order, on a thread that may wait for it; {@link #sweep} sees to it that it does not wait long. */
    void leave() {
        if (leaving.compareAndSet(false, true)) {
            connector.spawn("close", this::close, this::failed);
        }
    }

    /** Closes in good order; may take as long as a write. */
    void close() {
        if (!closed && writing.tryLock()) {
            try {
                farewell();
            } finally {
                writing.unlock();
            }
        }
        abort();
    }

    private void farewell() {
        try {
            if (connector.isWebSocket() && socket.isConnected() && !patience.isInMessage()) {
                put(WebSocketFrames.close());
            }
            if (socket != plain) {
                patience.writeBegun();
                socket.close(); // TLS: close_notify
            }
        } catch (IOException e) {
            closed = true; // the peer is gone and hears no farewell
        } finally {
            patience.writeEnded();
        }
    }

    /** Closes at once. */
    void abort() {
        closed = true;
        connector.closed(this);
        try {
            plain.close();
        } catch (IOException e) {
            wire.failed(e);
        }
    }
}
