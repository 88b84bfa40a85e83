// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static io.ifbus.sip.container.ContainerLogger.LOG;

import gov.nist.javax.sip.message.SIPRequest;
import java.io.IOException;
import java.util.Optional;
import javax.servlet.sip.ServletParseException;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.ar.SipApplicationRouterInfo;
import javax.servlet.sip.ar.SipApplicationRoutingDirective;
import javax.servlet.sip.ar.SipRouteModifier;
import javax.sip.SipProvider;
import javax.sip.address.SipURI;
import javax.sip.header.RouteHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.mobicents.servlet.sip.JainSipUtils;
import org.mobicents.servlet.sip.core.DispatcherException;
import org.mobicents.servlet.sip.core.SipSessionRoutingType;
import org.mobicents.servlet.sip.core.descriptor.MobicentsSipServletMapping;
import org.mobicents.servlet.sip.core.dispatchers.RequestDispatcher;
import org.mobicents.servlet.sip.core.session.MobicentsSipApplicationSession;
import org.mobicents.servlet.sip.core.session.MobicentsSipSession;
import org.mobicents.servlet.sip.core.session.SessionManagerUtil;
import org.mobicents.servlet.sip.core.session.SipSessionKey;
import org.mobicents.servlet.sip.message.SipFactoryImpl;
import org.mobicents.servlet.sip.message.SipServletMessageImpl;

/** Routes an initial request to its next application, or out of the container (JSR 289 section 15.4.1). */
final class InitialRequests extends RequestDispatcher {
    private final SerialDispatcher dispatcher;
    private final Onward.UnderWay underWay;

    InitialRequests(SerialDispatcher dispatcher, Onward.UnderWay underWay) {
        this.dispatcher = dispatcher;
        this.underWay = underWay;
        sipApplicationDispatcher = dispatcher;
    }

    @Override
    public void dispatchMessage(SipProvider provider, SipServletMessageImpl message) throws DispatcherException {
        try {
            route((ServletRequestMessage) message);
        } catch (Refusal e) {
            LOG.debugf("%d to %s: %s", e.status(), message.getMethod(), e.getMessage());
            throw new DispatcherException(e.status(), e);
        }
    }

    private void route(ServletRequestMessage request) throws Refusal, DispatcherException {
        SIPRequest received = (SIPRequest) request.getMessage();
        Optional<Onward> onward = onward(request, received);
        EntryPoint entry = onward.isPresent() ? onward.get().entry() : EntryPoint.of(request);
        onward.ifPresent(known -> request.logins().addAll(known.logins()));
        if (entry != null) {
            entry.keepIn(request.getTransactionApplicationData());
        }
        Optional<SessionTarget> target = onward.isPresent()
                ? Optional.empty()
                : SessionTarget.of(received, request.getPoppedRouteHeader(), dispatcher);
        SipApplicationRoutingDirective directive =
                onward.map(Onward::directive).orElse(SipApplicationRoutingDirective.NEW);
        SipApplicationRouterInfo next = onward.map(Onward::next).orElse(null);
        if (next != null) { // its routes were looked at when it was sent
            enter(request, next, target);
            return;
        }
        next = ask(request, directive, onward.orElse(null), target.orElse(null));
        if (dispatcher.routes().apply(next, directive, request)) {
            forward(request, next);
        } else if (next.getNextApplicationName() == null) {
            leave(request, received);
        } else {
            enter(request, next, target);
        }
    }

    /** What is known of a request that comes back: by its branch from an application, by its Route from elsewhere. */
    private Optional<Onward> onward(ServletRequestMessage request, SIPRequest received) {
        Optional<Onward> fromApplication =
                underWay.take(received.getTopmostVia().getBranch());
        if (fromApplication.isPresent() || request.getPoppedRouteHeader() == null) {
            return fromApplication;
        }
        return request.getPoppedRouteHeader().getAddress().getURI() instanceof SipURI uri
                ? underWay.take(uri.getParameter(RouterRoutes.TOKEN))
                : Optional.empty();
    }

    private SipApplicationRouterInfo ask(
            ServletRequestMessage request,
            SipApplicationRoutingDirective directive,
            Onward known,
            SessionTarget target) {
        request.setReadOnly(true); // a router must not change it
        try {
            return dispatcher
                    .getSipApplicationRouter()
                    .getNextApplication(
                            request,
                            known == null ? null : known.region(),
                            directive,
                            target == null ? null : target.info(),
                            known == null ? null : known.state());
        } finally {
            request.setReadOnly(false);
        }
    }

    // ---- out of the container ----

    private void leave(ServletRequestMessage request, SIPRequest received) throws Refusal, DispatcherException {
        boolean routed = received.getHeader(RouteHeader.NAME) != null;
        boolean external = received.getRequestURI() instanceof SipURI uri
                && dispatcher.isExternal(uri.getHost(), uri.getPort(), JainSipUtils.findTransport(received));
        if (!routed && !external) {
            throw new Refusal(Response.NOT_FOUND, "it is for this container, and no application wants it");
        }
        forward(request, ApplicationRouting.NO_APPLICATION);
    }

    private void forward(ServletRequestMessage request, SipApplicationRouterInfo info) throws DispatcherException {
        try {
            forwardRequestStatefully(
                    request,
                    SipSessionRoutingType.PREVIOUS_SESSION,
                    info.getRouteModifier() == null ? SipRouteModifier.NO_ROUTE : info.getRouteModifier());
        } catch (Exception e) { // the engine declares no less
            LOG.requestFailed(request.getMethod(), e);
            throw new DispatcherException(Response.SERVER_INTERNAL_ERROR, e);
        }
    }

    // ---- into an application ----

    private void enter(ServletRequestMessage request, SipApplicationRouterInfo next, Optional<SessionTarget> target)
            throws Refusal, DispatcherException {
        String name = next.getNextApplicationName();
        SipApplication application = (SipApplication) dispatcher.findSipApplication(name);
        if (application == null) {
            throw new Refusal(Response.SERVER_INTERNAL_ERROR, "application '" + name + "' is not deployed");
        }
        checkInService(application);
        request.setCurrentApplicationName(name);
        request.setRoutingRegion(next.getRoutingRegion());
        request.setSubscriberURI(subscriber(next));
        String servlet = servlet(application, request);
        Optional<SessionTarget> own = target.filter(
                wanted -> wanted.session().getKey().getApplicationName().equals(name)
                        && wanted.session().isValidInternal());
        MobicentsSipApplicationSession session = own.map(SessionTarget::session).orElse(null);
        if (session == null) {
            session = application
                    .getSipManager()
                    .getSipApplicationSession(makeAppSessionKey(application, request, name), true);
        }
        boolean alive;
        try {
            application.enterSipApp(session, null, false, true);
            alive = session.isValidInternal();
            if (alive && application.isStoppingGracefully()) {
                session.invalidate(true); // who ends the others may not have seen it
            }
            checkInService(application);
            if (alive) {
                serve(application, session, servlet, request, next, own);
            }
        } finally {
            application.exitSipApp(session, null);
        }
        if (!alive) { // it ended while we waited for it
            enter(request, next, Optional.empty());
        }
    }

    private static void checkInService(SipApplication application) throws Refusal {
        if (application.isStoppingGracefully()) {
            throw new Refusal(
                    Response.SERVICE_UNAVAILABLE,
                    "application '" + application.getApplicationName() + "' goes out of service");
        }
    }

    private javax.servlet.sip.URI subscriber(SipApplicationRouterInfo next) throws Refusal {
        if (next.getSubscriberURI() == null) {
            return null;
        }
        try {
            return ((SipFactoryImpl) dispatcher.getSipFactory()).createURI(next.getSubscriberURI());
        } catch (ServletParseException e) {
            throw new Refusal(Response.SERVER_INTERNAL_ERROR, "the router's subscriber is no URI", e);
        }
    }

    /** JSR 289 chapter 16. Chosen before there is a session: where no servlet is mapped, nothing is left behind. */
    private static String servlet(SipApplication application, ServletRequestMessage request) throws Refusal {
        if (application.isMainServlet()) {
            return application.getMainServlet();
        }
        MobicentsSipServletMapping mapping = application.findSipServletMappings(request);
        if (mapping == null) {
            throw new Refusal(
                    Response.NOT_FOUND, "no servlet of '" + application.getApplicationName() + "' is mapped to it");
        }
        return mapping.getServletName();
    }

    /** Alone with the application session. */
    private void serve(
            SipApplication application,
            MobicentsSipApplicationSession session,
            String servlet,
            ServletRequestMessage request,
            SipApplicationRouterInfo next,
            Optional<SessionTarget> target) {
        MobicentsSipSession made = session(application, session, request);
        target.filter(found -> found.corresponding() != null).ifPresent(found -> application
                .getSipSessionsUtil()
                .addCorrespondingSipSession(made, found.corresponding(), found.headerName()));
        made.setStateInfo(next.getStateInfo());
        made.setRoutingRegion(next.getRoutingRegion());
        made.setSipSubscriberURI(next.getSubscriberURI());
        handleSipOutbound(request);
        made.setSessionCreatingTransactionRequest(request);
        try {
            if (made.getHandler() == null) {
                made.setHandler(servlet);
            }
            callServlet(request);
        } catch (Exception | Error e) { // what a servlet threw has been logged by its wrapper
            LOG.debugf("500 to %s: %s", request.getMethod(), e.getMessage());
            refuse(request);
        }
    }

    private MobicentsSipSession session(
            SipApplication application, MobicentsSipApplicationSession session, ServletRequestMessage request) {
        SIPRequest received = (SIPRequest) request.getMessage();
        SipSessionKey key = SessionManagerUtil.getSipSessionKey(
                session.getKey().getId(), application.getApplicationName(), received, false);
        MobicentsSipSession made =
                application.getSipManager().getSipSession(key, true, dispatcher.getSipFactory(), session);
        request.setSipSession(made);
        long cseq = received.getCSeq().getSeqNumber();
        made.setCseq(cseq);
        if (Request.INVITE.equals(received.getMethod())) {
            made.setRequestsPending(made.getRequestsPending() + 1);
            made.setAckReceived(cseq, false);
        }
        made.setTransport(received.getTopmostVia().getTransport());
        return made;
    }

    /** 500, unless it has been answered: to a request whose servlet threw (JSR 289 section 2.2). */
    static void refuse(ServletRequestMessage request) {
        try {
            request.createResponse(SipServletResponse.SC_SERVER_INTERNAL_ERROR).send();
        } catch (IOException | RuntimeException e) { // answered already, or the server is stopping
            LOG.debugf("no 500 to %s: %s", request.getMethod(), e.getMessage());
        }
    }
}
