// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentSkipListSet;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.ar.SipApplicationRouter;
import javax.servlet.sip.ar.SipApplicationRouterInfo;
import javax.servlet.sip.ar.SipApplicationRoutingDirective;
import javax.servlet.sip.ar.SipApplicationRoutingRegion;
import javax.servlet.sip.ar.SipRouteModifier;
import javax.servlet.sip.ar.SipTargetedRequestInfo;

/**
 * The router of a server without a configuration: the application that is first in the alphabet gets each request from
 * outside, and what an application sends leaves the server. Safe for use by any thread.
 */
final class FirstOfTheAlphabet implements SipApplicationRouter {
    private final ConcurrentSkipListSet<String> deployed = new ConcurrentSkipListSet<>();

    @Override
    public SipApplicationRouterInfo getNextApplication(
            SipServletRequest request,
            SipApplicationRoutingRegion region,
            SipApplicationRoutingDirective directive,
            SipTargetedRequestInfo target,
            Serializable state) {
        boolean fromOutside = state == null && request.getSession(false) == null;
        Optional<String> first = fromOutside ? deployed.stream().findFirst() : Optional.empty();
        return first.map(name -> new SipApplicationRouterInfo(
                        name,
                        SipApplicationRoutingRegion.TERMINATING_REGION,
                        request.getTo().getURI().toString(),
                        null,
                        SipRouteModifier.NO_ROUTE,
                        name))
                .orElse(ApplicationRouting.NO_APPLICATION);
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
        // there is nothing to configure
    }

    @Override
    public void init(Properties properties) {
        // there is nothing to configure
    }

    @Override
    public void destroy() {
        // requests under way still ask it
    }
}
