// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.transports;

import io.ifbus.sip.container.ConnectorSettings;
import io.ifbus.sip.container.ConnectorSettings.Transport;
import io.ifbus.sip.container.SipServer;
import io.ifbus.sip.container.SipServerSettings;
import io.ifbus.sip.container.TestServer;
import io.ifbus.sip.transport.TlsSettings;
import io.ifbus.sip.transport.TlsSettings.ClientCertificate;
import io.ifbus.sip.transport.WireCounters.Reject;
import io.ifbus.sip.transport.WireLimits;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipServletRequest;
import org.jboss.logging.Logger;

/** A server with the application {@link Desk}, UDP and TCP on {@link #port}, and the connectors that a test adds. */
final class Server implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Server.class);

    final TestServer test;
    final SipServer sip;
    final int port;

    Server() throws Exception {
        this(SipServerSettings.DEFAULTS);
    }

    Server(WireLimits limits) throws Exception {
        this(SipServerSettings.DEFAULTS.with(limits));
    }

    Server(SipServerSettings settings) throws Exception {
        test = new TestServer(settings, freePort(InetAddress.getLoopbackAddress()), Desk.class);
        sip = test.server;
        port = test.port;
    }

    /** Adds a connector on a free port, named by its transport. */
    int add(Transport transport, String address) throws IOException {
        return add(transport, address, null);
    }

    int tls(SSLContext context, ClientCertificate clientCertificate) throws IOException {
        return add(Transport.TLS, "127.0.0.1", settings(context, clientCertificate));
    }

    int add(Transport transport, String address, TlsSettings tls) throws IOException {
        InetAddress host = InetAddress.getByName(address);
        int free = freePort(host);
        sip.addConnector(new ConnectorSettings(
                transport.word() + " " + address, transport, new InetSocketAddress(host, free), tls));
        return free;
    }

    static TlsSettings settings(SSLContext context, ClientCertificate clientCertificate) {
        return new TlsSettings(context, clientCertificate, List.of(), List.of());
    }

    /** A port that neither TCP nor UDP uses. */
    static int freePort(InetAddress host) throws IOException {
        for (int attempt = 0; attempt < 20; attempt++) {
            try (ServerSocket tcp = new ServerSocket(0, 1, host);
                    DatagramSocket udp = new DatagramSocket(null)) {
                udp.bind(new InetSocketAddress(host, tcp.getLocalPort()));
                return tcp.getLocalPort();
            } catch (BindException e) {
                LOG.debugf(e, "another port then");
            }
        }
        throw new IOException("no port is free for both TCP and UDP");
    }

    /** A request of the application's own, not sent. */
    SipServletRequest request(String method, String uri) throws Exception {
        SipFactory factory = test.application.sipFactory();
        SipServletRequest request = factory.createRequest(
                factory.createApplicationSession(), method, "sip:us@127.0.0.1", "sip:them@127.0.0.1");
        request.setRequestURI(factory.createURI(uri));
        return request;
    }

    long count(Reject kind) {
        return sip.counters().count(kind);
    }

    @Override
    public void close() {
        test.close();
    }
}
