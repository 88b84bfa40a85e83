// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import io.ifbus.sip.container.ConnectorSettings.Transport;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A SIP server on a free loopback port, with one application made of the given servlets and listeners. */
public final class TestServer implements AutoCloseable {
    public final SipServer server;
    public final SipApplication application;
    public final int port;

    public TestServer(Class<?>... types) throws Exception {
        this(SipServerSettings.DEFAULTS, types);
    }

    public TestServer(SipServerSettings settings, Class<?>... types) throws Exception {
        this(settings, freePort(), types);
    }

    public TestServer(SipServerSettings settings, int port, Class<?>... types) throws Exception {
        this.port = port;
        server = SipServer.start(settings);
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        server.addConnector(new ConnectorSettings("udp", Transport.UDP, address));
        server.addConnector(new ConnectorSettings("tcp", Transport.TCP, address));
        application = server.deploy(descriptor(types), new TestEnvironment());
    }

    private static ApplicationDescriptor descriptor(Class<?>... types) {
        List<ApplicationDescriptor.Servlet> servlets = new ArrayList<>();
        List<String> listeners = new ArrayList<>();
        for (Class<?> type : types) {
            if (javax.servlet.sip.SipServlet.class.isAssignableFrom(type)) {
                servlets.add(new ApplicationDescriptor.Servlet(type.getSimpleName(), type.getName(), 1, Map.of()));
            }
            if (javax.servlet.sip.TimerListener.class.isAssignableFrom(type)
                    || javax.servlet.sip.SipErrorListener.class.isAssignableFrom(type)) {
                listeners.add(type.getName());
            }
        }
        return ApplicationDescriptor.of("test", null, servlets, listeners, 0, 3);
    }

    private static int freePort() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
