// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static io.ifbus.sip.container.ContainerLogger.LOG;
import static java.util.Objects.requireNonNull;

import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.stack.SerialTransports;
import io.ifbus.sip.dispatch.SerialQueues;
import io.ifbus.sip.locator.Locator;
import io.ifbus.sip.security.Nonces;
import io.ifbus.sip.spi.MessageTap;
import io.ifbus.sip.transport.Wire;
import io.ifbus.sip.transport.WireCounters;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.servlet.sip.ar.spi.SipApplicationRouterProvider;
import javax.sip.SipException;
import org.mobicents.servlet.sip.annotation.ConcurrencyControlMode;
import org.mobicents.servlet.sip.core.timers.ProxyTimerService;
import org.mobicents.servlet.sip.message.SipFactoryImpl;
import org.mobicents.servlet.sip.startup.StaticServiceHolder;

/**
 * A SIP server: the stack, its connectors, the applications.
 *
 * <pre>
 *   made --start--> running --stop--> stopped      connectors and applications come and go while it is running
 * </pre>
 *
 * <p>The engine keeps its surroundings in static fields, so one class loader holds one server at a time. The methods
 * that change it exclude each other; the rest is safe for use by any thread.
 */
public final class SipServer {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int NONCES = 65_536; // in use at a time

    private final SipServerSettings settings;
    private final Workers workers;
    private final SerialQueues queues;
    private final Wire wire;
    private final Timers timers;
    private final SerialDispatcher dispatcher;
    private final SipStackImpl stack;
    private final ProxyTimerService proxyTimers;
    private final Connectors connectors;
    private final Map<Duration, Nonces> nonces = new ConcurrentHashMap<>();
    private volatile boolean suspended;
    private RouterConfiguration router; // set before the server is given out

    private SipServer(SipServerSettings settings, Workers workers) throws SipException {
        this.settings = settings;
        this.workers = workers;
        this.queues = new SerialQueues(workers, PATIENCE, LOG::taskFailed);
        this.wire = new Wire(queues, settings.limits(), failure -> LOG.socketFailed(failure.getMessage(), failure));
        wire.onReject((kind, peer, reason, suppressed) -> LOG.rejected(peer, reason, suppressed));
        this.stack = SerialTransports.createStack(StackSettings.properties(), wire);
        stack.sipMessageValves.add(new ForkValve(stack));
        this.timers = new Timers(queues, LOG::taskFailed);
        EngineService service = new EngineService(stack);
        StaticServiceHolder.sipStandardService = service;
        this.proxyTimers = new ProxyTimers(timers);
        this.dispatcher = new SerialDispatcher(queues);
        service.setSipApplicationDispatcher(dispatcher);
        dispatcher.setSipService(service);
        dispatcher.setSipStack(stack);
        this.connectors = new Connectors(stack, dispatcher, settings.limits());
    }

    /**
     * Makes and starts a server without connectors.
     *
     * @throws SipException if the stack refuses to start; nothing is left running
     * @throws IllegalArgumentException if the application router's configuration cannot be parsed; nothing was made
     */
    public static SipServer start(SipServerSettings settings) throws SipException {
        requireNonNull(settings, "settings");
        RouterConfiguration.check(settings.applicationRouter());
        Workers workers = new Workers(settings.workerThreads());
        SipServer server = null;
        try {
            server = new SipServer(settings, workers);
            server.init();
            return server;
        } catch (SipException | RuntimeException | Error e) {
            if (server != null) {
                server.stop();
            }
            workers.shutdownNow();
            StaticServiceHolder.sipStandardService = null;
            throw e;
        }
    }

    private void init() {
        ManagementFactory.getPlatformMBeanServer(); // the engine registers itself with the first one there is
        SipFactoryImpl factory = (SipFactoryImpl) dispatcher.getSipFactory();
        factory.initialize("gov.nist", true);
        dispatcher.setDomain("ifbus.sip");
        dispatcher.setGatherStatistics(false);
        dispatcher.setConcurrencyControlMode(ConcurrencyControlMode.None);
        dispatcher.setBypassRequestExecutor(true); // the queues order the work; a second executor would undo it
        dispatcher.setBypassResponseExecutor(true);
        dispatcher.setBaseTimerInterval((int) settings.t1().toMillis());
        dispatcher.setT2Interval((int) settings.t2().toMillis());
        dispatcher.setT4Interval((int) settings.t4().toMillis());
        dispatcher.setDNSServerLocator(new Locator());
        ApplicationRouting.Provider.whileNamed(dispatcher::init);
        router = new RouterConfiguration((ApplicationRouting) dispatcher.getSipApplicationRouter());
        router.configure(settings.applicationRouter());
        dispatcher.start();
        dispatcher.putInService();
    }

    // ---- the application router ----

    /**
     * Takes that configuration of the default application router from now on (JSR 289 appendix C); calls under way keep
     * their applications. An empty one: the file that the system property {@code javax.servlet.sip.dar} names, which is
     * read anew at each deployment; without it, the first application of the alphabet gets each request from outside.
     *
     * @param routes tuples by method, or by ALL for the methods that are not named
     * @throws IllegalArgumentException if it cannot be parsed, naming the method or the line; nothing has changed
     */
    public synchronized void configureRouter(Map<String, String> routes) {
        router.configure(routes);
    }

    /** Asks the router of {@code provider} from now on, until {@link #configureRouter}. */
    public synchronized void useRouter(SipApplicationRouterProvider provider) {
        router.use(provider.getSipApplicationRouter());
    }

    // ---- connectors ----

    /**
     * Opens a connector.
     *
     * @throws IOException if it cannot be opened, with the reason in words; nothing is left open
     * @throws IllegalArgumentException if the name is taken
     */
    public void addConnector(ConnectorSettings connector) throws IOException {
        connectors.add(connector);
    }

    /** Closes the connector of that name; unknown names are ignored. Dialogs stay. */
    public void removeConnector(String name) {
        connectors.remove(name);
    }

    /** The receive buffer that the system granted the UDP connector on {@code address}, in bytes; 0 if there is none. */
    public int receiveBufferBytes(InetSocketAddress address) throws IOException {
        return SerialTransports.receiveBufferBytes(stack, address);
    }

    // ---- admission ----

    /**
     * Refuses calls from now on: an initial request gets 503 before any servlet, what belongs to a dialog passes. May be
     * called before there is a connector, and again.
     *
     * @param retryAfterSeconds what the sender is told
     */
    public void suspend(int retryAfterSeconds) {
        suspended = true;
        wire.suspend(retryAfterSeconds);
    }

    /** Takes calls again. */
    public void resume() {
        wire.resume();
        suspended = false;
    }

    public boolean isSuspended() {
        return suspended;
    }

    // ---- applications ----

    /**
     * Deploys and starts an application.
     *
     * @throws ServletException if a servlet or listener of it cannot be made; nothing of it is left
     * @throws IllegalStateException if an application of that name is deployed
     */
    public synchronized SipApplication deploy(ApplicationDescriptor descriptor, ApplicationEnvironment environment)
            throws ServletException {
        if (dispatcher.findSipApplication(descriptor.name()) != null) {
            throw new IllegalStateException("a SIP application named '" + descriptor.name() + "' is deployed already");
        }
        SipApplication application = new SipApplication(this, descriptor, environment);
        router.refresh();
        try {
            application.start();
            dispatcher.addSipApplication(descriptor.name(), application);
        } catch (ServletException | RuntimeException | Error e) {
            takeOut(application);
            throw e;
        }
        LOG.applicationStarted(
                descriptor.name(),
                descriptor.servlets().stream()
                        .map(ApplicationDescriptor.Servlet::name)
                        .toList());
        return application;
    }

    /** Ends the application's sessions and takes it out of service. */
    public synchronized void undeploy(SipApplication application) {
        router.refresh();
        takeOut(application);
        LOG.applicationStopped(application.getApplicationName());
    }

    private void takeOut(SipApplication application) {
        application.endSessions();
        String name = application.getApplicationName();
        if (dispatcher.findSipApplication(name) == application) { // else it has not come so far
            dispatcher.removeSipApplication(name);
        }
        application.endSessions(); // of what was on its way to it
        application.stop();
    }

    /**
     * Closes the connectors and ends all threads; transactions under way are cut off. What fails is logged, and the rest is
     * stopped all the same.
     */
    public synchronized void stop() {
        List<Runnable> steps = new ArrayList<>();
        connectors.names().forEach(name -> steps.add(() -> connectors.remove(name)));
        steps.add(dispatcher::stop);
        steps.add(timers::stop);
        steps.add(proxyTimers::stop);
        steps.add(workers::shutdownNow);
        for (Runnable step : steps) {
            try {
                step.run();
            } catch (RuntimeException e) {
                LOG.stopFailed(e);
            }
        }
        StaticServiceHolder.sipStandardService = null;
    }

    // ---- what may be seen of it ----

    /** Shows {@code tap} every message from now on. */
    public void add(MessageTap tap) {
        wire.add(tap);
    }

    public void remove(MessageTap tap) {
        wire.remove(tap);
    }

    /** Names of calls and sessions with work or state now; 0 when the server is at rest. */
    public int queueNames() {
        return queues.size();
    }

    /** What has passed the sockets. */
    public WireCounters counters() {
        return wire.counters();
    }

    /** Connections of all stream transports that are open now. */
    public int connectionCount() {
        return SerialTransports.connectionCount(stack);
    }

    /** Client and server transactions in the stack now. */
    public int transactionCount() {
        return stack.getServerTransactionTableSize() + stack.getClientTransactionTableSize();
    }

    public int clientTransactionCount() {
        return stack.getClientTransactionTableSize();
    }

    public int serverTransactionCount() {
        return stack.getServerTransactionTableSize();
    }

    /** Dialogs in the stack now, early ones included. */
    public int dialogCount() {
        return stack.getDialogs().size();
    }

    /** Tasks that wait in the calls' queues; a moment's view. */
    public int queuedTasks() {
        return queues.depth();
    }

    /** Times that a tap has thrown. */
    public long failedTaps() {
        return wire.failedTaps();
    }

    /** Workers that run a task now. */
    public int busyWorkers() {
        return workers.getActiveCount();
    }

    SerialDispatcher dispatcher() {
        return dispatcher;
    }

    SerialQueues queues() {
        return queues;
    }

    Timers timers() {
        return timers;
    }

    /** Those of all applications that let a nonce live so long. */
    Nonces nonces(Duration lifetime) {
        return nonces.computeIfAbsent(
                lifetime, wanted -> new Nonces(InstantSource.system(), new SecureRandom(), wanted, NONCES));
    }

    ProxyTimerService proxyTimers() {
        return proxyTimers;
    }
}
