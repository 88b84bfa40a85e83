// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static io.ifbus.sip.container.ContainerLogger.LOG;

import gov.nist.javax.sip.ServerTransactionExt;
import gov.nist.javax.sip.TransactionExt;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.stack.SerialTransports;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import javax.sip.Dialog;
import javax.sip.InvalidArgumentException;
import javax.sip.RequestEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipProvider;
import javax.sip.TransactionAlreadyExistsException;
import javax.sip.TransactionUnavailableException;
import javax.sip.address.SipURI;
import javax.sip.address.URI;
import javax.sip.header.CSeqHeader;
import javax.sip.header.ReferToHeader;
import javax.sip.header.RouteHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.mobicents.servlet.sip.JainSipUtils;
import org.mobicents.servlet.sip.address.AddressImpl;
import org.mobicents.servlet.sip.address.AddressImpl.ModifiableRule;
import org.mobicents.servlet.sip.core.DispatcherException;
import org.mobicents.servlet.sip.core.RoutingState;
import org.mobicents.servlet.sip.core.dispatchers.CancelRequestDispatcher;
import org.mobicents.servlet.sip.core.dispatchers.MessageDispatcher;
import org.mobicents.servlet.sip.core.dispatchers.RequestDispatcher;
import org.mobicents.servlet.sip.core.dispatchers.SubsequentRequestDispatcher;
import org.mobicents.servlet.sip.message.SipFactoryImpl;
import org.mobicents.servlet.sip.message.TransactionApplicationData;

/** Requests as they come from the stack, each on its call's queue: which are refused at once, and who gets the others. */
final class Arrivals {
    /** What an application may be asked for; the container itself knows no other scheme (RFC 3261 section 8.2.2.1). */
    private static final Set<String> SCHEMES = Set.of("sip", "sips", "tel", "im", "pres", "urn");

    private static final int MOST_SECONDS = 10; // RFC 3261 section 14.2: 0 to 10 s
    /** JSR 289 section 5.4.3. */
    private static final String CERTIFICATES = "javax.servlet.request.X509Certificate";

    private final SerialDispatcher dispatcher;
    private final RequestDispatcher initial;
    private final RequestDispatcher subsequent;
    private final RequestDispatcher cancels;
    private final Updates updates;
    private final Addressee addressee;
    private final Transit transit;
    /** The initial requests whose transactions live, by what forks of one have in common. */
    private final Map<String, First> merging = new ConcurrentHashMap<>();

    Arrivals(SerialDispatcher dispatcher, Onward.UnderWay underWay, Updates updates, Transit transit) {
        this.updates = updates;
        this.transit = transit;
        this.addressee = new Addressee(dispatcher);
        this.dispatcher = dispatcher;
        this.initial = new InitialRequests(dispatcher, underWay);
        this.subsequent = new Subsequent(dispatcher);
        this.cancels = new Cancels(dispatcher);
    }

    private record First(String branch, ServletRequestMessage message) {
        /** Not passed on by a proxy or without an application. */
        boolean isAnsweredHere() {
            return message.getSipSession() != null && message.getRoutingState() != RoutingState.PROXIED;
        }
    }

    private static final class Subsequent extends SubsequentRequestDispatcher {
        Subsequent(SerialDispatcher dispatcher) {
            sipApplicationDispatcher = dispatcher;
        }
    }

    private static final class Cancels extends CancelRequestDispatcher {
        Cancels(SerialDispatcher dispatcher) {
            sipApplicationDispatcher = dispatcher;
        }
    }

    void process(RequestEvent event) {
        SIPRequest request = (SIPRequest) event.getRequest();
        SipProvider provider = (SipProvider) event.getSource();
        request.setApplicationData(null); // a request of our own comes with what was ours
        ServerTransaction transaction = event.getServerTransaction();
        try {
            if (!Request.ACK.equals(request.getMethod())) {
                transaction = transaction == null ? begin(provider, request) : transaction;
                setTimers(transaction);
            }
            dispatch(provider, request, transaction, event.getDialog());
        } catch (TransactionAlreadyExistsException e) {
            LOG.tracef("a retransmission of %s %s", request.getMethod(), request.getCallId());
        } catch (Refusal e) {
            LOG.debugf("%d to %s: %s", e.status(), request.getMethod(), e.getMessage());
            refuse(provider, transaction, request, e.status(), e.isLater());
        } catch (DispatcherException e) {
            LOG.debugf("%d to %s: %s", e.getErrorCode(), request.getMethod(), "no application can be found for it");
            refuse(provider, transaction, request, e.getErrorCode());
        } catch (Exception e) {
            LOG.requestFailed(request.getMethod(), e);
            refuse(provider, transaction, request, Response.SERVER_INTERNAL_ERROR);
        }
    }

    private ServerTransaction begin(SipProvider provider, SIPRequest request)
            throws TransactionAlreadyExistsException, Refusal {
        try {
            if (request.getMaxForwards() == null) { // RFC 3261 section 16.3: its absence is no fault
                request.setHeader(SipFactoryImpl.headerFactory.createMaxForwardsHeader(70));
            }
            return provider.getNewServerTransaction(request);
        } catch (TransactionUnavailableException | InvalidArgumentException e) {
            boolean incomplete = e.getCause() instanceof ParseException; // a header is missing
            throw new Refusal(
                    incomplete ? Response.BAD_REQUEST : Response.SERVER_INTERNAL_ERROR,
                    "the stack gives no transaction: " + e.getMessage(),
                    e);
        }
    }

    /** Also of those that the stack begins itself: a CANCEL, a BYE in a dialog. */
    private void setTimers(ServerTransaction transaction) {
        try {
            JainSipUtils.setTransactionTimers((TransactionExt) transaction, dispatcher);
        } catch (IllegalStateException e) {
            LOG.debugf("the stack has answered already, by its own timers: %s", e.getMessage()); // 100, after 200 ms
        }
    }

    private void dispatch(SipProvider provider, SIPRequest request, ServerTransaction transaction, Dialog dialog)
            throws Refusal, DispatcherException {
        ServletRequestMessage message = (ServletRequestMessage) ((SipFactoryImpl) dispatcher.getSipFactory())
                .getMobicentsSipServletMessageFactory()
                .createSipServletRequest(
                        request,
                        null,
                        transaction,
                        dialog,
                        JainSipUtils.DIALOG_CREATING_METHODS.contains(request.getMethod()));
        popRoute(message, request, transaction);
        List<X509Certificate> certificates =
                transaction == null ? List.of() : SerialTransports.peerCertificates(transaction);
        if (!certificates.isEmpty()) {
            message.setAttribute(CERTIFICATES, certificates.toArray(X509Certificate[]::new));
        }
        String method = request.getMethod();
        if (method.equals(Request.CANCEL)) {
            if (((ServerTransactionExt) transaction).getCanceledInviteTransaction() == null) {
                throw new Refusal(Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST, "it matches no INVITE"); // RFC 3261 9.2
            }
            if (!cancelInTransit(transaction)) {
                cancels.dispatchMessage(provider, message);
            }
            return;
        }
        if (method.equals(Request.REFER)) {
            checkReferTo(request);
        }
        boolean inDialog = request.getToHeader().getTag() != null;
        if (message.isInitial() && inDialog) {
            if (dialog == null) { // JSR 289 appendix B, step 4
                throw new Refusal(Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST, "it has the tag of no dialog here");
            }
            message.setRoutingState(RoutingState.SUBSEQUENT);
        }
        if (message.isInitial()) {
            checkScheme(request.getRequestURI());
            checkMerged(message, request);
            initial.dispatchMessage(provider, message);
        } else {
            addressee.check(message, request, dialog);
            if (method.equals(Request.UPDATE)) {
                updates.check(request, transaction, dialog);
            }
            subsequent.dispatchMessage(provider, message);
            if (method.equals(Request.BYE) && message.getSipSession() instanceof CallSession session) {
                session.byeReceived();
            }
        }
    }

    /** Takes the Route off that brought the request here (JSR 289 section 15.8). */
    private void popRoute(ServletRequestMessage message, SIPRequest request, ServerTransaction transaction) {
        RouteHeader route = (RouteHeader) request.getHeader(RouteHeader.NAME);
        if (route == null
                || !(route.getAddress().getURI() instanceof SipURI uri)
                || dispatcher.isRouteExternal(route)) {
            return;
        }
        request.removeFirst(RouteHeader.NAME);
        message.setPoppedRoute(route);
        if (uri.getParameter(MessageDispatcher.RR_PARAM_PROXY_APP) != null) {
            message.setRoutingState(RoutingState.SUBSEQUENT);
        }
        TransactionApplicationData data =
                transaction == null ? null : (TransactionApplicationData) transaction.getApplicationData();
        if (data != null && data.getInitialPoppedRoute() == null) {
            data.setInitialPoppedRoute(new AddressImpl(route.getAddress(), null, ModifiableRule.NotModifiable));
        }
    }

    /** RFC 3515 section 2.4.2. */
    private static void checkReferTo(SIPRequest refer) throws Refusal {
        Iterator<?> targets = refer.getHeaders(ReferToHeader.NAME);
        if (!targets.hasNext() || targets.next() == null || targets.hasNext()) {
            throw new Refusal(Response.BAD_REQUEST, "a REFER has one Refer-To");
        }
    }

    private static void checkScheme(URI uri) throws Refusal {
        if (!SCHEMES.contains(uri.getScheme().toLowerCase(java.util.Locale.ROOT))) {
            throw new Refusal(Response.UNSUPPORTED_URI_SCHEME, "scheme of its Request-URI");
        }
    }

    /**
     * RFC 3261 section 8.2.2.2. It is about user agents: one that comes round by way of our own applications, or because
     * one was passed on, is no fork.
     */
    private void checkMerged(ServletRequestMessage message, SIPRequest request) throws Refusal {
        if (request.getTopmostVia().getBranch() == null || !dispatcher.isViaHeaderExternal(request.getTopmostVia())) {
            return;
        }
        First first = merging.putIfAbsent(
                mergeId(request), new First(request.getTopmostVia().getBranch(), message));
        if (first != null && first.isAnsweredHere()) {
            throw new Refusal(Response.LOOP_DETECTED, "it has come already, on another way");
        }
    }

    /** Told of each transaction that ends. */
    void ended(ServerTransaction transaction) {
        SIPRequest request = (SIPRequest) transaction.getRequest();
        String branch = request.getTopmostVia().getBranch();
        merging.computeIfPresent(mergeId(request), (id, first) -> first.branch().equals(branch) ? null : first);
    }

    private static String mergeId(SIPRequest request) {
        CSeqHeader cseq = request.getCSeq();
        return request.getCallId().getCallId()
                + ' '
                + request.getFromTag()
                + ' '
                + cseq.getSeqNumber()
                + ' '
                + cseq.getMethod();
    }

    private boolean cancelInTransit(ServerTransaction cancel) throws Refusal {
        try {
            return transit.cancel(cancel);
        } catch (SipException | InvalidArgumentException e) {
            throw new Refusal(Response.SERVER_INTERNAL_ERROR, "it cannot be passed on", e);
        }
    }

    private void refuse(SipProvider provider, ServerTransaction transaction, SIPRequest request, int status) {
        refuse(provider, transaction, request, status, false);
    }

    private void refuse(
            SipProvider provider, ServerTransaction transaction, SIPRequest request, int status, boolean later) {
        if (Request.ACK.equals(request.getMethod())) {
            return; // nobody answers an ACK
        }
        try {
            SIPResponse response = request.createResponse(status);
            if (response.getToTag() == null) {
                response.setToTag(Integer.toHexString(request.getTopmostVia().hashCode())); // RFC 3261 section 8.2.6.2
            }
            if (later) {
                response.setHeader(SipFactoryImpl.headerFactory.createRetryAfterHeader(
                        ThreadLocalRandom.current().nextInt(MOST_SECONDS + 1)));
            }
            if (transaction != null) {
                transaction.sendResponse(response);
            } else {
                provider.sendResponse(response);
            }
        } catch (SipException | InvalidArgumentException e) {
            LOG.debugf(
                    "no %d to %s: %s", status, request.getMethod(), e.getMessage()); // it has been answered, or is gone
        }
    }
}
