// SPDX-License-Identifier: AGPL-3.0-or-later
package gov.nist.javax.sip.stack;

import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.ifbus.sip.transport.ViaTarget;
import java.io.IOException;
import java.net.InetAddress;
import java.text.ParseException;
import javax.sip.InvalidArgumentException;
import javax.sip.address.SipURI;
import javax.sip.address.URI;
import javax.sip.header.ContactHeader;
import javax.sip.header.RouteHeader;
import javax.sip.message.Request;

/** What a connector does to a message that leaves through it, and what it knows again of it. Immutable. */
final class Outgoing {
    private final SerialMessageProcessor connector;
    private final StackNames names;
    private final String host; // null for a wildcard address

    Outgoing(SerialMessageProcessor connector) {
        InetAddress address = connector.getIpAddress();
        this.connector = connector;
        this.names = connector.names;
        this.host = address.isAnyLocalAddress() ? null : address.getHostAddress();
    }

    /** Whether a response with that topmost Via answers a request of ours. */
    boolean isOurs(Via via) {
        return names.areOurs(via.getHost(), portOf(via));
    }

    private static int portOf(Via via) {
        return via.getPort() > 0 ? via.getPort() : ViaTarget.defaultPort(via.getTransport());
    }

    /**
     * Makes the message ready for its way to {@code address}.
     *
     * @throws IOException if it must not leave through this connector
     */
    void prepare(SIPMessage message, InetAddress address) throws IOException {
        try {
            String own = host != null ? host : names.towards(address).getHostAddress();
            if (message instanceof SIPRequest request) {
                name(request.getTopmostVia(), own);
                mark(request);
            }
            name(message, own);
        } catch (ParseException | InvalidArgumentException e) {
            throw new IllegalStateException("an address is always a valid host", e);
        }
    }

    private void mark(SIPRequest request) throws IOException, InvalidArgumentException, ParseException {
        if (!connector.isSecure() && (isSips(nextUri(request)) || isSips(request.getRequestURI()))) {
            // RFC 3261 section 26.2.2
            throw new IOException(
                    "a request to a sips URI needs TLS; it does not leave over " + connector.getTransport());
        }
        Via via = request.getTopmostVia();
        switch (connector.getTransport()) {
            case "udp" -> {
                if (!via.hasParameter(Via.RPORT)) {
                    via.setRPort(); // RFC 3581 section 3
                }
            }
            case "tls" -> via.setParameter("alias", null); // RFC 5923 section 8.1
            default -> {
                // the Via says what is to be said
            }
        }
        names.sends(via.getHost(), portOf(via));
    }

    private static boolean isSips(URI uri) {
        return uri instanceof SipURI sip && sip.isSecure();
    }

    /** This connector instead of another of ours, of which the engine takes the first that has the transport. */
    private void name(Via via, String own) throws ParseException, InvalidArgumentException {
        if (isOther(via.getHost(), via.getPort(), own)) {
            via.setHost(own);
            via.setPort(connector.getPort());
        }
    }

    private void name(SIPMessage message, String own) throws ParseException {
        if (namesItsSender(message)
                && message.getHeader(ContactHeader.NAME) instanceof ContactHeader contact
                && contact.getAddress() != null
                && contact.getAddress().getURI() instanceof SipURI uri
                && isOther(uri.getHost(), uri.getPort(), own)
                && transportOf(uri).equalsIgnoreCase(connector.getTransport())) {
            uri.setHost(own);
            uri.setPort(connector.getPort());
        }
    }

    /** In a REGISTER and a redirection a Contact may well name another connector on purpose. */
    private static boolean namesItsSender(SIPMessage message) {
        return !Request.REGISTER.equals(message.getCSeq().getMethod())
                && !(message instanceof SIPResponse response && response.getStatusCode() / 100 == 3);
    }

    private boolean isOther(String named, int port, String own) {
        return !(port == connector.getPort() && StackNames.bare(named).equals(own)) && names.isConnector(named, port);
    }

    private static String transportOf(SipURI uri) {
        return uri.getTransportParam() != null ? uri.getTransportParam() : uri.isSecure() ? "tls" : "udp";
    }

    /** Where the request goes next, as it was asked for and before any look-up. */
    static URI nextUri(SIPRequest request) {
        return request.getHeader(RouteHeader.NAME) instanceof RouteHeader route
                ? route.getAddress().getURI()
                : request.getRequestURI();
    }
}
