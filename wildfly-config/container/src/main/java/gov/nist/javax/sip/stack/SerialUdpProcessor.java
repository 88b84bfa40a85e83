// SPDX-License-Identifier: AGPL-3.0-or-later
package gov.nist.javax.sip.stack;

import gov.nist.core.HostPort;
import io.ifbus.sip.container.transport.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;

/**
 * One UDP socket with one reader thread.
 *
 * <p>A single reader keeps the order in which the datagrams of a call arrived; the work itself is done on the calls'
 * queues, so the reader is back at the socket within microseconds.
 */
final class SerialUdpProcessor extends MessageProcessor {
    private static final int LARGEST_DATAGRAM = 65_535;

    private final Wire wire;
    private final DatagramChannel socket;
    private final InetSocketAddress local;
    private volatile boolean running;

    SerialUdpProcessor(InetAddress address, int port, SIPTransactionStack stack, Wire wire) throws IOException {
        super(address, port, "udp", stack);
        this.wire = wire;
        this.socket = DatagramChannel.open();
        try {
            socket.setOption(StandardSocketOptions.SO_RCVBUF, wire.limits().udpBufferBytes());
            socket.setOption(StandardSocketOptions.SO_SNDBUF, wire.limits().udpBufferBytes());
            socket.bind(new InetSocketAddress(address, port));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        this.local = (InetSocketAddress) socket.getLocalAddress();
    }

    /** The receive buffer the system granted, in bytes as it counts them. */
    int receiveBufferBytes() throws IOException {
        return socket.getOption(StandardSocketOptions.SO_RCVBUF);
    }

    @Override
    public void start() {
        running = true;
        Thread reader = new Thread(this::read, "sip-udp-" + local.getPort());
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(LARGEST_DATAGRAM);
        while (running) {
            try {
                buffer.clear();
                InetSocketAddress source = (InetSocketAddress) socket.receive(buffer);
                buffer.flip();
                byte[] message = new byte[buffer.remaining()];
                buffer.get(message);
                received(message, source);
            } catch (ClosedChannelException e) {
                return; // stopped
            } catch (IOException | RuntimeException e) {
                wire.failed(e);
            }
        }
    }

    private void received(byte[] message, InetSocketAddress source) {
        if (isKeepAlive(message)) {
            return; // RFC 5626 section 4.4.1: over UDP a client keeps alive by STUN; stray CRLFs are silent
        }
        SerialUdpChannel channel = new SerialUdpChannel(sipStack, this, wire, source);
        wire.arrived("udp", local, source, message, () -> channel.handle(message));
    }

    private static boolean isKeepAlive(byte[] message) {
        for (byte b : message) {
            if (b != '\r' && b != '\n' && b != 0) {
                return false;
            }
        }
        return true;
    }

    /** Sends one datagram; safe for use by any thread. */
    void write(byte[] bytes, InetAddress address, int port) throws IOException {
        if (port <= 0 || port > 65_535) {
            throw new IOException("no port to send to at " + address.getHostAddress());
        }
        InetSocketAddress target = new InetSocketAddress(address, port);
        wire.leaving("udp", local, target, bytes);
        socket.send(ByteBuffer.wrap(bytes), target);
    }

    @Override
    public void stop() {
        running = false;
        try {
            socket.close();
        } catch (IOException e) {
            wire.failed(e);
        }
    }

    @Override
    public MessageChannel createMessageChannel(HostPort target) throws IOException {
        return createMessageChannel(target.getInetAddress(), target.getPort());
    }

    @Override
    public MessageChannel createMessageChannel(InetAddress address, int port) {
        return new SerialUdpChannel(sipStack, this, wire, new InetSocketAddress(address, port));
    }

    @Override
    public SIPTransactionStack getSIPStack() {
        return sipStack;
    }

    @Override
    public int getDefaultTargetPort() {
        return 5060;
    }

    @Override
    public boolean isSecure() {
        return false;
    }

    @Override
    public int getMaximumMessageSize() {
        return LARGEST_DATAGRAM;
    }

    @Override
    public boolean inUse() {
        return running;
    }
}
