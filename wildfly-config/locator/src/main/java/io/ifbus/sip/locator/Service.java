// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.locator;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sip.address.SipURI;

/** A way to reach a SIP server, with its names in DNS (RFC 3263 section 4.1, RFC 7118 section 5). */
enum Service {
    UDP("SIP+D2U", "_sip._udp.", 5060),
    TCP("SIP+D2T", "_sip._tcp.", 5060),
    TLS("SIPS+D2T", "_sips._tcp.", 5061),
    WS("SIP+D2W", "_sip._ws.", 80),
    WSS("SIPS+D2W", "_sips._ws.", 443);

    /** Those that a URI without a transport may lead to. WebSocket is for URIs that name it: browsers take no calls. */
    static final List<Service> DISCOVERED = List.of(UDP, TCP, TLS);

    private final String naptr;
    private final String srvPrefix;
    private final int port;

    Service(String naptr, String srvPrefix, int port) {
        this.naptr = naptr;
        this.srvPrefix = srvPrefix;
        this.port = port;
    }

    String transport() {
        return name().toLowerCase(Locale.ROOT);
    }

    String srvPrefix() {
        return srvPrefix;
    }

    int defaultPort() {
        return port;
    }

    boolean isSecure() {
        return this == TLS || this == WSS;
    }

    /** The discovered service of that NAPTR service field. */
    static Optional<Service> ofNaptr(String field) {
        return DISCOVERED.stream()
                .filter(service -> service.naptr.equalsIgnoreCase(field))
                .findFirst();
    }

    /** What the URI itself says, transport parameter and scheme; empty if it leaves the choice. */
    static Optional<Service> saidBy(SipURI uri) {
        String transport = uri.getTransportParam();
        if (transport == null) {
            return Optional.empty();
        }
        return switch (transport.toLowerCase(Locale.ROOT)) {
            case "udp" -> Optional.of(uri.isSecure() ? TLS : UDP);
            case "tcp" -> Optional.of(uri.isSecure() ? TLS : TCP); // RFC 3261 section 26.2.2
            case "tls" -> Optional.of(TLS);
            case "ws" -> Optional.of(uri.isSecure() ? WSS : WS);
            case "wss" -> Optional.of(WSS);
            default -> Optional.empty();
        };
    }

    /** What is taken where nothing is said: UDP, or TLS for sips. */
    static Service byScheme(SipURI uri) {
        return uri.isSecure() ? TLS : UDP;
    }
}
