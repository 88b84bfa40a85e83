// SPDX-License-Identifier: AGPL-3.0-or-later
package gov.nist.javax.sip.stack;

import gov.nist.javax.sip.ListeningPointImpl;
import gov.nist.javax.sip.SipStackImpl;
import io.ifbus.sip.transport.TlsSettings;
import io.ifbus.sip.transport.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import javax.sip.ListeningPoint;
import javax.sip.ObjectInUseException;
import javax.sip.PeerUnavailableException;
import javax.sip.SipProvider;
import javax.sip.Transaction;
import org.mobicents.ext.javax.sip.dns.DNSServerLocator;

/** The SIP stack with our transports in it. */
public final class SerialTransports implements MessageProcessorFactory {
    private final Wire wire;
    private static final int WRITES = 16; // a quarter of the workers there are by default

    private final StackNames names = new StackNames();
    private final WriteSlots slots = new WriteSlots(WRITES);
    private final ParkedProviders parked = new ParkedProviders();
    private TlsSettings tls; // of the connector that is being opened; guarded by this

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

    private static SerialTransports of(SIPTransactionStack stack) {
        return (SerialTransports) stack.messageProcessorFactory;
    }

    // ---- connectors ----

    /**
     * Opens a listening socket.
     *
     * @param tls for transports with TLS, else null
     * @throws IOException if it cannot be opened, with the reason; nothing is left open
     */
    public static SipProvider open(SipStackImpl stack, InetSocketAddress address, String transport, TlsSettings tls)
            throws IOException {
        String host = address.getAddress().getHostAddress();
        SerialTransports transports = of(stack);
        synchronized (transports) {
            requireFree(stack, address, transport); // the stack would give out the one that is open, as a new one
            transports.tls = tls;
            ListeningPoint point = null;
            try {
                point = stack.createListeningPoint(host, address.getPort(), transport);
                return transports.parked.providerFor(stack, point);
            } catch (
                    Exception
                            e) { // the stack declares what it likes; what it means is that the socket is not to be had
                if (point != null) {
                    remove(stack, point);
                }
                throw new IOException(rootMessage(e), e);
            } finally {
                transports.tls = null;
            }
        }
    }

    private static void requireFree(SipStackImpl stack, InetSocketAddress address, String transport)
            throws IOException {
        for (MessageProcessor processor : stack.getMessageProcessors()) {
            if (processor.getTransport().equalsIgnoreCase(transport)
                    && processor.getPort() == address.getPort()
                    && processor.getIpAddress().equals(address.getAddress())) {
                throw new IOException("Address already in use");
            }
        }
    }

    /** Closes the listening socket and its connections; the provider's dialogs and transactions stay. */
    public static void close(SipStackImpl stack, SipProvider provider) {
        SerialTransports transports = of(stack);
        synchronized (transports) {
            for (ListeningPoint point : provider.getListeningPoints()) {
                try {
                    provider.removeListeningPoint(point);
                } catch (ObjectInUseException e) {
                    throw new IllegalStateException("our sockets may always be closed", e);
                }
                remove(stack, point);
                transports.parked.park(provider, (ListeningPointImpl) point);
            }
        }
    }

    private static void remove(SipStackImpl stack, ListeningPoint point) {
        try {
            stack.deleteListeningPoint(point);
        } catch (ObjectInUseException e) {
            throw new IllegalStateException("our sockets may always be closed", e);
        }
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage();
    }

    // ---- questions ----

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

    /** The connections that are open now, on all connectors. */
    public static int connectionCount(SipStackImpl stack) {
        int count = 0;
        for (MessageProcessor processor : stack.getMessageProcessors()) {
            if (processor instanceof SerialStreamProcessor stream) {
                count += stream.connectionCount();
            }
        }
        return count;
    }

    /**
     * The certificates the peer has shown on the connection of {@code transaction}'s request, its own first; empty when it
     * came without TLS, or its sender has shown none.
     */
    public static List<X509Certificate> peerCertificates(Transaction transaction) {
        return transaction instanceof SIPTransaction known
                        && known.getMessageChannel() instanceof SerialStreamChannel channel
                ? channel.peerCertificates()
                : List.of();
    }

    /** A locator that finds WebSocket clients by their connections and leaves the rest to {@code locator}. */
    public static DNSServerLocator flowsBefore(SipStackImpl stack, DNSServerLocator locator) {
        return locator instanceof FlowLocator ? locator : new FlowLocator(stack, locator);
    }

    /** The connector of that transport at the same address, of the same port if there are several; null if there is none. */
    static SerialStreamProcessor sibling(SerialMessageProcessor connector, String transport) {
        SerialStreamProcessor found = null;
        for (MessageProcessor processor : connector.getSIPStack().getMessageProcessors()) {
            if (processor instanceof SerialStreamProcessor stream
                    && stream.getTransport().equalsIgnoreCase(transport)
                    && stream.getIpAddress().equals(connector.getIpAddress())
                    && (found == null || stream.getPort() == connector.getPort())) {
                found = stream;
            }
        }
        return found;
    }

    /** The connector itself, or another of its transport if that one's address is of the family of {@code peer}. */
    static SerialMessageProcessor reaching(SerialMessageProcessor connector, InetAddress peer) {
        if (connector.getIpAddress().getClass() == peer.getClass()
                || connector.getIpAddress().isAnyLocalAddress()) {
            return connector;
        }
        for (MessageProcessor processor : connector.getSIPStack().getMessageProcessors()) {
            if (processor instanceof SerialMessageProcessor other
                    && other.getTransport().equalsIgnoreCase(connector.getTransport())
                    && other.getIpAddress().getClass() == peer.getClass()) {
                return other;
            }
        }
        return connector;
    }

    @Override
    public MessageProcessor createMessageProcessor(
            SIPTransactionStack stack, InetAddress address, int port, String transport) throws IOException {
        String word = transport.toLowerCase(Locale.ROOT);
        names.listensAt(address, port);
        return switch (word) {
            case "udp" -> {
                stack.udpFlag = true;
                yield new SerialUdpProcessor(address, port, stack, wire, names);
            }
            case "tcp", "ws" -> new SerialStreamProcessor(address, port, word, null, stack, wire, names, slots);
            case "tls", "wss" -> new SerialStreamProcessor(address, port, word, tlsOf(word), stack, wire, names, slots);
            default -> throw new IOException("transport " + transport + " has no connector");
        };
    }

    private synchronized TlsSettings tlsOf(String transport) throws IOException {
        if (tls == null) {
            throw new IOException("transport " + transport + " needs TLS settings");
        }
        return tls;
    }
}
