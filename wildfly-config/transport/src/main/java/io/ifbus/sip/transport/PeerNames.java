// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who a certificate says its owner is, for SIP (RFC 5922 section 7): the domains of its {@code sip:} URIs; without those,
 * its DNS names; without any of these, its common name. IP addresses count for IP addresses. There are no wild cards.
 *
 * @param domains in lower case
 * @param addresses in the form of {@link InetAddress#getHostAddress()}
 */
public record PeerNames(Set<String> domains, Set<String> addresses) {
    private static final int DNS = 2;
    private static final int URI = 6;
    private static final int IP = 7;
    private static final Pattern SIP_URI = Pattern.compile("(?i)sips?:([^@;?:]+)"); // one with a user names a user
    private static final Pattern COMMON_NAME = Pattern.compile("(?i)(?:^|,)\\s*CN=([^,]+)");

    public PeerNames {
        domains = Set.copyOf(domains);
        addresses = Set.copyOf(addresses);
    }

    /** Reads {@code certificate}; names that cannot be read count for nothing. */
    public static PeerNames of(X509Certificate certificate) {
        Set<String> uris = new LinkedHashSet<>();
        Set<String> hosts = new LinkedHashSet<>();
        Set<String> addresses = new LinkedHashSet<>();
        for (List<?> name : alternativeNames(certificate)) {
            String value = String.valueOf(name.get(1));
            switch ((Integer) name.get(0)) {
                case DNS -> hosts.add(value.toLowerCase(Locale.ROOT));
                case URI -> {
                    Matcher uri = SIP_URI.matcher(value);
                    if (uri.matches()) {
                        uris.add(uri.group(1).toLowerCase(Locale.ROOT));
                    }
                }
                case IP -> addresses.add(normal(value));
                default -> {
                    // other kinds name no SIP domain
                }
            }
        }
        Set<String> domains = uris.isEmpty() ? hosts : uris;
        Matcher commonName =
                COMMON_NAME.matcher(certificate.getSubjectX500Principal().getName());
        if (domains.isEmpty() && addresses.isEmpty() && commonName.find()) {
            domains.add(commonName.group(1).trim().toLowerCase(Locale.ROOT));
        }
        return new PeerNames(domains, addresses);
    }

    private static Collection<List<?>> alternativeNames(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null ? List.of() : names;
        } catch (CertificateParsingException e) {
            return List.of(); // a certificate whose names cannot be read names nobody
        }
    }

    /** Whether its owner is who was asked for: a domain, or an IP address with or without brackets. */
    public boolean include(String target) {
        return IpLiteral.is(target)
                ? addresses.contains(normal(target))
                : domains.contains(target.toLowerCase(Locale.ROOT));
    }

    private static String normal(String address) {
        try {
            return IpLiteral.parse(address).getHostAddress();
        } catch (UnknownHostException e) {
            return address; // equals itself only
        }
    }

    @Override
    public String toString() {
        Set<String> all = new LinkedHashSet<>(domains);
        all.addAll(addresses);
        return all.isEmpty()
                ? "nobody"
                : String.join(", ", all.stream().sorted().toList());
    }
}
