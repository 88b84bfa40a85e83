// SPDX-License-Identifier: AGPL-3.0-or-later
package gov.nist.javax.sip.stack;

import io.ifbus.sip.transport.MessageHead;
import io.ifbus.sip.transport.Wire;
import io.ifbus.sip.transport.WireCounters.Reject;
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
    private volatile Thread reader;

    SerialUdpProcessor(InetAddress address, int port, SIPTransactionStack stack, Wire wire, StackNames names)
            throws IOException {
        super(address, port, "udp", stack, wire, names);
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
        reader = Spawner.daemon("sip-udp-" + local.getPort(), this::read);
        reader.start();
    }

    private void read() {
        DatagramPacket packet = new DatagramPacket(new byte[LARGEST_DATAGRAM], LARGEST_DATAGRAM);
        while (running) {
            try {
                packet.setLength(LARGEST_DATAGRAM);
                socket.receive(packet);
                received(packet);
            } catch (Throwable t) { // one datagram's failure, whatever it is, never ends the reader
                if (socket.isClosed()) {
                    return; // stopped
                }
                wire.failed(t);
            }
        }
    }

    /** What is no SIP ends here, before anything is kept of it. */
    private void received(DatagramPacket packet) {
        byte[] data = packet.getData();
        int length = packet.getLength();
        InetSocketAddress source = (InetSocketAddress) packet.getSocketAddress();
        if (MessageHead.looksLikeSip(data, length)) {
            new SerialUdpChannel(this, source).arrived(Arrays.copyOf(data, length), local);
        } else if (!isStun(data, length) && !isKeepAlive(data, length)) {
            int start = leadingLineEnds(data, length);
            if (start > 0 && MessageHead.looksLikeSip(Arrays.copyOfRange(data, start, length), length - start)) {
                new SerialUdpChannel(this, source).arrived(Arrays.copyOfRange(data, start, length), local);
            } else {
                wire.rejected(Reject.UNPARSABLE, source, "a datagram that is not SIP");
            }
        }
    }

    /** CRLFs before the start line are ignored (RFC 3261 section 7.5). */
    private static int leadingLineEnds(byte[] data, int length) {
        int i = 0;
        while (i < length && (data[i] == '\r' || data[i] == '\n')) {
            i++;
        }
        return i;
    }

    /** A STUN message (RFC 8489 section 5), which clients send to keep a flow alive (RFC 5626 section 8). */
    private static boolean isStun(byte[] data, int length) {
        return length >= 20
                && (data[0] & 0xC0) == 0
                && data[4] == 0x21
                && data[5] == 0x12
                && data[6] == (byte) 0xA4
                && data[7] == 0x42;
    }

    private static boolean isKeepAlive(byte[] data, int length) {
        for (int i = 0; i < length; i++) {
            if (data[i] != '\r' && data[i] != '\n' && data[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Sends one datagram; safe for use by any thread. */
    void write(byte[] bytes, InetAddress address, int port) throws IOException {
        InetSocketAddress target = at(address, port);
        wire.leaving("udp", local, target, bytes);
        socket.send(new DatagramPacket(bytes, bytes.length, target));
    }

    @Override
    public void stop() {
        running = false;
        socket.close();
        leave(reader);
    }

    @Override
    public MessageChannel createMessageChannel(InetAddress address, int port) throws IOException {
        return new SerialUdpChannel(this, at(address, port));
    }

    @Override
    public int getMaximumMessageSize() {
        return LARGEST_DATAGRAM;
    }

    @Override
    public boolean isSecure() {
        return false;
    }
}
