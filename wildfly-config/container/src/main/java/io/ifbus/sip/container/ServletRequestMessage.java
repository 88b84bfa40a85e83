// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import gov.nist.javax.sip.message.MessageExt;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletConnection;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.servlet.sip.AuthInfo;
import javax.servlet.sip.SipServletResponse;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.ResponseEvent;
import javax.sip.SipException;
import javax.sip.Transaction;
import javax.sip.header.Header;
import javax.sip.header.RouteHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.mobicents.servlet.sip.core.session.MobicentsSipSession;
import org.mobicents.servlet.sip.message.SipFactoryImpl;
import org.mobicents.servlet.sip.message.SipServletRequestImpl;
import org.mobicents.servlet.sip.message.TransactionApplicationData;
import org.mobicents.servlet.sip.security.AuthInfoEntry;
import org.mobicents.servlet.sip.security.AuthInfoImpl;

/** The engine's request with what Servlet 6 added to {@code ServletRequest}. */
final class ServletRequestMessage extends SipServletRequestImpl {
    private static final long serialVersionUID = 1L;

    private final transient SerialDispatcher dispatcher;
    private transient List<RouteHeader> routes = List.of(); // the application's own

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
        routes = new ArrayList<>();
        for (Iterator<?> each = getMessage().getHeaders(RouteHeader.NAME); each.hasNext(); ) {
            routes.add((RouteHeader) ((RouteHeader) each.next()).clone());
        }
        dispatcher.alone(getSipSession(), super::send);
    }

    /**
     * Sends it to the next server that was found for it (RFC 3263 section 4.3), if there is one: after a time-out and a
     * transport error, as the engine asks, and after a 503. The transaction that failed is nobody's any more.
     */
    @Override
    public boolean visitNextHop() {
        TransactionApplicationData data = getTransactionApplicationData();
        if (data == null || data.getHops() == null || data.getHops().size() < 2) {
            return false;
        }
        Transaction failed = getTransaction();
        Dialog dialog = failed == null ? null : failed.getDialog();
        attach(failed, dialog, null); // else its end would clear what the next one needs
        getMessage().removeHeader(RouteHeader.NAME);
        routes.forEach(getMessage()::addHeader);
        routes.stream().findFirst().ifPresent(this::addSacrifice);
        boolean sent = super.visitNextHop();
        if (!sent) {
            attach(failed, dialog, data);
        } else if (failed != null) {
            getSipSession().removeOngoingTransaction(failed);
        }
        return sent;
    }

    private static void attach(Transaction transaction, Dialog dialog, TransactionApplicationData data) {
        if (transaction != null) {
            transaction.setApplicationData(data);
        }
        if (dialog != null) {
            dialog.setApplicationData(data);
        }
    }

    /** The engine takes the first Route off, meaning one that the stack's router has taken off already. */
    private void addSacrifice(RouteHeader route) {
        try {
            ((MessageExt) getMessage()).addFirst((Header) route.clone());
        } catch (SipException e) { // it was in the message before
            throw new IllegalStateException(e);
        }
    }

    /** Whether the request was sent to the next server because this one said 503; nobody need see this response. */
    static boolean goesOnAfter(ResponseEvent event) {
        ClientTransaction transaction = event.getClientTransaction();
        if (event.getResponse().getStatusCode() != Response.SERVICE_UNAVAILABLE
                || transaction == null
                || !(transaction.getApplicationData() instanceof TransactionApplicationData data)
                || !(data.getSipServletMessage() instanceof ServletRequestMessage request)) {
            return false;
        }
        boolean[] sent = new boolean[1];
        request.dispatcher.alone(request.getSipSession(), () -> sent[0] = request.visitNextHop());
        return sent[0];
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
