// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import io.ifbus.sip.locator.Failover;
import io.ifbus.sip.security.Credentials;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletConnection;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.io.Serializable;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import javax.servlet.sip.AuthInfo;
import javax.servlet.sip.B2buaHelper;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.ar.SipApplicationRouterInfo;
import javax.servlet.sip.ar.SipApplicationRoutingDirective;
import javax.servlet.sip.ar.SipApplicationRoutingRegion;
import javax.sip.Dialog;
import javax.sip.ServerTransaction;
import javax.sip.Transaction;
import javax.sip.address.Hop;
import javax.sip.header.RequireHeader;
import javax.sip.header.RouteHeader;
import javax.sip.message.Request;
import org.mobicents.servlet.sip.core.session.MobicentsSipSession;
import org.mobicents.servlet.sip.message.SipFactoryImpl;
import org.mobicents.servlet.sip.message.SipServletRequestImpl;
import org.mobicents.servlet.sip.security.AuthInfoEntry;
import org.mobicents.servlet.sip.security.AuthInfoImpl;

/** The engine's request with what Servlet 6 added to {@code ServletRequest}. */
final class ServletRequestMessage extends CheckedRequest {
    private static final long serialVersionUID = 1L;

    private final transient SerialDispatcher dispatcher;
    private final transient ReliableReceipts reliableReceipts = new ReliableReceipts();
    private transient ReliableAnswers reliableAnswers;
    private transient SipApplicationRouterInfo next;
    private transient SipApplicationRoutingDirective directive;
    private transient SipApplicationRoutingRegion region;
    private final transient Failover failover = new Failover();
    private final transient Set<Credentials> logins = new HashSet<>();

    ServletRequestMessage(
            Request request,
            SipFactoryImpl factory,
            MobicentsSipSession session,
            Transaction transaction,
            Dialog dialog,
            boolean createDialog) {
        super(request, factory, session, transaction, dialog, createDialog);
        this.dispatcher = (SerialDispatcher) factory.getSipApplicationDispatcher();
    }

    @Override
    public void send() throws IOException {
        dispatcher.alone(getSipSession(), super::send);
        if (Request.UPDATE.equals(getMethod()) && getContentLength() > 0) {
            dispatcher.updates().left(getTransaction());
        }
    }

    /** Asks the application router before an initial request leaves: it may have a Route for it, and so another hop. */
    @Override
    public void send(Hop hop) throws IOException {
        Hop first = isInitial() && next == null ? routed(hop) : hop;
        failover.leaves(getMessage());
        super.send(first);
    }

    private Hop routed(Hop hop) {
        MobicentsSipSession session = getSipSession();
        boolean fresh = getRoutingDirective() == SipApplicationRoutingDirective.NEW && getLinkedRequest() != null;
        Serializable state = fresh ? null : session.getStateInfo();
        directive = getRoutingDirective() == SipApplicationRoutingDirective.NEW && state != null
                ? SipApplicationRoutingDirective.CONTINUE // a further try of a request that went on with a call
                : getRoutingDirective();
        region = fresh ? null : regionOf(session);
        setReadOnly(true);
        try {
            next = dispatcher.getSipApplicationRouter().getNextApplication(this, region, directive, null, state);
        } finally {
            setReadOnly(false);
        }
        try {
            if (!dispatcher.routes().apply(next, directive, this)) {
                return hop;
            }
        } catch (Refusal e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
        next = ApplicationRouting.NO_APPLICATION;
        Queue<Hop> hops = dispatcher
                .getDNSServerLocator()
                .locateHops(((RouteHeader) getMessage().getHeader(RouteHeader.NAME))
                        .getAddress()
                        .getURI());
        getTransactionApplicationData().setHops(hops);
        return hops == null || hops.isEmpty() ? null : hops.peek();
    }

    /** The region of the application in the call that this request goes on with. */
    private SipApplicationRoutingRegion regionOf(MobicentsSipSession session) {
        SipServletRequestImpl original = getLinkedRequest();
        return session.getRegionInternal() == null && original != null && original.getSipSession() != null
                ? original.getSipSession().getRegionInternal()
                : session.getRegionInternal();
    }

    /** What the router has said; asked for by {@link #send(Hop)}. */
    SipApplicationRouterInfo next() {
        return next;
    }

    /** What the container needs to know when this request comes back to it. */
    Onward onward() {
        ServletRequestMessage origin = (ServletRequestMessage) getLinkedRequest();
        return new Onward(
                next,
                directive,
                region,
                getSipSession().getStateInfo(),
                origin == null ? null : EntryPoint.keptIn(origin),
                origin == null ? Set.of() : Set.copyOf(origin.logins()));
    }

    /** With what its sender has logged in here and at the applications before. Used alone with the request. */
    Set<Credentials> logins() {
        return logins;
    }

    /** Sends it to the next server that was found for it (RFC 3263 section 4.3), if there is one. */
    @Override
    public boolean visitNextHop() {
        return failover.next(this, super::visitNextHop);
    }

    // the engine's own would answer each challenge of a realm and leave the last answer, that of the weakest algorithm
    @Override
    public void addAuthHeader(SipServletResponse challenge, AuthInfo known, boolean remember) {
        checkReadOnly();
        DigestLogin.answer(this, challenge, realm -> ((AuthInfoImpl) known).getAuthInfo(realm), remember);
    }

    @Override
    public void addAuthHeader(SipServletResponse challenge, String name, String password, boolean remember) {
        checkReadOnly();
        AuthInfoEntry known = new AuthInfoEntry(challenge.getStatus(), name, password);
        DigestLogin.answer(this, challenge, realm -> known, remember);
    }

    /** Whether it is an INVITE that came in. */
    boolean isCall() {
        return Request.INVITE.equals(getMethod()) && getTransaction() instanceof ServerTransaction;
    }

    /** Whether its sender wants no provisional response that is not reliable (RFC 3262 section 3). */
    boolean requiresReliability() {
        for (Iterator<String> required = getHeaders(RequireHeader.NAME); required.hasNext(); ) {
            if (required.next().equalsIgnoreCase(REL100_OPTION_TAG)) {
                return true;
            }
        }
        return false;
    }

    /** Those to this INVITE. Used alone with the session. */
    ReliableAnswers reliableAnswers() {
        if (reliableAnswers == null) {
            reliableAnswers = new ReliableAnswers(task -> application()
                    .after(
                            64L * dispatcher.getBaseTimerInterval(),
                            getSipSession().getSipApplicationSession(),
                            task));
        }
        return reliableAnswers;
    }

    /** A PRACK for this INVITE has come. Where what waited for it cannot be sent, the caller gets 500. */
    void acknowledged() {
        try {
            reliableAnswers().acknowledged();
        } catch (IOException | RuntimeException e) {
            ContainerLogger.LOG.debugf(e, "what waited for a PRACK of %s cannot be sent", getCallId());
            InitialRequests.refuse(this);
        }
    }

    /** Those of the far side to this INVITE of ours. Used alone with the session. */
    ReliableReceipts reliableReceipts() {
        return reliableReceipts;
    }

    @Override
    public B2buaHelper getB2buaHelper() {
        super.getB2buaHelper();
        return getSipSession().getB2buaHelper(); // the session may have put another in its place
    }

    SipApplication application() {
        return (SipApplication) getSipSession().getSipApplicationSession().getSipContext();
    }

    @Override
    public ServletConnection getServletConnection() {
        throw new UnsupportedOperationException("a SIP request has no HTTP connection");
    }

    @Override
    public String getRequestId() {
        return getCallId() + ' ' + getHeader("CSeq");
    }

    @Override
    public String getProtocolRequestId() {
        return "";
    }

    @Override
    public long getContentLengthLong() {
        return getContentLength();
    }

    @Override
    public ServletContext getServletContext() {
        return getSession().getServletContext();
    }

    @Override
    public DispatcherType getDispatcherType() {
        return DispatcherType.REQUEST;
    }

    @Override
    public boolean isAsyncSupported() {
        return false; // a SIP servlet answers when it likes (JSR 289 section 5.2); there is nothing to start
    }

    @Override
    public boolean isAsyncStarted() {
        return false;
    }

    @Override
    public AsyncContext startAsync() {
        throw new IllegalStateException("SIP requests are asynchronous without it");
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        return startAsync();
    }

    @Override
    public AsyncContext getAsyncContext() {
        throw new IllegalStateException("SIP requests are asynchronous without it");
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        Map<String, String[]> parameters = new LinkedHashMap<>();
        for (String name : Collections.list(getParameterNames())) {
            parameters.put(name, getParameterValues(name));
        }
        return parameters;
    }
}
