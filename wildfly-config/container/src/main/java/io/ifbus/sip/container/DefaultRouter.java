// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import java.io.Serializable;
import java.text.ParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipSession;
import javax.servlet.sip.ar.SipApplicationRouter;
import javax.servlet.sip.ar.SipApplicationRouterInfo;
import javax.servlet.sip.ar.SipApplicationRoutingDirective;
import javax.servlet.sip.ar.SipApplicationRoutingRegion;
import javax.servlet.sip.ar.SipRouteModifier;
import javax.servlet.sip.ar.SipTargetedRequestInfo;
import org.mobicents.servlet.sip.message.SipFactoryImpl;

/**
 * The default application router (JSR 289 appendix C): for each method a list of applications, called in its order. Its
 * state info is the index of the entry given last. An application that is not deployed is passed over, and no
 * application is given a new request of its own. Safe for use by any thread.
 */
final class DefaultRouter implements SipApplicationRouter {
    private static final String ALL_METHODS = "ALL";
    private static final String HEADER = "DAR:";

    private final Map<String, List<RouterEntry>> routes;
    private final Set<String> deployed = ConcurrentHashMap.newKeySet();

    /**
     * @param routes tuples by method, or by ALL for the methods that have none
     * @throws IllegalArgumentException naming the method and what is wrong with its tuples
     */
    DefaultRouter(Map<String, String> routes) {
        Map<String, List<RouterEntry>> parsed = new HashMap<>();
        routes.forEach((method, tuples) -> parsed.put(method, parse(method, tuples)));
        this.routes = Map.copyOf(parsed);
    }

    private static List<RouterEntry> parse(String method, String tuples) {
        if (!method.matches("[A-Z]+")) {
            throw new IllegalArgumentException("application router: '" + method + "' is not a SIP method");
        }
        try {
            return RouterEntry.parse(tuples);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("application router, method " + method + ": " + e.getMessage(), e);
        }
    }

    @Override
    public SipApplicationRouterInfo getNextApplication(
            SipServletRequest request,
            SipApplicationRoutingRegion region,
            SipApplicationRoutingDirective directive,
            SipTargetedRequestInfo target,
            Serializable state) {
        List<RouterEntry> list = routes.getOrDefault(request.getMethod(), routes.getOrDefault(ALL_METHODS, List.of()));
        String own = state == null ? applicationOf(request) : null;
        for (int next = state instanceof Integer last ? last + 1 : 0; next < list.size(); next++) {
            RouterEntry entry = list.get(next);
            if (callable(entry) && !entry.application().equals(own)) {
                return info(entry, request, next);
            }
        }
        return ApplicationRouting.NO_APPLICATION;
    }

    /** The application that made the request; null if it came from outside. */
    private static String applicationOf(SipServletRequest request) {
        SipSession session = request.getSession(false);
        return session == null ? null : session.getApplicationSession().getApplicationName();
    }

    private boolean callable(RouterEntry entry) {
        return deployed.contains(entry.application()) || entry.modifier() != SipRouteModifier.NO_ROUTE;
    }

    private static SipApplicationRouterInfo info(RouterEntry entry, SipServletRequest request, int index) {
        return new SipApplicationRouterInfo(
                entry.application().isEmpty() ? null : entry.application(),
                entry.region(),
                subscriber(entry.subscriber(), request),
                entry.route().isEmpty() ? null : new String[] {entry.route()},
                entry.modifier(),
                index);
    }

    private static String subscriber(String subscriber, SipServletRequest request) {
        if (!subscriber.startsWith(HEADER)) {
            return subscriber.isEmpty() ? null : subscriber;
        }
        String value = request.getHeader(subscriber.substring(HEADER.length()));
        try {
            return value == null
                    ? null
                    : SipFactoryImpl.addressFactory
                            .createAddress(value)
                            .getURI()
                            .toString();
        } catch (ParseException e) {
            return null; // the header has no URI
        }
    }

    @Override
    public void applicationDeployed(List<String> names) {
        deployed.addAll(names);
    }

    @Override
    public void applicationUndeployed(List<String> names) {
        names.forEach(deployed::remove);
    }

    @Override
    public void init() {
        // configured when it is made
    }

    @Override
    public void init(Properties properties) {
        throw new UnsupportedOperationException("configured when it is made");
    }

    @Override
    public void destroy() {
        // requests under way still ask it
    }
}
