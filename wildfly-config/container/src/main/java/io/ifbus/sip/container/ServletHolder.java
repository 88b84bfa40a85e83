// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.Collections;
import java.util.Enumeration;
import org.mobicents.servlet.sip.core.MobicentsSipServlet;

/** One SIP servlet: made once, on its first use or at start-up, and used by many threads at a time. */
final class ServletHolder implements MobicentsSipServlet, ServletConfig {
    private final ApplicationDescriptor.Servlet descriptor;
    private final ApplicationEnvironment environment;
    private ApplicationEnvironment.Instance instance; // guarded by this
    private boolean destroyed; // guarded by this

    ServletHolder(ApplicationDescriptor.Servlet descriptor, ApplicationEnvironment environment) {
        this.descriptor = descriptor;
        this.environment = environment;
    }

    /**
     * The servlet, initialised.
     *
     * @throws ServletException if it could not be made or its {@code init} threw; the next call tries again
     */
    @Override
    public Servlet allocate() throws ServletException {
        return new LoggedServlet(descriptor.name(), servlet());
    }

    /** The application's own object; throws as {@link #allocate} does. */
    synchronized Servlet servlet() throws ServletException {
        if (destroyed) { // for a message that was on its way when the application went out of service
            throw new ServletException("SIP servlet '" + descriptor.name() + "' is out of service");
        }
        if (instance == null) {
            ApplicationEnvironment.Setup setup = environment.enter();
            try {
                instance = create();
            } finally {
                setup.undo();
            }
        }
        return (Servlet) instance.object();
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
        } catch (ServletException | RuntimeException e) {
            created.release();
            throw e;
        }
    }

    @Override
    public void deallocate(Servlet servlet) {
        // one instance serves all
    }

    synchronized void destroy() {
        destroyed = true;
        if (instance == null) {
            return;
        }
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

    @Override
    public String getName() {
        return descriptor.name();
    }

    @Override
    public int getLoadOnStartup() {
        return descriptor.loadOnStartup();
    }

    @Override
    public boolean isUnavailable() {
        return false;
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
