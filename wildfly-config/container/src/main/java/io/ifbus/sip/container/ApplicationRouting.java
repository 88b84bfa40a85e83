// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.ar.SipApplicationRouter;
import javax.servlet.sip.ar.SipApplicationRouterInfo;
import javax.servlet.sip.ar.SipApplicationRoutingDirective;
import javax.servlet.sip.ar.SipApplicationRoutingRegion;
import javax.servlet.sip.ar.SipRouteModifier;
import javax.servlet.sip.ar.SipTargetedRequestInfo;
import javax.servlet.sip.ar.spi.SipApplicationRouterProvider;

/**
 * The application router that is in use: the default one where there is a configuration (JSR 289 appendix C), one of an
 * administrator's own, else the {@linkplain FirstOfTheAlphabet simplest}. A request that is targeted at an application
 * session goes to its application before any of them is asked for a first application. Safe for use by any thread.
 */
final class ApplicationRouting implements SipApplicationRouter {
    static final SipApplicationRouterInfo NO_APPLICATION =
            new SipApplicationRouterInfo(null, null, null, null, null, null);

    private final Set<String> deployed = new TreeSet<>(); // guarded by this
    private volatile SipApplicationRouter router = new FirstOfTheAlphabet();

    /** Made by the engine by its class name. */
    public static final class Provider extends SipApplicationRouterProvider {
        @Override
        public SipApplicationRouter getSipApplicationRouter() {
            return new ApplicationRouting();
        }

        /** The engine finds its application router by a system property alone; it is set only while it looks. */
        static synchronized void whileNamed(Runnable look) {
            String property = SipApplicationRouterProvider.class.getName();
            String previous = System.setProperty(property, Provider.class.getName());
            try {
                look.run();
            } finally {
                if (previous == null) {
                    System.clearProperty(property);
                } else {
                    System.setProperty(property, previous);
                }
            }
        }
    }

    /**
     * Takes that configuration from now on; an empty one means the simplest router.
     *
     * @throws IllegalArgumentException if it cannot be parsed, naming the method; nothing has changed
     */
    void configure(Map<String, String> routes) {
        use(routes.isEmpty() ? new FirstOfTheAlphabet() : new DefaultRouter(routes));
    }

    /** Asks {@code other} from now on. Calls that are under way keep the applications they have. */
    synchronized void use(SipApplicationRouter other) {
        other.init();
        other.applicationDeployed(List.copyOf(deployed));
        SipApplicationRouter previous = router;
        router = other;
        previous.destroy();
    }

    @Override
    public SipApplicationRouterInfo getNextApplication(
            SipServletRequest request,
            SipApplicationRoutingRegion region,
            SipApplicationRoutingDirective directive,
            SipTargetedRequestInfo target,
            Serializable state) {
        if (target != null && state == null && isDeployed(target.getApplicationName())) {
            return new SipApplicationRouterInfo(
                    target.getApplicationName(),
                    SipApplicationRoutingRegion.NEUTRAL_REGION,
                    request.getTo().getURI().toString(),
                    null,
                    SipRouteModifier.NO_ROUTE,
                    null);
        }
        SipApplicationRouterInfo info = router.getNextApplication(request, region, directive, target, state);
        return info == null ? NO_APPLICATION : info;
    }

    private synchronized boolean isDeployed(String name) {
        return deployed.contains(name);
    }

    @Override
    public synchronized void applicationDeployed(List<String> names) {
        deployed.addAll(names);
        router.applicationDeployed(names);
    }

    @Override
    public synchronized void applicationUndeployed(List<String> names) {
        names.forEach(deployed::remove);
        router.applicationUndeployed(names);
    }

    @Override
    public void init() {
        // configured by the server, not by a system property
    }

    @Override
    public void init(Properties properties) {
        throw new UnsupportedOperationException("configured by the server");
    }

    @Override
    public synchronized void destroy() {
        deployed.clear();
        router.destroy();
    }
}
