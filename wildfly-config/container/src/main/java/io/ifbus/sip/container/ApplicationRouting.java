// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.ar.SipApplicationRouter;
import javax.servlet.sip.ar.SipApplicationRouterInfo;
import javax.servlet.sip.ar.SipApplicationRoutingDirective;
import javax.servlet.sip.ar.SipApplicationRoutingRegion;
import javax.servlet.sip.ar.SipRouteModifier;
import javax.servlet.sip.ar.SipTargetedRequestInfo;
import javax.servlet.sip.ar.spi.SipApplicationRouterProvider;
import org.mobicents.servlet.sip.router.DefaultApplicationRouter;

/**
 * Chooses the application of an initial request: by the default application router's configuration where there is one
 * (JSR 289 appendix C), else the first of the deployed applications in alphabetical order. A request that an
 * application of ours sends leaves the server.
 */
final class ApplicationRouting implements SipApplicationRouter {
    private final ConcurrentSkipListSet<String> deployed = new ConcurrentSkipListSet<>();
    private volatile DefaultApplicationRouter configured;

    /** Made by the engine by its class name. */
    public static final class Provider extends SipApplicationRouterProvider {
        @Override
        public SipApplicationRouter getSipApplicationRouter() {
            return new ApplicationRouting();
        }
    }

    /** @throws IllegalArgumentException if the configuration cannot be parsed */
    void configure(Map<String, String> routes) {
        if (routes.isEmpty()) {
            return;
        }
        Properties properties = new Properties();
        properties.putAll(routes);
        DefaultApplicationRouter router = new DefaultApplicationRouter();
        router.init(properties);
        router.applicationDeployed(List.copyOf(deployed));
        configured = router;
    }

    @Override
    public SipApplicationRouterInfo getNextApplication(
            SipServletRequest request,
            SipApplicationRoutingRegion region,
            SipApplicationRoutingDirective directive,
            SipTargetedRequestInfo target,
            Serializable state) {
        DefaultApplicationRouter router = configured;
        if (router != null) {
            return router.getNextApplication(request, region, directive, target, state);
        }
        boolean fromOutside = state == null && request.getSession(false) == null;
        String first = fromOutside ? firstDeployed() : null;
        return first == null
                ? new SipApplicationRouterInfo(null, null, null, null, null, null)
                : new SipApplicationRouterInfo(
                        first,
                        SipApplicationRoutingRegion.TERMINATING_REGION,
                        request.getTo().getURI().toString(),
                        null,
                        SipRouteModifier.NO_ROUTE,
                        first);
    }

    private String firstDeployed() {
        TreeSet<String> now = new TreeSet<>(deployed);
        return now.isEmpty() ? null : now.first();
    }

    @Override
    public void applicationDeployed(List<String> names) {
        deployed.addAll(names);
        DefaultApplicationRouter router = configured;
        if (router != null) {
            router.applicationDeployed(names);
        }
    }

    @Override
    public void applicationUndeployed(List<String> names) {
        names.forEach(deployed::remove);
        DefaultApplicationRouter router = configured;
        if (router != null) {
            router.applicationUndeployed(names);
        }
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
    public void destroy() {
        deployed.clear();
    }
}
