// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static java.util.Objects.requireNonNull;

import io.ifbus.sip.transport.TlsSettings;
import java.net.InetSocketAddress;

/**
 * One socket the server listens on and sends from.
 *
 * @param name unique in the server
 * @param address to bind; a wildcard address stands for each of the machine's own
 * @param tls for {@link Transport#TLS} and {@link Transport#WSS}, else null
 */
public record ConnectorSettings(String name, Transport transport, InetSocketAddress address, TlsSettings tls) {
    /** The transports that have a connector. */
    public enum Transport {
        UDP,
        TCP,
        TLS,
        WS,
        WSS;

        /** As the SIP stack spells it. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        /** Whether it is encrypted. */
        public boolean isSecure() {
            return this == TLS || this == WSS;
        }
    }

    public ConnectorSettings {
        requireNonNull(name, "name");
        requireNonNull(transport, "transport");
        requireNonNull(address, "address");
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("connector '" + name + "': unknown host " + address.getHostString());
        }
        if (transport.isSecure() != (tls != null)) {
            throw new IllegalArgumentException(
                    "connector '" + name + "': TLS settings are for TLS and WSS, and wanted there");
        }
    }

    /** A connector without TLS. */
    public ConnectorSettings(String name, Transport transport, InetSocketAddress address) {
        this(name, transport, address, null);
    }
}
