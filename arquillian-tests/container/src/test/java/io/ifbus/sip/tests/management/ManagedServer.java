// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.phones.Phone;
import io.ifbus.sip.tests.server.Management;
import io.ifbus.sip.tests.server.ServerProcess;
import io.ifbus.sip.tests.server.SharedServer;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jboss.dmr.ModelNode;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * The one server of these tests, with the application; and phones, switched off after each test, together with what was
 * added to the model.
 */
final class ManagedServer implements BeforeEachCallback, AfterEachCallback {
    static final String SIP = "/subsystem=sip";
    private static final String SOCKETS = "/socket-binding-group=standard-sockets/socket-binding=";
    private static final Duration RELOADS_WITHIN = Duration.ofSeconds(120);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private static final Logger LOG = Logger.getLogger(ManagedServer.class.getName());

    private final Deque<Runnable> undo = new ArrayDeque<>();
    private ServerProcess server;

    @Override
    public void beforeEach(ExtensionContext context) {
        server = context.getRoot()
                .getStore(Namespace.create(ManagedServer.class))
                .getOrComputeIfAbsent(ManagedServer.class, key -> start(), ServerProcess.class);
    }

    /** With short timers, so that what is left of a call goes in seconds. */
    private static ServerProcess start() {
        ServerProcess started = SharedServer.routed(ServerProcess.named("managed"))
                .property("ifbus.sip.tls.key-store-password", KeyStores.PASSWORD)
                .property("ifbus.sip.tls.trust-store", KeyStores.TRUST)
                .start();
        does(started, operation(SIP, "write-attribute", "name", "t1", "value", 100));
        reload(started);
        await().atMost(RELOADS_WITHIN).until(started::isReady);
        return started;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        List<RuntimeException> failures = new ArrayList<>();
        while (!undo.isEmpty()) {
            try {
                undo.pop().run();
            } catch (RuntimeException e) { // the others are undone all the same
                failures.add(e);
            }
        }
        assertThat(failures).as("what could not be undone").isEmpty();
    }

    ServerProcess process() {
        return server;
    }

    Phone phone(String name) {
        Phone phone = Phone.named(name).switchedOn();
        undo.push(phone::close);
        return phone;
    }

    /** Does this after the test, before what was asked for earlier. */
    void afterwards(Runnable step) {
        undo.push(step);
    }

    /** The echo at another port of the server. */
    String echoAt(int port) {
        return "sip:echo@127.0.0.1:" + port;
    }

    // ---- its management ----

    ModelNode read(String address, String attribute) {
        try (Management management = server.management()) {
            return management.read(address, attribute);
        }
    }

    String state() {
        return read("/", "server-state").asString();
    }

    /** Applies an operation. */
    ModelNode does(ModelNode operation) {
        return does(server, operation);
    }

    private static ModelNode does(ServerProcess server, ModelNode operation) {
        try (Management management = server.management()) {
            return management.execute(operation);
        }
    }

    /** What the server says why it does not do that. */
    String refuses(ModelNode operation) {
        return catchThrowableOfType(IllegalStateException.class, () -> does(operation))
                .getMessage();
    }

    /** Tries an operation that is kept in any case; its effect is looked at elsewhere. */
    void doesOrNot(ModelNode operation) {
        try (Management management = server.management()) {
            management.execute(operation);
        } catch (IllegalStateException e) {
            assertThat(e).hasMessageContaining("\"rolled-back\" : false");
        }
    }

    /** @param parameters names and values in turn */
    static ModelNode operation(String address, String name, Object... parameters) {
        ModelNode operation = Management.operation(address, name);
        for (int i = 0; i < parameters.length; i += 2) {
            ModelNode parameter = operation.get((String) parameters[i]);
            if (parameters[i + 1] instanceof ModelNode node) {
                parameter.set(node);
            } else if (parameters[i + 1] instanceof Integer number) {
                parameter.set(number);
            } else {
                parameter.set((String) parameters[i + 1]);
            }
        }
        return operation;
    }

    /** The same, kept in the model even if it cannot take effect. */
    static ModelNode kept(ModelNode operation) {
        ModelNode kept = operation.clone();
        kept.get("operation-headers", "rollback-on-runtime-failure").set(false);
        return kept;
    }

    /**
     * Adds a socket binding, which stays: the server wants a reload when one is removed.
     *
     * @param port the real one
     * @return its name
     */
    String addSocket(int port, Object... parameters) {
        String name = "test-" + port;
        ModelNode add = operation(SOCKETS + name, "add", parameters);
        add.get("port").set(port - server.ports().value());
        does(add);
        return name;
    }

    /** Adds a connector until the end of the test, or until it is removed. */
    void addConnector(String connector, Object... parameters) {
        does(operation(SIP + "/" + connector, "add", parameters));
        undo.push(() -> removeConnector(connector));
    }

    void removeConnector(String connector) {
        try (Management management = server.management()) {
            ModelNode names = Management.operation(SIP, "read-children-names");
            int equals = connector.indexOf('=');
            names.get("child-type").set(connector.substring(0, equals));
            boolean there = management.execute(names).asList().stream()
                    .anyMatch(name -> name.asString().equals(connector.substring(equals + 1)));
            if (there) {
                management.execute(operation(SIP + "/" + connector, "remove"));
            }
        }
    }

    /** Reloads it and waits until it is up again, whether or not each part of it is. */
    void reloads(Object... parameters) {
        reload(server, parameters);
    }

    private static void reload(ServerProcess server, Object... parameters) {
        long before = boots(server);
        try {
            does(server, operation("/", "reload", parameters));
        } catch (UncheckedIOException e) {
            LOG.log(Level.FINE, "the connection ended before the answer came", e);
        }
        await().atMost(RELOADS_WITHIN).pollInterval(LOOK_EVERY).until(() -> boots(server) > before);
    }

    private static long boots(ServerProcess server) {
        return server.log()
                .lines()
                .filter(line -> line.contains("WFLYSRV0025:") || line.contains("WFLYSRV0026:"))
                .count();
    }
}
