// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.transport;

import static java.util.Objects.requireNonNull;

import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * How a connector encrypts.
 *
 * @param context keys and trust, for connections that come in and those that go out
 * @param clientCertificate what a peer that connects must show
 * @param protocols names of JSSE, e.g. TLSv1.3; empty for TLS 1.2 and 1.3
 * @param cipherSuites names of JSSE; empty for those of {@code context}
 */
public record TlsSettings(
        SSLContext context, ClientCertificate clientCertificate, List<String> protocols, List<String> cipherSuites) {
    /** Whether a peer that connects is asked for a certificate. */
    public enum ClientCertificate {
        NONE,
        WANTED,
        NEEDED
    }

    public TlsSettings {
        requireNonNull(context, "context");
        requireNonNull(clientCertificate, "clientCertificate");
        protocols = List.copyOf(protocols);
        cipherSuites = List.copyOf(cipherSuites);
    }
}
