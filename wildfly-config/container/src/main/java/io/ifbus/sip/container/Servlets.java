// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import jakarta.servlet.ServletException;
import jakarta.servlet.UnavailableException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletContextEvent;
import javax.servlet.sip.SipServletListener;
import org.mobicents.servlet.sip.core.MobicentsSipServlet;

/** One application's servlets, from load on start-up to destroy. */
final class Servlets {
    private final Map<String, MobicentsSipServlet> byName = new LinkedHashMap<>();
    private final ApplicationEnvironment environment;
    private List<SipServletListener> listeners = List.of(); // guarded by this
    private boolean announced; // guarded by this

    Servlets(List<ApplicationDescriptor.Servlet> servlets, ApplicationEnvironment environment) {
        this.environment = environment;
        for (ApplicationDescriptor.Servlet servlet : servlets) {
            byName.put(
                    servlet.name(),
                    new ServletHolder(servlet, environment, InstantSource.system(), this::announceLater));
        }
    }

    /**
     * Makes those that load on start-up, in their order. One that is unavailable does not keep the others from service.
     *
     * @throws ServletException if one cannot be made; those made before stay until {@link #destroy}
     */
    void load() throws ServletException {
        for (ServletHolder servlet : onStartup()) {
            try {
                servlet.servlet();
            } catch (UnavailableException e) {
                continue; // has been logged, and refuses its requests
            }
        }
    }

    private List<ServletHolder> onStartup() {
        return byName.values().stream()
                .map(ServletHolder.class::cast)
                .filter(servlet -> servlet.getLoadOnStartup() >= 0)
                .sorted(Comparator.comparingInt(ServletHolder::getLoadOnStartup))
                .toList();
    }

    /** Tells {@code told} of the servlets that are initialised, and from now on of each one that comes later. */
    void announce(List<SipServletListener> told) {
        synchronized (this) {
            listeners = List.copyOf(told);
            announced = true;
        }
        for (MobicentsSipServlet servlet : byName.values()) {
            ((ServletHolder) servlet).made().ifPresent(this::tell);
        }
    }

    private void announceLater(SipServlet servlet) {
        boolean now;
        synchronized (this) {
            now = announced;
        }
        if (now) {
            tell(servlet);
        }
    }

    private void tell(SipServlet servlet) {
        List<SipServletListener> told;
        synchronized (this) {
            told = listeners;
        }
        SipServletContextEvent event = new SipServletContextEvent(environment.servletContext(), servlet);
        told.forEach(listener -> listener.servletInitialized(event));
    }

    void destroy() {
        byName.values().forEach(servlet -> ((ServletHolder) servlet).destroy());
    }

    MobicentsSipServlet named(String name) {
        return name == null ? null : byName.get(name);
    }

    Optional<ServletHolder> ofClass(String className) {
        return byName.values().stream()
                .map(ServletHolder.class::cast)
                .filter(servlet -> servlet.descriptor().className().equals(className))
                .findFirst();
    }

    Map<String, MobicentsSipServlet> all() {
        return byName;
    }
}
