// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Optional;
import java.util.function.Consumer;
import javax.servlet.sip.SipServlet;
import org.mobicents.servlet.sip.core.MobicentsSipServlet;

/**
 * One SIP servlet: made once, on its first use or at start-up, and used by many threads at a time.
 *
 * <pre>
 *   none --first use--> made --destroy--> destroyed
 *     |  ^                |
 *     |  | time is up     | UnavailableException from service: its destroy() is called
 *     v  |                v
 *    unavailable <--------+      (for a time, or for good)
 * </pre>
 */
final class ServletHolder implements MobicentsSipServlet, ServletConfig {
    private final ApplicationDescriptor.Servlet descriptor;
    private final ApplicationEnvironment environment;
    private final InstantSource clock;
    private final Consumer<SipServlet> initialised;
    private ApplicationEnvironment.Instance instance; // this and the next two: guarded by this
    private boolean destroyed;
    private Instant unavailableUntil = Instant.MIN; // MAX: for good

    /** @param initialised told of the servlet each time that its {@code init} has returned */
    ServletHolder(
            ApplicationDescriptor.Servlet descriptor,
            ApplicationEnvironment environment,
            InstantSource clock,
            Consumer<SipServlet> initialised) {
        this.descriptor = descriptor;
        this.environment = environment;
        this.clock = clock;
        this.initialised = initialised;
    }

    /**
     * The servlet, initialised, or one that refuses requests while it is unavailable.
     *
     * @throws ServletException if it could not be made or its {@code init} threw; the next call tries again
     */
    @Override
    public Servlet allocate() throws ServletException {
        Servlet servlet;
        try {
            servlet = servlet();
        } catch (UnavailableException e) {
            return new UnavailableServlet(retryAfter());
        }
        return new LoggedServlet(this, servlet);
    }

    /**
     * The application's own object.
     *
     * @throws UnavailableException if it has said that it is not available
     * @throws ServletException as {@link #allocate} does
     */
    synchronized SipServlet servlet() throws ServletException {
        if (destroyed) { // for a message that was on its way when the application went out of service
            throw new ServletException("SIP servlet '" + descriptor.name() + "' is out of service");
        }
        if (isUnavailable()) {
            throw new UnavailableException("SIP servlet '" + descriptor.name() + "' is unavailable");
        }
        if (instance == null) {
            ApplicationEnvironment.Setup setup = environment.enter();
            try {
                instance = create();
                initialised.accept((SipServlet) instance.object());
            } finally {
                setup.undo();
            }
        }
        return (SipServlet) instance.object();
    }

    /** The application's own object, if it has been made and initialised. */
    synchronized Optional<SipServlet> made() {
        return Optional.ofNullable(instance).map(made -> (SipServlet) made.object());
    }

    private ApplicationEnvironment.Instance create() throws ServletException {
        ApplicationEnvironment.Instance created;
        try {
            Class<?> type = environment.classLoader().loadClass(descriptor.className());
            created = environment.instantiate(type);
        } catch (Exception e) {
            throw new ServletException("SIP servlet '" + descriptor.name() + "' could not be made", e);
        }
        try {
            ((Servlet) created.object()).init(this);
            return created;
        } catch (UnavailableException e) {
            created.release();
            refuseUntil(e);
            throw e;
        } catch (ServletException | RuntimeException | Error e) {
            created.release();
            throw e;
        }
    }

    /** Takes the servlet out of service because its code asked for it; destroys it. */
    synchronized void becameUnavailable(UnavailableException asked) {
        if (instance != null) {
            release();
            refuseUntil(asked);
        }
    }

    private void refuseUntil(UnavailableException asked) {
        unavailableUntil =
                asked.isPermanent() ? Instant.MAX : clock.instant().plusSeconds(asked.getUnavailableSeconds());
        ContainerLogger.LOG.servletUnavailable(
                descriptor.name(), asked.isPermanent() ? "for good" : asked.getUnavailableSeconds() + " s", asked);
    }

    /** How long the servlet will be unavailable; zero where it is for good. */
    private synchronized Duration retryAfter() {
        return unavailableUntil.equals(Instant.MAX)
                ? Duration.ZERO
                : Duration.between(clock.instant(), unavailableUntil);
    }

    @Override
    public void deallocate(Servlet servlet) {
        // one instance serves all
    }

    synchronized void destroy() {
        destroyed = true;
        if (instance != null) {
            release();
        }
    }

    private void release() {
        ApplicationEnvironment.Setup setup = environment.enter();
        try {
            ((Servlet) instance.object()).destroy();
        } catch (RuntimeException e) { // the application goes down all the same
            ContainerLogger.LOG.servletDestroyFailed(descriptor.name(), e);
        } finally {
            instance.release();
            instance = null;
            setup.undo();
        }
    }

    ApplicationDescriptor.Servlet descriptor() {
        return descriptor;
    }

    ApplicationEnvironment environment() {
        return environment;
    }

    @Override
    public String getName() {
        return descriptor.name();
    }

    @Override
    public int getLoadOnStartup() {
        return descriptor.loadOnStartup();
    }

    @Override
    public synchronized boolean isUnavailable() {
        return clock.instant().isBefore(unavailableUntil);
    }

    @Override
    public String getServletName() {
        return descriptor.name();
    }

    @Override
    public ServletContext getServletContext() {
        return environment.servletContext();
    }

    @Override
    public String getInitParameter(String name) {
        return descriptor.initParameters().get(name);
    }

    @Override
    public Enumeration<String> getInitParameterNames() {
        return Collections.enumeration(descriptor.initParameters().keySet());
    }
}
