// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.Objects;
import java.util.function.Predicate;
import javax.servlet.sip.SipURI;
import org.mobicents.servlet.sip.message.SipFactoryImpl;

/** Finds the connector that an application names as outbound interface (JSR 289 section 14.2). */
final class Interfaces {
    private Interfaces() {}

    /**
     * The connector on that address with that transport, or else with any.
     *
     * @param transport null for UDP
     * @throws IllegalArgumentException if there is none
     */
    static SipURI on(InetAddress address, String transport, SipFactoryImpl factory) {
        Objects.requireNonNull(address, "address");
        return find(uri -> isOn(uri, address), transport, factory, address);
    }

    /** The same with the port given. */
    static SipURI on(InetSocketAddress address, String transport, SipFactoryImpl factory) {
        Objects.requireNonNull(address, "address");
        return find(
                uri -> uri.getHost().equals(address.getAddress().getHostAddress())
                        && uri.getPort() == address.getPort(),
                transport,
                factory,
                address);
    }

    private static SipURI find(Predicate<SipURI> wanted, String transport, SipFactoryImpl factory, Object address) {
        String preferred = transport == null ? "udp" : transport;
        return factory.getSipNetworkInterfaceManager().getOutboundInterfaces().stream()
                .filter(wanted)
                .min(Comparator.comparing(uri -> !preferred.equalsIgnoreCase(uri.getTransportParam())))
                .orElseThrow(() -> new IllegalArgumentException(address + " is no address of this server"));
    }

    private static boolean isOn(SipURI uri, InetAddress address) {
        try { // a literal: nobody is asked
            return InetAddress.getByName(uri.getHost().replaceAll("[\\[\\]]", ""))
                    .equals(address);
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
