// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.subsystem;

import io.ifbus.sip.container.ConnectorSettings;
import io.ifbus.sip.container.ConnectorSettings.Transport;
import io.ifbus.sip.container.SipServer;
import io.ifbus.sip.transport.TlsSettings;
import io.ifbus.sip.transport.TlsSettings.ClientCertificate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jboss.as.controller.ControlledProcessState;
import org.jboss.as.controller.ProcessStateNotifier;
import org.jboss.as.network.SocketBinding;
import org.jboss.msc.Service;
import org.jboss.msc.service.StartContext;
import org.jboss.msc.service.StartException;
import org.jboss.msc.service.StopContext;

/**
 * One open socket. Its start fails with the reason, in words, when the port is taken.
 *
 * <p>It closes when it is removed from a running server. When the whole server stops or reloads it stays open until the
 * applications have stopped: they may still send, and the server closes it with the others.
 */
final class ConnectorService implements Service {
    /** What the service needs of others; {@code sslContext} gives null for a transport without TLS. */
    record Needs(
            Supplier<SipServer> server,
            Supplier<SocketBinding> binding,
            Supplier<SSLContext> sslContext,
            Supplier<ProcessStateNotifier> process) {}

    private final String name;
    private final Transport transport;
    private final ClientCertificate clientCertificate; // or null
    private final Needs needs;
    private final OpenConnectors open;
    private final Consumer<String> provided;

    ConnectorService(
            String name,
            Transport transport,
            ClientCertificate clientCertificate,
            Needs needs,
            OpenConnectors open,
            Consumer<String> provided) {
        this.name = name;
        this.transport = transport;
        this.clientCertificate = clientCertificate;
        this.needs = needs;
        this.open = open;
        this.provided = provided;
    }

    @Override
    public void start(StartContext context) throws StartException {
        InetSocketAddress address = needs.binding().get().getSocketAddress();
        Optional<String> other = open.nameAt(address);
        if (other.isPresent()) {
            throw SubsystemLogger.LOG.addressOfAnother(name, transport.word(), address, other.get());
        }
        TlsSettings tls = transport.isSecure()
                ? SslContextSettings.of(name, needs.sslContext().get(), clientCertificate)
                : null;
        try {
            needs.server().get().addConnector(new ConnectorSettings(name, transport, address, tls));
        } catch (IOException | IllegalArgumentException e) {
            throw SubsystemLogger.LOG.connectorNotOpen(e.getMessage()); // which says it all
        }
        open.opened(name, address);
        provided.accept(name);
    }

    @Override
    public void stop(StopContext context) {
        open.closed(name);
        if (needs.process().get().getCurrentState() != ControlledProcessState.State.STOPPING) {
            needs.server().get().removeConnector(name);
            SubsystemLogger.LOG.connectorClosed(name);
        }
    }
}
