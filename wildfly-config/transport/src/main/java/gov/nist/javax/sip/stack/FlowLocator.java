// SPDX-License-Identifier: AGPL-3.0-or-later
package gov.nist.javax.sip.stack;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import javax.sip.address.Hop;
import javax.sip.address.SipURI;
import javax.sip.address.URI;
import org.mobicents.ext.javax.sip.dns.DNSLookupPerformer;
import org.mobicents.ext.javax.sip.dns.DNSServerLocator;

/**
 * Finds WebSocket clients by their connections, whatever host their Contact names, and leaves all other URIs to the
 * locator behind it. Safe for use by any thread.
 */
final class FlowLocator implements DNSServerLocator {
    private final SIPTransactionStack stack;
    private final DNSServerLocator behind;

    FlowLocator(SIPTransactionStack stack, DNSServerLocator behind) {
        this.stack = stack;
        this.behind = behind;
    }

    @Override
    public Queue<Hop> locateHops(URI uri) {
        if (!(uri instanceof SipURI contact) || !isWebSocket(contact.getTransportParam())) {
            return behind.locateHops(uri);
        }
        for (MessageProcessor processor : stack.getMessageProcessors()) {
            if (processor instanceof SerialStreamProcessor stream && stream.flowOf(contact) != null) {
                StreamConnection flow = stream.flowOf(contact);
                return new ArrayDeque<>(List.of(new HopImpl(
                        flow.peer().getAddress().getHostAddress(), flow.peer().getPort(), stream.getTransport())));
            }
        }
        return contact.getHost().toLowerCase(Locale.ROOT).endsWith(".invalid")
                ? new ArrayDeque<>() // there is no such host (RFC 2606), and asking for it takes time
                : behind.locateHops(uri);
    }

    private static boolean isWebSocket(String transport) {
        return "ws".equalsIgnoreCase(transport) || "wss".equalsIgnoreCase(transport);
    }

    @Override
    public Queue<Hop> resolveHostByAandAAAALookup(String host, int port, String transport) {
        return behind.resolveHostByAandAAAALookup(host, port, transport);
    }

    @Override
    public SipURI getSipURI(URI uri) {
        return behind.getSipURI(uri);
    }

    @Override
    public void addLocalHostName(String name) {
        behind.addLocalHostName(name);
    }

    @Override
    public void removeLocalHostName(String name) {
        behind.removeLocalHostName(name);
    }

    @Override
    public void mapLocalHostNameToIP(String name, Set<String> addresses) {
        behind.mapLocalHostNameToIP(name, addresses);
    }

    @Override
    public void unmapLocalHostNameToIP(String name) {
        behind.unmapLocalHostNameToIP(name);
    }

    @Override
    public void addSupportedTransport(String transport) {
        behind.addSupportedTransport(transport);
    }

    @Override
    public void removeSupportedTransport(String transport) {
        behind.removeSupportedTransport(transport);
    }

    @Override
    public void setDnsLookupPerformer(DNSLookupPerformer performer) {
        behind.setDnsLookupPerformer(performer);
    }

    @Override
    public DNSLookupPerformer getDnsLookupPerformer() {
        return behind.getDnsLookupPerformer();
    }
}
