// SPDX-License-Identifier: AGPL-3.0-or-later
package gov.nist.javax.sip.stack;

import gov.nist.javax.sip.SipStackImpl;
import io.ifbus.sip.transport.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Properties;
import javax.sip.PeerUnavailableException;

/** The SIP stack with our transports in it. */
public final class SerialTransports implements MessageProcessorFactory {
    private final Wire wire;

    private SerialTransports(Wire wire) {
        this.wire = wire;
    }

    /**
     * Makes a stack whose sockets pass through {@code wire}; it is not started and has no listening point.
     *
     * @throws PeerUnavailableException if a property is not understood
     */
    public static SipStackImpl createStack(Properties properties, Wire wire) throws PeerUnavailableException {
        SipStackImpl stack = new SipStackImpl(properties);
        stack.setMessageProcessorFactory(new SerialTransports(wire));
        return stack;
    }

    /** The receive buffer granted to the stack's UDP socket on {@code address}, in bytes; 0 if there is no such socket. */
    public static int receiveBufferBytes(SipStackImpl stack, InetSocketAddress address) throws IOException {
        for (MessageProcessor processor : stack.getMessageProcessors()) {
            if (processor instanceof SerialUdpProcessor udp
                    && udp.getPort() == address.getPort()
                    && udp.getIpAddress().equals(address.getAddress())) {
                return udp.receiveBufferBytes();
            }
        }
        return 0;
    }

    /** The TCP connections that are open now, on all connectors. */
    public static int connectionCount(SipStackImpl stack) {
        int count = 0;
        for (MessageProcessor processor : stack.getMessageProcessors()) {
            if (processor instanceof SerialTcpProcessor tcp) {
                count += tcp.connectionCount();
            }
        }
        return count;
    }

    @Override
    public MessageProcessor createMessageProcessor(
            SIPTransactionStack stack, InetAddress address, int port, String transport) throws IOException {
        return switch (transport.toLowerCase(Locale.ROOT)) {
            case "udp" -> {
                stack.udpFlag = true;
                yield new SerialUdpProcessor(address, port, stack, wire);
            }
            case "tcp" -> new SerialTcpProcessor(address, port, stack, wire);
            default -> throw new IOException("transport " + transport + " has no connector");
        };
    }
}
