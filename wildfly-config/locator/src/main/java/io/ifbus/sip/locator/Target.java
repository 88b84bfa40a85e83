// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.locator;

import static java.util.Objects.requireNonNull;

import javax.sip.address.Hop;

/** An address, a port and a transport in lower case: where one request goes. */
record Target(String host, int port, String transport) implements Hop {
    Target {
        requireNonNull(host, "host");
    }

    @Override
    public String getHost() {
        return host;
    }

    @Override
    public int getPort() {
        return port;
    }

    @Override
    public String getTransport() {
        return transport;
    }

    @Override
    public String toString() {
        return host + ":" + port + "/" + transport;
    }
}
