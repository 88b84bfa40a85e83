// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an application says of itself, by annotations or by sip.xml.
 *
 * @param name application name, unique in the server (JSR 289 section 18.2.2)
 * @param selection which servlet gets an initial request
 * @param servlets in the order in which they were found
 * @param listeners class names of listeners, those that are servlets too included
 * @param contextParameters of sip.xml's {@code context-param}
 * @param keyMethod the method marked {@code @SipApplicationKey}, or null
 * @param proxyTimeout seconds, 0 for the default of 180
 * @param sessionTimeout minutes until an application session expires, 0 for never
 * @param distributable whether sessions may be replicated
 * @param security who may call which servlet
 */
public record ApplicationDescriptor(
        String name,
        ServletSelection selection,
        List<Servlet> servlets,
        List<String> listeners,
        Map<String, String> contextParameters,
        KeyMethod keyMethod,
        int proxyTimeout,
        int sessionTimeout,
        boolean distributable,
        SipSecurity security) {

    /**
     * One SIP servlet.
     *
     * @param loadOnStartup lower is earlier; negative means when it is first needed
     * @param runAs role that its code has towards other components, or null
     * @param roleLinks the application's role by the name that the servlet's code uses for it
     */
    public record Servlet(
            String name,
            String className,
            int loadOnStartup,
            Map<String, String> initParameters,
            String runAs,
            Map<String, String> roleLinks) {
        public Servlet {
            requireNonNull(name, "name");
            requireNonNull(className, "className");
            initParameters = Map.copyOf(initParameters);
            roleLinks = Map.copyOf(roleLinks);
        }

        /** A servlet with nothing said about roles. */
        public Servlet(String name, String className, int loadOnStartup, Map<String, String> initParameters) {
            this(name, className, loadOnStartup, initParameters, null, Map.of());
        }
    }

    /** A public static method that takes a SipServletRequest and gives a String (JSR 289 section 15.11.2). */
    public record KeyMethod(String className, String methodName) {
        public KeyMethod {
            requireNonNull(className, "className");
            requireNonNull(methodName, "methodName");
        }
    }

    public ApplicationDescriptor {
        requireNonNull(name, "name");
        requireNonNull(selection, "selection");
        requireNonNull(security, "security");
        servlets = List.copyOf(servlets);
        listeners = List.copyOf(listeners);
        contextParameters = Map.copyOf(contextParameters);
        if (name.isBlank()) {
            throw new IllegalArgumentException("a SIP application needs a name");
        }
        if (servlets.isEmpty()) {
            throw new IllegalArgumentException("SIP application '" + name + "' has no SIP servlet");
        }
        if (proxyTimeout < 0 || sessionTimeout < 0) {
            throw new IllegalArgumentException("SIP application '" + name + "': a time-out must be >= 0");
        }
        Set<String> names = new HashSet<>();
        for (Servlet servlet : servlets) {
            if (!names.add(servlet.name())) {
                throw new IllegalArgumentException(
                        "SIP application '" + name + "' has two servlets named '" + servlet.name() + "'");
            }
        }
        if (selection.equals(ServletSelection.NONE) && servlets.size() == 1) {
            // JSR 289 section 16.1: the only servlet is the main servlet
            selection = new ServletSelection.Main(servlets.get(0).name());
        }
        for (String servlet : selection.servlets()) {
            if (!names.contains(servlet)) {
                throw new IllegalArgumentException("SIP application '" + name + "': servlet '" + servlet
                        + "' is selected, but is not one of its servlets");
            }
        }
    }

    /**
     * An application without parameters, key or security.
     *
     * @param mainServlet name of the servlet that gets every initial request, or null
     */
    public static ApplicationDescriptor of(
            String name,
            String mainServlet,
            List<Servlet> servlets,
            List<String> listeners,
            int proxyTimeout,
            int sessionTimeout) {
        return new ApplicationDescriptor(
                name,
                mainServlet == null ? ServletSelection.NONE : new ServletSelection.Main(mainServlet),
                servlets,
                listeners,
                Map.of(),
                null,
                proxyTimeout,
                sessionTimeout,
                false,
                SipSecurity.NONE);
    }

    /** The servlet that gets every initial request, or null when there are mappings or nothing is said. */
    public String mainServlet() {
        return selection instanceof ServletSelection.Main main ? main.servlet() : null;
    }
}
