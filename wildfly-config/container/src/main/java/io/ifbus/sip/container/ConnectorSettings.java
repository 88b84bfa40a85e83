// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;

/**
 * One socket the server listens on and sends from.
 *
 * @param name unique in the server
 * @param address to bind; a wildcard address stands for each of the machine's own
 */
public record ConnectorSettings(String name, Transport transport, InetSocketAddress address) {
    /** The transports that have a connector. */
    public enum Transport {
        UDP,
        TCP;

        /** As the SIP stack spells it. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public ConnectorSettings {
        requireNonNull(name, "name");
        requireNonNull(transport, "transport");
        requireNonNull(address, "address");
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("connector '" + name + "': unknown host " + address.getHostString());
        }
    }
}
