// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import io.ifbus.sip.security.DigestAlgorithm;
import io.ifbus.sip.security.SecuritySettings;
import io.ifbus.sip.security.User;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Principal;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.servlet.sip.Address;
import javax.servlet.sip.ServletParseException;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipURI;
import javax.servlet.sip.URI;
import org.mobicents.servlet.sip.core.message.MobicentsSipServletMessage;

/**
 * Identities that a trusted peer vouches for (JSR 289 section 17.3, RFC 3325).
 *
 * @param support REQUIRED, SUPPORTED, or null for neither
 * @param realm a user of this host is looked up by name too
 */
record SecurityAssertion(String support, SecuritySettings settings, String realm) {
    boolean isRequired() {
        return "REQUIRED".equalsIgnoreCase(support);
    }

    /** The user that the peer vouches for, known to the user database or not; empty if it does not, or is not trusted. */
    Optional<User> of(SipServletRequest request) throws IOException {
        if (support == null || !isTrusted(request)) {
            return Optional.empty();
        }
        Optional<URI> identity = identity(request);
        if (identity.isEmpty()) {
            return Optional.empty();
        }
        String name = name(identity.get());
        Optional<User> known = settings.users().find(name, realm);
        if (known.isEmpty()
                && identity.get() instanceof SipURI sip
                && sip.getUser() != null
                && sip.getHost().equalsIgnoreCase(realm)) {
            known = settings.users().find(sip.getUser(), realm);
        }
        return Optional.of(known.orElse(new Stranger(name)));
    }

    /** The address of a datagram is whatever its sender wrote; that of a connection has answered. */
    private boolean isTrusted(SipServletRequest request) throws UnknownHostException {
        boolean connected = ((MobicentsSipServletMessage) request).getTransaction() != null
                && request.getTransport() != null
                && !request.getTransport().equalsIgnoreCase("udp");
        String address = connected ? request.getRemoteAddr() : null;
        return address != null && settings.trustedPeers().contains(InetAddress.getByName(address)); // always numeric
    }

    private static Optional<URI> identity(SipServletRequest request) {
        try {
            Address address = request.getAddressHeader("P-Asserted-Identity");
            return Optional.ofNullable(address).map(Address::getURI);
        } catch (ServletParseException e) {
            return Optional.empty(); // what cannot be read asserts nothing
        }
    }

    private static String name(URI uri) {
        return uri instanceof SipURI sip
                ? "sip:" + (sip.getUser() == null ? "" : sip.getUser() + "@")
                        + sip.getHost().toLowerCase(Locale.ROOT)
                : uri.toString();
    }

    /** Vouched for, but not in the user database: no roles. */
    private record Stranger(String name) implements User {
        @Override
        public Principal principal() {
            return this::name;
        }

        @Override
        public Set<String> roles() {
            return Set.of();
        }

        @Override
        public Optional<byte[]> ha1(DigestAlgorithm algorithm, String ignored) {
            return Optional.empty();
        }
    }
}
