// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment.descriptor;

import io.ifbus.sip.container.ApplicationDescriptor;
import io.ifbus.sip.container.ServletSelection;
import io.ifbus.sip.container.SipSecurity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What one source, the annotations or sip.xml, says of an application. Null where it says nothing.
 *
 * @param proxyTimeout seconds
 * @param sessionTimeout minutes, 0 for never
 * @param security with no servlet in a constraint that is meant for all of them
 */
record Declaration(
        String name,
        ServletSelection selection,
        List<Servlet> servlets,
        List<String> listeners,
        Map<String, String> contextParameters,
        ApplicationDescriptor.KeyMethod keyMethod,
        Integer proxyTimeout,
        Integer sessionTimeout,
        Boolean distributable,
        SipSecurity security) {
    private static final int SESSION_MINUTES = 3; // JSR 289 section 6.1.2
    private static final int PROXY_SECONDS = 180; // section 10.2.3
    private static final int WHEN_FIRST_NEEDED = -1;

    /** One servlet; {@code loadOnStartup} and {@code runAs} may be null. */
    record Servlet(
            String name,
            String className,
            Integer loadOnStartup,
            Map<String, String> initParameters,
            String runAs,
            Map<String, String> roleLinks) {
        Servlet {
            initParameters = Map.copyOf(initParameters);
            roleLinks = Map.copyOf(roleLinks);
        }

        private Servlet over(Servlet other) {
            return other == null || loadOnStartup != null
                    ? this
                    : new Servlet(name, className, other.loadOnStartup, initParameters, runAs, roleLinks);
        }

        private ApplicationDescriptor.Servlet described() {
            int load = Objects.requireNonNullElse(loadOnStartup, WHEN_FIRST_NEEDED);
            return new ApplicationDescriptor.Servlet(name, className, load, initParameters, runAs, roleLinks);
        }
    }

    Declaration {
        servlets = List.copyOf(servlets);
        listeners = List.copyOf(listeners);
        contextParameters = Map.copyOf(contextParameters);
    }

    /**
     * This, completed by what {@code annotations} say and this does not (JSR 289 chapter 19).
     *
     * @throws IllegalArgumentException if the two name different applications
     */
    Declaration over(Declaration annotations) {
        if (name != null && annotations.name != null && !name.equals(annotations.name)) {
            throw new IllegalArgumentException(SipXml.FILE + " names the application '" + name
                    + "', the annotations name it '" + annotations.name + "'");
        }
        Set<String> allListeners = new LinkedHashSet<>(listeners);
        allListeners.addAll(annotations.listeners);
        return new Declaration(
                first(name, annotations.name),
                first(selection, annotations.selection),
                servletsOver(annotations),
                List.copyOf(allListeners),
                contextParameters,
                first(keyMethod, annotations.keyMethod),
                first(proxyTimeout, annotations.proxyTimeout),
                first(sessionTimeout, annotations.sessionTimeout),
                first(distributable, annotations.distributable),
                first(security, annotations.security));
    }

    private List<Servlet> servletsOver(Declaration annotations) {
        Map<String, Servlet> annotated = new LinkedHashMap<>();
        annotations.servlets.forEach(servlet -> annotated.putIfAbsent(servlet.name(), servlet));
        List<Servlet> all = new ArrayList<>();
        servlets.forEach(servlet -> all.add(servlet.over(annotated.get(servlet.name()))));
        Set<String> declared =
                new LinkedHashSet<>(servlets.stream().map(Servlet::name).toList());
        annotations.servlets.stream()
                .filter(servlet -> !declared.contains(servlet.name()))
                .forEach(all::add);
        return all;
    }

    private static <T> T first(T mine, T others) {
        return mine != null ? mine : others;
    }

    /**
     * The application, with the defaults of JSR 289 where nothing is said.
     *
     * @param archiveName the name when none is given
     * @throws IllegalArgumentException with the reason, if what is said makes no application
     */
    ApplicationDescriptor described(String archiveName) {
        return new ApplicationDescriptor(
                first(name, archiveName),
                first(selection, ServletSelection.NONE),
                servlets.stream().map(Servlet::described).toList(),
                listeners,
                contextParameters,
                keyMethod,
                first(proxyTimeout, PROXY_SECONDS),
                Math.max(0, first(sessionTimeout, SESSION_MINUTES)),
                first(distributable, false),
                security == null ? SipSecurity.NONE : completed(security));
    }

    private SipSecurity completed(SipSecurity said) {
        List<String> names = servlets.stream().map(Servlet::name).toList();
        List<SipSecurity.Constraint> constraints = new ArrayList<>();
        for (SipSecurity.Constraint constraint : said.constraints()) {
            for (String servlet : constraint.servlets()) {
                if (!names.contains(servlet)) {
                    throw new IllegalArgumentException("a security-constraint protects the servlet '" + servlet
                            + "', which the application does not have");
                }
            }
            constraints.add(new SipSecurity.Constraint(
                    constraint.servlets().isEmpty() ? names : constraint.servlets(),
                    constraint.methods(),
                    constraint.roles(),
                    constraint.authenticate(),
                    constraint.proxyAuthentication(),
                    constraint.confidential()));
        }
        return new SipSecurity(constraints, said.login(), said.roles());
    }
}
