// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import io.ifbus.sip.container.ConnectorSettings.Transport;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.EventListener;
import java.util.List;
import java.util.Map;
import javax.servlet.sip.SipServlet;

/** A SIP server on a free loopback port, UDP and TCP, with one application, or with as many as the test deploys. */
public final class TestServer implements AutoCloseable {
    public final SipServer server;

    /** The first application that was deployed; null if there was none when the server was made. */
    public final SipApplication application;

    public final int port;

    /** With an application "test" of these servlets and listeners. */
    public TestServer(Class<?>... types) throws Exception {
        this(SipServerSettings.DEFAULTS, types);
    }

    public TestServer(SipServerSettings settings, Class<?>... types) throws Exception {
        this(settings, freePort(), types);
    }

    public TestServer(SipServerSettings settings, int port, Class<?>... types) throws Exception {
        this(settings, port, List.of(descriptor("test", types)));
    }

    /** With the applications described, deployed in this order; the list may be empty. */
    public TestServer(List<ApplicationDescriptor> applications) throws Exception {
        this(SipServerSettings.DEFAULTS, applications);
    }

    public TestServer(SipServerSettings settings, List<ApplicationDescriptor> applications) throws Exception {
        this(settings, freePort(), applications);
    }

    public TestServer(SipServerSettings settings, int port, List<ApplicationDescriptor> applications) throws Exception {
        this.port = port;
        server = SipServer.start(settings);
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            server.addConnector(new ConnectorSettings("udp", Transport.UDP, address));
            server.addConnector(new ConnectorSettings("tcp", Transport.TCP, address));
            SipApplication first = null;
            for (ApplicationDescriptor descriptor : applications) {
                SipApplication deployed = deploy(descriptor);
                first = first == null ? deployed : first;
            }
            application = first;
        } catch (Exception | Error e) { // a test that expects it must not leave a server behind
            server.stop();
            throw e;
        }
    }

    /** Deploys one more application, with its context parameters in its ServletContext. */
    public SipApplication deploy(ApplicationDescriptor descriptor) throws ServletException {
        return server.deploy(descriptor, new TestEnvironment(descriptor.contextParameters()));
    }

    /** Deploys one more application in an environment of the test's own. */
    public SipApplication deploy(ApplicationDescriptor descriptor, ApplicationEnvironment environment)
            throws ServletException {
        return server.deploy(descriptor, environment);
    }

    public void undeploy(SipApplication deployed) {
        server.undeploy(deployed);
    }

    /** An application of these servlets, each loaded on start-up, and listeners of any kind; a servlet may be one too. */
    public static ApplicationDescriptor descriptor(String name, Class<?>... types) {
        return descriptor(name, ServletSelection.NONE, types);
    }

    /** The same with a rule which servlet gets an initial request. */
    public static ApplicationDescriptor descriptor(String name, ServletSelection selection, Class<?>... types) {
        List<ApplicationDescriptor.Servlet> servlets = new ArrayList<>();
        List<String> listeners = new ArrayList<>();
        for (Class<?> type : types) {
            if (SipServlet.class.isAssignableFrom(type)) {
                servlets.add(servlet(type, 1, Map.of()));
            }
            if (EventListener.class.isAssignableFrom(type)) {
                listeners.add(type.getName());
            }
        }
        return new ApplicationDescriptor(
                name, selection, servlets, listeners, Map.of(), null, 0, 3, false, SipSecurity.NONE);
    }

    /** A servlet called like its class. */
    public static ApplicationDescriptor.Servlet servlet(
            Class<?> type, int loadOnStartup, Map<String, String> initParameters) {
        return new ApplicationDescriptor.Servlet(type.getSimpleName(), type.getName(), loadOnStartup, initParameters);
    }

    /** Free for UDP and for TCP. */
    private static int freePort() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        while (true) {
            try (DatagramSocket udp = new DatagramSocket(0, loopback);
                    ServerSocket tcp = new ServerSocket(udp.getLocalPort(), 1, loopback)) {
                return tcp.getLocalPort();
            } catch (BindException e) {
                continue; // free for UDP, taken for TCP
            }
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
