// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.subsystem;

import io.ifbus.sip.container.ConnectorSettings;
import io.ifbus.sip.container.SipServer;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.as.network.SocketBinding;
import org.jboss.msc.Service;
import org.jboss.msc.service.StartContext;
import org.jboss.msc.service.StartException;
import org.jboss.msc.service.StopContext;

/** One open socket. Its start fails with the reason, in words, when the port is taken. */
final class ConnectorService implements Service {
    private final String name;
    private final ConnectorSettings.Transport transport;
    private final Supplier<SipServer> server;
    private final Supplier<SocketBinding> binding;
    private final Consumer<String> provided;

    ConnectorService(
            String name,
            ConnectorSettings.Transport transport,
            Supplier<SipServer> server,
            Supplier<SocketBinding> binding,
            Consumer<String> provided) {
        this.name = name;
        this.transport = transport;
        this.server = server;
        this.binding = binding;
        this.provided = provided;
    }

    @Override
    public void start(StartContext context) throws StartException {
        try {
            server.get()
                    .addConnector(
                            new ConnectorSettings(name, transport, binding.get().getSocketAddress()));
        } catch (IOException e) {
            throw new StartException(e.getMessage(), e.getCause()); // the message says it all
        }
        provided.accept(name);
    }

    @Override
    public void stop(StopContext context) {
        server.get().removeConnector(name);
    }
}
