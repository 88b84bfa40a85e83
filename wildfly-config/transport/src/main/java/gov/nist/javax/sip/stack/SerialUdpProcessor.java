// SPDX-License-Identifier: AGPL-3.0-or-later
package gov.nist.javax.sip.stack;

import io.ifbus.sip.transport.Wire;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Arrays;

/**
 * One UDP socket with one reader thread. A {@code DatagramSocket} and not a channel: a channel is closed for everybody when
 * a thread that was interrupted writes to it.
 *
 * <p>A single reader keeps the order in which the datagrams of a call arrived; the work itself is done on the calls'
 * queues, so the reader is back at the socket within microseconds.
 */
final class SerialUdpProcessor extends SerialMessageProcessor {
    private static final int LARGEST_DATAGRAM = 65_535;

    private final DatagramSocket socket;
    private final InetSocketAddress local;
    private volatile boolean running;

    SerialUdpProcessor(InetAddress address, int port, SIPTransactionStack stack, Wire wire) throws IOException {
        super(address, port, "udp", stack, wire);
        this.socket = new DatagramSocket(null);
        try {
            socket.setReceiveBufferSize(wire.limits().udpBufferBytes());
            socket.setSendBufferSize(wire.limits().udpBufferBytes());
            socket.bind(new InetSocketAddress(address, port));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        this.local = (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** The receive buffer the system granted, in bytes as it counts them. */
    int receiveBufferBytes() throws SocketException {
        return socket.getReceiveBufferSize();
    }

    @Override
    public void start() {
        running = true;
        Thread reader = new Thread(this::read, "sip-udp-" + local.getPort());
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        DatagramPacket packet = new DatagramPacket(new byte[LARGEST_DATAGRAM], LARGEST_DATAGRAM);
        while (running) {
            try {
                packet.setLength(LARGEST_DATAGRAM);
                socket.receive(packet);
                received(Arrays.copyOf(packet.getData(), packet.getLength()), (InetSocketAddress)
                        packet.getSocketAddress());
            } catch (Throwable t) { // one datagram's failure, whatever it is, never ends the reader
                if (socket.isClosed()) {
                    return; // stopped
                }
                wire.failed(t);
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
        socket.send(new DatagramPacket(bytes, bytes.length, target));
    }

    @Override
    public void stop() {
        running = false;
        socket.close();
    }

    @Override
    public MessageChannel createMessageChannel(InetAddress address, int port) {
        return new SerialUdpChannel(sipStack, this, wire, new InetSocketAddress(address, port));
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
