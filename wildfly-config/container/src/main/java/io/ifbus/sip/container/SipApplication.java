// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import io.ifbus.sip.spi.MessageTaps;
import io.ifbus.sip.spi.SerialExecution;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.servlet.sip.SipErrorEvent;
import javax.servlet.sip.SipErrorListener;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipSessionsUtil;
import javax.servlet.sip.TimerService;
import org.mobicents.servlet.sip.core.MobicentsSipServlet;
import org.mobicents.servlet.sip.core.SipContextEvent;
import org.mobicents.servlet.sip.core.SipContextEventType;
import org.mobicents.servlet.sip.core.SipManager;
import org.mobicents.servlet.sip.core.descriptor.MobicentsSipServletMapping;
import org.mobicents.servlet.sip.core.message.MobicentsSipServletRequest;
import org.mobicents.servlet.sip.core.message.MobicentsSipServletResponse;
import org.mobicents.servlet.sip.core.session.MobicentsSipApplicationSession;
import org.mobicents.servlet.sip.core.session.MobicentsSipSession;
import org.mobicents.servlet.sip.core.session.MobicentsSipSessionsUtil;
import org.mobicents.servlet.sip.core.session.SipSessionsUtilImpl;
import org.mobicents.servlet.sip.core.timers.ProxyTimerService;
import org.mobicents.servlet.sip.core.timers.SipApplicationSessionTimerService;
import org.mobicents.servlet.sip.message.SipFactoryFacade;
import org.mobicents.servlet.sip.message.SipFactoryImpl;

/**
 * One deployed SIP application: its servlets, listeners and sessions, and what the engine asks about it.
 *
 * <p>Made and started by {@link SipServer#deploy}. Safe for use by any thread once it is started.
 */
public final class SipApplication extends SipApplicationAttributes {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final SipServer server;
    private final ApplicationEnvironment environment;
    private final Servlets servlets;
    private final ServletMappings mappings;
    private final Sessions sessions;
    private final Listeners listeners;
    private final SipFactoryFacade factory;
    private final SipSessionsUtilImpl sessionsUtil;
    private final ServletTimers timers;
    private final ExpiryTimers expiryTimers;
    private final EngineThreads threads;
    private final ApplicationTaps taps;
    private final SessionExecution execution;
    private volatile Method keyMethod;
    private volatile boolean stopping;

    SipApplication(SipServer server, ApplicationDescriptor descriptor, ApplicationEnvironment environment) {
        super(descriptor, environment, server::nonces);
        this.server = server;
        this.environment = environment;
        this.servlets = new Servlets(descriptor.servlets(), environment);
        this.mappings = new ServletMappings(descriptor.selection());
        SipFactoryImpl engineFactory = (SipFactoryImpl) server.dispatcher().getSipFactory();
        this.sessions = new Sessions(server.queues(), this, engineFactory, environment);
        this.listeners = new Listeners(this, servlets, environment);
        this.factory = new CheckedFactory(engineFactory, this);
        this.sessionsUtil = new SipSessionsUtilImpl(this);
        this.timers = new ServletTimers(server.timers(), server.queues());
        this.expiryTimers = new ExpiryTimers(server.timers());
        this.taps = new ApplicationTaps(server, descriptor.name());
        this.execution = new SessionExecution(server.queues(), environment, () -> stopping);
        this.threads = new EngineThreads(environment, server.queues());
    }

    // ---- what the application is given ----

    public SipFactory sipFactory() {
        return factory;
    }

    public TimerService timerService() {
        return timers;
    }

    public SipSessionsUtil sipSessionsUtil() {
        return sessionsUtil;
    }

    /** See {@link SerialExecution}. */
    public SerialExecution serialExecution() {
        return execution;
    }

    /** See {@link MessageTaps}. */
    public MessageTaps messageTaps() {
        return taps;
    }

    /** Runs {@code task} as the application's own on the session's queue, unless the session has ended by then. */
    Future<?> after(long millis, MobicentsSipApplicationSession session, Runnable task) {
        return server.timers().once(session, () -> execution.runInside(task), millis, TimeUnit.MILLISECONDS);
    }

    void noPrackReceived(SipErrorEvent event) {
        for (SipErrorListener listener : listeners.getSipErrorListeners()) {
            listener.noPrackReceived(event);
        }
    }

    void noAckReceived(SipErrorEvent event) {
        for (SipErrorListener listener : listeners.getSipErrorListeners()) {
            listener.noAckReceived(event);
        }
    }

    // ---- life ----

    /**
     * Makes the servlets that load on start-up and the listeners.
     *
     * @throws ServletException if one of them cannot be made; {@link #stop} clears up what was
     */
    void start() throws ServletException {
        ContextAttributes.publish(environment.servletContext(), this, server.dispatcher());
        keyMethod = KeyMethods.find(descriptor().keyMethod(), environment.classLoader());
        ApplicationEnvironment.Setup setup = environment.enter();
        try {
            listeners.loadListeners(descriptor().listeners().toArray(String[]::new), environment.classLoader());
        } finally {
            setup.undo();
        }
        servlets.load();
    }

    /** Ends the sessions; what is queued for them does not run any more. */
    void endSessions() {
        stopping = true;
        try {
            if (!sessions.endAll(GRACE)) {
                ContainerLogger.LOG.sessionsLeft(getApplicationName(), sessionCount());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What fails is logged, and the rest is done all the same. */
    void stop() {
        stopping = true;
        List<Runnable> steps = List.of(
                taps::close,
                servlets::destroy,
                listeners::release,
                sessions::forgetAll,
                () -> ContextAttributes.withdraw(environment.servletContext()));
        for (Runnable step : steps) {
            try {
                step.run();
            } catch (RuntimeException | Error e) {
                ContainerLogger.LOG.stopFailed(e);
            }
        }
    }

    /** Application sessions that live now. */
    public int sessionCount() {
        return sessions.getNumberOfSipApplicationSessions();
    }

    /** SIP sessions that live now. */
    public int sipSessionCount() {
        return sessions.getNumberOfSipSessions();
    }

    // ---- the engine enters and leaves ----

    @Override
    public void enterSipContext() {
        threads.enterContext();
    }

    @Override
    public void exitSipContext(ClassLoader previous) {
        threads.exitContext(previous);
    }

    @Override
    public void enterSipApp(
            MobicentsSipApplicationSession session,
            MobicentsSipSession sipSession,
            boolean isApplicationsThread,
            boolean isContainerManaged) {
        if (!isApplicationsThread) { // else no exit follows; an application orders its own threads by SerialExecution
            threads.enterSession(session);
        }
    }

    @Override
    public void exitSipApp(MobicentsSipApplicationSession session, MobicentsSipSession sipSession) {
        threads.exitSession();
    }

    @Override
    public boolean enterSipAppHa(boolean startCacheActivity) {
        return false;
    }

    @Override
    public void exitSipAppHa(
            MobicentsSipServletRequest request, MobicentsSipServletResponse response, boolean batchStarted) {
        // nothing is replicated
    }

    // ---- what the engine asks ----

    @Override
    public boolean notifySipContextListeners(SipContextEvent event) {
        if (event.getEventType() != SipContextEventType.SERVLET_INITIALIZED) {
            return true;
        }
        ApplicationEnvironment.Setup setup = environment.enter();
        try {
            servlets.announce(listeners.getSipServletsListeners());
            return true;
        } finally {
            setup.undo();
        }
    }

    @Override
    public Listeners getListeners() {
        return listeners;
    }

    @Override
    public SipManager getSipManager() {
        return sessions;
    }

    @Override
    public org.mobicents.servlet.sip.core.SipApplicationDispatcher getSipApplicationDispatcher() {
        return server.dispatcher();
    }

    @Override
    public String getApplicationNameHashed() {
        return server.dispatcher().getHashFromApplicationName(getApplicationName());
    }

    @Override
    public SipFactory getSipFactoryFacade() {
        return factory;
    }

    @Override
    public MobicentsSipSessionsUtil getSipSessionsUtil() {
        return sessionsUtil;
    }

    @Override
    public TimerService getTimerService() {
        return timers;
    }

    @Override
    public ProxyTimerService getProxyTimerService() {
        return server.proxyTimers();
    }

    @Override
    public SipApplicationSessionTimerService getSipApplicationSessionTimerService() {
        return expiryTimers;
    }

    @Override
    public ServletContext getServletContext() {
        return environment.servletContext();
    }

    @Override
    public String getPath() {
        return environment.servletContext().getContextPath();
    }

    @Override
    public ClassLoader getSipContextClassLoader() {
        return environment.classLoader();
    }

    @Override
    public MobicentsSipServlet findSipServletByName(String name) {
        return servlets.named(name);
    }

    @Override
    public MobicentsSipServlet findSipServletByClassName(String className) {
        return null; // asked for the servlet that has the key method, to call it on that object; ours is static
    }

    @Override
    public Map<String, MobicentsSipServlet> getChildrenMap() {
        return servlets.all();
    }

    @Override
    public MobicentsSipServletMapping findSipServletMappings(SipServletRequest request) {
        return mappings.servletFor(request).map(MappedServlet::new).orElse(null);
    }

    @Override
    public Method getSipApplicationKeyMethod() {
        return keyMethod;
    }

    @Override
    public void stopGracefully(long millis) {
        throw new UnsupportedOperationException("the application server suspends; an application does not");
    }

    @Override
    public boolean isStoppingGracefully() {
        return stopping;
    }
}
