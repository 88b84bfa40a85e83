// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.subsystem;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Where the open connectors of one transport listen. Safe for use by any thread. */
final class OpenConnectors {
    private final Map<String, InetSocketAddress> addresses = new ConcurrentHashMap<>();

    void opened(String name, InetSocketAddress address) {
        addresses.put(name, address);
    }

    void closed(String name) {
        addresses.remove(name);
    }

    /** The connector that listens at {@code address} already, if there is one. */
    Optional<String> nameAt(InetSocketAddress address) {
        return addresses.entrySet().stream()
                .filter(entry -> entry.getValue().equals(address))
                .map(Map.Entry::getKey)
                .findAny();
    }

    /** Empty if the connector of that name is not open. */
    Optional<InetSocketAddress> address(String name) {
        return Optional.ofNullable(addresses.get(name));
    }
}
