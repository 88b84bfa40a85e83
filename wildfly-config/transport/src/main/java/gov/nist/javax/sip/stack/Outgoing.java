// SPDX-License-Identifier: AGPL-3.0-or-later
package gov.nist.javax.sip.stack;

import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import io.ifbus.sip.transport.ViaTarget;
import java.io.IOException;
import java.net.InetAddress;
import java.text.ParseException;
import javax.sip.InvalidArgumentException;
import javax.sip.address.SipURI;
import javax.sip.address.URI;
import javax.sip.header.ContactHeader;
import javax.sip.header.RouteHeader;

/** What a connector does to a message that leaves through it, and what it knows again of it. Immutable. */
final class Outgoing {
    private final SerialMessageProcessor connector;
    private final StackNames names;

    Outgoing(SerialMessageProcessor connector) {
        this.connector = connector;
        this.names = connector.names;
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
            if (connector.getIpAddress().isAnyLocalAddress()) {
                name(message, names.towards(address).getHostAddress());
            }
            if (message instanceof SIPRequest request) {
                mark(request);
            }
        } catch (ParseException | InvalidArgumentException e) {
            throw new IllegalStateException("an address is always a valid host", e);
        }
    }

    private void mark(SIPRequest request) throws IOException, InvalidArgumentException, ParseException {
        if (nextUri(request) instanceof SipURI uri && uri.isSecure() && !connector.isSecure()) {
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

    /** Instead of whichever of the machine's addresses the engine took: the one on the way to the peer. */
    private void name(SIPMessage message, String host) throws ParseException {
        if (message instanceof SIPRequest) {
            Via via = message.getTopmostVia();
            if (via.getPort() == connector.getPort() && names.isMine(via.getHost())) {
                via.setHost(host);
            }
        }
        if (message.getHeader(ContactHeader.NAME) instanceof ContactHeader contact
                && contact.getAddress() != null
                && contact.getAddress().getURI() instanceof SipURI uri
                && uri.getPort() == connector.getPort()
                && names.isMine(uri.getHost())) {
            uri.setHost(host);
        }
    }

    /** Where the request goes next, as it was asked for and before any look-up. */
    static URI nextUri(SIPRequest request) {
        return request.getHeader(RouteHeader.NAME) instanceof RouteHeader route
                ? route.getAddress().getURI()
                : request.getRequestURI();
    }
}
