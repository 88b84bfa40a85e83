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
 * @param mainServlet servlet that gets every initial request, or null when there is none
 * @param servlets in the order in which they were found
 * @param listeners class names of listeners that are not servlets
 * @param proxyTimeout seconds, 0 for the default of 180
 * @param sessionTimeout minutes until an application session expires, 0 for never
 */
public record ApplicationDescriptor(
        String name,
        String mainServlet,
        List<Servlet> servlets,
        List<String> listeners,
        int proxyTimeout,
        int sessionTimeout) {

    /**
     * One SIP servlet.
     *
     * @param loadOnStartup lower is earlier; negative means when it is first needed
     */
    public record Servlet(String name, String className, int loadOnStartup, Map<String, String> initParameters) {
        public Servlet {
            requireNonNull(name, "name");
            requireNonNull(className, "className");
            initParameters = Map.copyOf(initParameters);
        }
    }

    public ApplicationDescriptor {
        requireNonNull(name, "name");
        servlets = List.copyOf(servlets);
        listeners = List.copyOf(listeners);
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
        if (mainServlet == null && servlets.size() == 1) {
            mainServlet = servlets.get(0).name(); // JSR 289 section 16.1: the only servlet is the main servlet
        }
        if (mainServlet != null && !names.contains(mainServlet)) {
            throw new IllegalArgumentException(
                    "SIP application '" + name + "': main servlet '" + mainServlet + "' is not one of its servlets");
        }
    }
}
