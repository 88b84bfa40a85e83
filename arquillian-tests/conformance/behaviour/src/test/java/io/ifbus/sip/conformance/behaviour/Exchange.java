// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.behaviour;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.ifbus.sip.container.ApplicationDescriptor;
import io.ifbus.sip.container.ConnectorSettings;
import io.ifbus.sip.container.ConnectorSettings.Transport;
import io.ifbus.sip.container.SipApplication;
import io.ifbus.sip.container.SipServer;
import io.ifbus.sip.container.SipServerSettings;
import io.ifbus.sip.container.TestEnvironment;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipServletMessage;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipURI;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One server for a class of stories, with a fresh application, script and phones for each story. */
final class Exchange implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback {
    private static Running running; // guarded by the class

    private final SipServerSettings settings;
    private SipServer server;
    private int port;
    private SipApplication application;
    private TestEnvironment environment;
    private Script script;
    private final List<Phone> phones = new ArrayList<>();

    private Exchange(SipServerSettings settings) {
        this.settings = settings;
    }

    static Exchange usual() {
        return new Exchange(SipServerSettings.DEFAULTS);
    }

    /** Time-outs of transactions come after 64 times that. */
    static Exchange withT1(Duration t1) {
        return new Exchange(SipServerSettings.DEFAULTS.withT1(t1));
    }

    static Exchange with(SipServerSettings settings) {
        return new Exchange(settings);
    }

    // ---- life ----

    /** The server goes on from class to class as long as they want the same settings: its start takes two seconds. */
    private record Running(SipServer server, SipServerSettings settings, int port) {
        static Running start(SipServerSettings settings) throws Exception {
            int port = freePort();
            SipServer server = SipServer.start(settings);
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            server.addConnector(new ConnectorSettings("udp", Transport.UDP, address));
            server.addConnector(new ConnectorSettings("tcp", Transport.TCP, address));
            return new Running(server, settings, port);
        }

        /** Free for UDP and TCP. */
        private static int freePort() throws IOException {
            while (true) {
                try (DatagramSocket udp = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                        ServerSocket tcp = new ServerSocket(udp.getLocalPort(), 1, InetAddress.getLoopbackAddress())) {
                    return tcp.getLocalPort();
                } catch (BindException taken) {
                    continue; // for TCP; another one will do
                }
            }
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        synchronized (Exchange.class) {
            if (running == null || !running.settings().equals(settings)) {
                stopRunning();
                running = Running.start(settings);
            }
            server = running.server();
            port = running.port();
        }
        context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).put(Exchange.class, (AutoCloseable)
                Exchange::stopRunning);
    }

    private static synchronized void stopRunning() {
        if (running != null) {
            running.server().stop();
            running = null;
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        script = new Script();
        Attendant.script = script;
        deploy(ApplicationDescriptor.of(
                "test",
                "Attendant",
                List.of(servlet("Attendant", 1), servlet("Deputy", 2)),
                List.of(Observer.class.getName()),
                0,
                3));
    }

    static ApplicationDescriptor.Servlet servlet(String name, int loadOnStartup) {
        return new ApplicationDescriptor.Servlet(name, Attendant.class.getName(), loadOnStartup, Map.of());
    }

    private void deploy(ApplicationDescriptor descriptor) throws Exception {
        environment = new TestEnvironment();
        application = server.deploy(descriptor, environment);
    }

    /** Another application instead of the usual one, for this story. */
    void deploysInstead(ApplicationDescriptor descriptor) throws Exception {
        undeploys();
        deploy(descriptor);
    }

    void undeploys() {
        if (application != null) {
            server.undeploy(application);
            application = null;
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        undeploys();
        phones.forEach(Phone::close);
        phones.clear();
        script.assertNothingFailed();
    }

    // ---- what a story needs ----

    Phone phone(String name) {
        try {
            Phone phone = new Phone(name, port);
            phones.add(phone);
            return phone;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Script script() {
        return script;
    }

    SipServer server() {
        return server;
    }

    int port() {
        return port;
    }

    Duration t1() {
        return settings.t1();
    }

    SipApplication application() {
        return application;
    }

    ServletContext context() {
        return environment.servletContext();
    }

    SipFactory factory() {
        return application.sipFactory();
    }

    SipURI uri(Phone phone) {
        try {
            return (SipURI) factory().createURI(phone.uri());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A request of the application's own to that phone, in a new application session. */
    SipServletRequest request(String method, Phone callee) throws Exception {
        return factory().createRequest(factory().createApplicationSession(), method, "sip:us@127.0.0.1", callee.uri());
    }

    /** Does {@code work} in the session's order, as the application would, and waits for its end. */
    <T> T inOrder(SipApplicationSession session, Callable<T> work) throws Exception {
        CompletableFuture<T> result = new CompletableFuture<>();
        application.serialExecution().execute(session, () -> {
            try {
                result.complete(work.call());
            } catch (Throwable e) { // an assertion's error too is the test's
                result.completeExceptionally(e);
            }
        });
        try {
            return result.get(Phone.PATIENCE.toMillis(), MILLISECONDS);
        } catch (java.util.concurrent.ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Sends it in the session's order. */
    <M extends SipServletMessage> M sends(M message) throws Exception {
        return inOrder(message.getApplicationSession(), () -> {
            message.send();
            return message;
        });
    }
}
