// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import java.text.ParseException;
import java.util.Set;
import java.util.UUID;
import javax.servlet.sip.ar.SipApplicationRouterInfo;
import javax.servlet.sip.ar.SipApplicationRoutingDirective;
import javax.servlet.sip.ar.SipRouteModifier;
import javax.sip.SipException;
import javax.sip.address.Address;
import javax.sip.address.SipURI;
import javax.sip.header.RouteHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.mobicents.servlet.sip.JainSipUtils;
import org.mobicents.servlet.sip.message.SipFactoryImpl;

/** Does what an application router says of routes (JSR 289 section 15.4.1, step 2). */
final class RouterRoutes {
    /** Parameter of our own Route after a ROUTE_BACK: the name under which the request's state is kept. */
    static final String TOKEN = "ifbus-onward";

    private final SerialDispatcher dispatcher;
    private final Onward.UnderWay underWay;

    RouterRoutes(SerialDispatcher dispatcher, Onward.UnderWay underWay) {
        this.dispatcher = dispatcher;
        this.underWay = underWay;
    }

    /**
     * Pushes the routes of {@code info}.
     *
     * @return whether the request must leave the container by them now, without an application
     * @throws Refusal if the router has given something that is no route
     */
    boolean apply(
            SipApplicationRouterInfo info, SipApplicationRoutingDirective directive, ServletRequestMessage request)
            throws Refusal {
        SipRouteModifier modifier = info.getRouteModifier();
        if (modifier == null || modifier == SipRouteModifier.NO_ROUTE) {
            return false;
        }
        try {
            RouteHeader first = header(info.getRoutes()[0]);
            if (modifier == SipRouteModifier.ROUTE && !dispatcher.isRouteExternal(first)) {
                request.setPoppedRoute(first); // the others are ignored
                return false;
            }
            Request message = (Request) request.getMessage();
            if (modifier == SipRouteModifier.ROUTE_BACK) {
                message.addFirst(back(info, directive, request));
            }
            for (int i = info.getRoutes().length - 1; i >= 0; i--) {
                message.addFirst(header(info.getRoutes()[i]));
            }
            return true;
        } catch (ParseException | SipException | RuntimeException e) { // no array, null in it, not a SIP URI
            throw new Refusal(Response.SERVER_INTERNAL_ERROR, "the application router's routes cannot be used", e);
        }
    }

    private RouteHeader back(
            SipApplicationRouterInfo info, SipApplicationRoutingDirective directive, ServletRequestMessage request)
            throws ParseException {
        String token = UUID.randomUUID().toString();
        underWay.put(
                token,
                new Onward(
                        null,
                        directive,
                        info.getRoutingRegion(),
                        info.getStateInfo(),
                        EntryPoint.keptIn(request),
                        Set.copyOf(request.logins())));
        SipURI here =
                JainSipUtils.createRecordRouteURI(dispatcher.getSipNetworkInterfaceManager(), request.getMessage());
        here.setLrParam();
        here.setParameter(TOKEN, token);
        return SipFactoryImpl.headerFactory.createRouteHeader(SipFactoryImpl.addressFactory.createAddress(here));
    }

    private static RouteHeader header(String route) throws ParseException {
        Address address = SipFactoryImpl.addressFactory.createAddress(route);
        ((SipURI) address.getURI()).setLrParam();
        return SipFactoryImpl.headerFactory.createRouteHeader(address);
    }
}
