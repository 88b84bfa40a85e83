// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static io.ifbus.sip.container.ContainerLogger.LOG;

import gov.nist.javax.sip.EventScanner;
import gov.nist.javax.sip.EventWrapper;
import gov.nist.javax.sip.ListeningPointExt;
import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.stack.SerialTransports;
import io.ifbus.sip.transport.WireLimits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TooManyListenersException;
import javax.sip.IOExceptionEvent;
import javax.sip.SipProvider;
import org.mobicents.ext.javax.sip.dns.DNSServerLocator;
import org.mobicents.servlet.sip.SipConnector;
import org.mobicents.servlet.sip.core.ExtendedListeningPoint;
import org.mobicents.servlet.sip.core.MobicentsExtendedListeningPoint;

/** The open connectors of a server. Its methods exclude each other. */
final class Connectors {
    private final SipStackImpl stack;
    private final SerialDispatcher dispatcher;
    private final WireLimits limits;
    private final Map<String, MobicentsExtendedListeningPoint> open = new HashMap<>(); // guarded by this

    Connectors(SipStackImpl stack, SerialDispatcher dispatcher, WireLimits limits) {
        this.stack = stack;
        this.dispatcher = dispatcher;
        this.limits = limits;
    }

    /**
     * Opens a connector.
     *
     * @throws IOException if the address cannot be bound, with the reason; nothing is left open
     * @throws IllegalArgumentException if the name is taken
     */
    synchronized void add(ConnectorSettings connector) throws IOException {
        if (open.containsKey(connector.name())) {
            throw new IllegalArgumentException("SIP connector '" + connector.name() + "' exists already");
        }
        InetSocketAddress address = connector.address();
        String host = address.getAddress().getHostAddress();
        String transport = connector.transport().word();
        SipProvider provider = null;
        try {
            provider = SerialTransports.open(stack, address, transport, connector.tls());
            endEventScanner();
            provider.addSipListener(dispatcher);
            publish(connector, provider);
        } catch (IOException | TooManyListenersException | RuntimeException e) {
            if (provider != null) {
                SerialTransports.close(stack, provider);
            }
            throw new IOException(
                    "SIP connector '" + connector.name() + "' cannot listen on " + transport + " " + host + ":"
                            + address.getPort() + ": " + e.getMessage(),
                    e);
        }
        LOG.listening(connector.name(), transport, host, address.getPort());
        warnOfSmallBuffer(connector);
    }

    private void publish(ConnectorSettings connector, SipProvider provider) {
        DNSServerLocator locator = dispatcher.getDNSServerLocator();
        DNSServerLocator flowsFirst = SerialTransports.flowsBefore(stack, locator);
        if (flowsFirst != locator) {
            dispatcher.setDNSServerLocator(flowsFirst);
        }
        ListeningPointExt point = (ListeningPointExt)
                provider.getListeningPoint(connector.transport().word());
        ExtendedListeningPoint extended = new ExtendedListeningPoint(provider, point, describe(connector));
        dispatcher.getSipNetworkInterfaceManager().addExtendedListeningPoint(extended);
        open.put(connector.name(), extended);
    }

    private void warnOfSmallBuffer(ConnectorSettings connector) throws IOException {
        int asked = limits.udpBufferBytes();
        int granted = SerialTransports.receiveBufferBytes(stack, connector.address());
        if (connector.transport() == ConnectorSettings.Transport.UDP && granted < asked) {
            LOG.smallBuffer(connector.name(), asked, granted);
        }
    }

    private static SipConnector describe(ConnectorSettings connector) {
        SipConnector described = new SipConnector();
        described.setTransport(connector.transport().word());
        described.setIpAddress(connector.address().getAddress().getHostAddress());
        described.setPort(connector.address().getPort());
        return described;
    }

    synchronized List<String> names() {
        return List.copyOf(open.keySet());
    }

    /** Closes the connector of that name and its connections, and no dialog; unknown names are ignored. */
    synchronized void remove(String name) {
        MobicentsExtendedListeningPoint connector = open.remove(name);
        if (connector != null) {
            dispatcher.getSipNetworkInterfaceManager().removeExtendedListeningPoint(connector);
            SerialTransports.close(stack, connector.getSipProvider());
        }
    }

    /**
     * Ends the thread on which the stack would deliver its events: they are delivered where they arise. It blocks in a
     * queue, so it is told to end first and woken then.
     */
    private void endEventScanner() {
        EventScanner scanner = stack.getEventScanner();
        scanner.forceStop();
        scanner.addEvent(new EventWrapper(new IOExceptionEvent(stack, "", 0, ""), null));
    }
}
