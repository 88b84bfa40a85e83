// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static io.ifbus.sip.container.ContainerLogger.LOG;

import gov.nist.javax.sip.message.SIPRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.text.ParseException;
import java.util.List;
import java.util.regex.Pattern;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.DialogState;
import javax.sip.InvalidArgumentException;
import javax.sip.ServerTransaction;
import javax.sip.Transaction;
import javax.sip.TransactionState;
import javax.sip.address.URI;
import javax.sip.message.Request;
import org.mobicents.servlet.sip.JainSipUtils;
import org.mobicents.servlet.sip.core.message.MobicentsSipServletMessage;
import org.mobicents.servlet.sip.core.message.MobicentsSipServletRequest;
import org.mobicents.servlet.sip.core.message.MobicentsSipServletResponse;
import org.mobicents.servlet.sip.core.proxy.MobicentsProxy;
import org.mobicents.servlet.sip.core.session.MobicentsSipApplicationSession;
import org.mobicents.servlet.sip.core.session.SipSessionEventType;
import org.mobicents.servlet.sip.core.session.SipSessionKey;
import org.mobicents.servlet.sip.message.SipFactoryImpl;
import org.mobicents.servlet.sip.message.SipServletRequestImpl;
import org.mobicents.servlet.sip.message.TransactionApplicationData;
import org.mobicents.servlet.sip.proxy.ProxyImpl;

/** The engine's SIP session, with JSR 289 chapter 6 where the engine departs from it. Used alone with the session. */
final class CallSession extends ForkingSession {
    private static final Pattern TOKEN = Pattern.compile("[-A-Za-z0-9.!%*_+`'~]+"); // RFC 3261 section 25.1

    private SIPRequest lastOwn; // the last dialog-making request that was sent from here
    private boolean awaiting; // the dialog has ended, a transaction in it has not
    private boolean refused; // and got a final answer that is no 2xx

    CallSession(SipSessionKey key, SipFactoryImpl factory, MobicentsSipApplicationSession parent) {
        super(key, factory, parent);
    }

    // ---- requests ----

    @Override
    public SipServletRequest createRequest(String method) {
        if (!TOKEN.matcher(method).matches()) {
            throw new IllegalArgumentException("'" + method + "' is no SIP method");
        }
        Dialog dialog = getSessionCreatingDialog();
        boolean again = refused
                && lastOwn != null
                && isValid()
                && State.INITIAL.equals(getState())
                && dialog != null
                && DialogState.TERMINATED.equals(dialog.getState())
                && JainSipUtils.DIALOG_CREATING_METHODS.contains(method);
        return again ? another(method) : super.createRequest(method);
    }

    /** A new try after a refusal: same Call-ID and From tag, higher CSeq (JSR 289 section 6.2.1). */
    private SipServletRequest another(String method) {
        try {
            SIPRequest request = (SIPRequest) lastOwn.clone();
            request.getCSeq().setMethod(method);
            request.getCSeq().setSeqNumber(lastOwn.getCSeq().getSeqNumber() + 1);
            request.setMethod(method);
            request.setRequestURI((URI) lastOwn.getRequestURI().clone());
            request.getToHeader().removeParameter("tag");
            request.removeHeader("Via");
            request.removeHeader("Contact");
            request.removeContent();
            request.setApplicationData(null);
            sessionCreatingDialog = null;
            return (SipServletRequest) sipFactory
                    .getMobicentsSipServletMessageFactory()
                    .createSipServletRequest(request, this, null, null, true);
        } catch (ParseException | InvalidArgumentException e) {
            throw new IllegalStateException("no further " + method + " can be made in this session", e);
        }
    }

    @Override
    public void setSessionCreatingTransactionRequest(MobicentsSipServletMessage message) {
        super.setSessionCreatingTransactionRequest(message);
        if (message instanceof ServletRequestMessage request
                && request.getTransaction() instanceof ClientTransaction
                && JainSipUtils.DIALOG_CREATING_METHODS.contains(request.getMethod())) {
            lastOwn = (SIPRequest) request.getMessage();
            refused = false;
        }
    }

    /** The engine logs the whole request where its number is out of order; RFC 3261 section 12.2.2. */
    @Override
    public boolean validateCSeq(MobicentsSipServletRequest message) {
        ServletRequestMessage request = (ServletRequestMessage) message;
        String method = request.getMethod();
        long remote = ((SIPRequest) request.getMessage()).getCSeq().getSeqNumber();
        boolean ordered = getCseq() <= remote || method.equals(Request.ACK) || method.equals(Request.PRACK);
        if (ordered) {
            return super.validateCSeq(message);
        }
        try {
            request.createResponse(SipServletResponse.SC_SERVER_INTERNAL_ERROR, "CSeq out of order")
                    .send();
        } catch (IOException e) {
            LOG.debugf("no answer to a %s out of order: %s", method, e.getMessage());
        }
        return false;
    }

    /** A BYE in an early dialog ends the INVITE too (RFC 3261 section 15.1.2). */
    void byeReceived() {
        if (!isValidInternal() || getProxy() != null || ongoingTransactions == null) {
            return;
        }
        for (Transaction transaction : List.copyOf(ongoingTransactions)) {
            if (transaction instanceof ServerTransaction
                    && isOpen(transaction)
                    && transaction.getApplicationData() instanceof TransactionApplicationData data
                    && data.getSipServletMessage() instanceof ServletRequestMessage invite
                    && Request.INVITE.equals(invite.getMethod())) {
                terminate(invite);
            }
        }
    }

    private static void terminate(ServletRequestMessage invite) {
        try {
            invite.createResponse(SipServletResponse.SC_REQUEST_TERMINATED).send();
        } catch (IOException | IllegalStateException e) {
            LOG.debugf("no 487: %s", e.getMessage()); // the application has answered meanwhile
        }
    }

    // ---- the proxy ----

    @Override
    public void setProxy(MobicentsProxy made) {
        boolean engines = made != null && made.getClass() == ProxyImpl.class;
        super.setProxy(
                engines
                        ? new CallProxy(
                                (SipServletRequestImpl) made.getOriginalRequest(),
                                sipFactory,
                                getSipApplicationSession().getSipContext().getProxyTimeout())
                        : made);
    }

    // ---- the end of the session ----

    @Override
    public void updateStateOnResponse(MobicentsSipServletResponse response, boolean receive) {
        super.updateStateOnResponse(response, receive);
        if (receive
                && response.getStatus() >= 300
                && State.INITIAL.equals(getStateInternal())
                && JainSipUtils.DIALOG_CREATING_METHODS.contains(response.getMethod())) {
            refused = true;
        }
    }

    @Override
    public void addOngoingTransaction(Transaction transaction) {
        refused = false; // a new try begins
        super.addOngoingTransaction(transaction);
    }

    @Override
    public void removeOngoingTransaction(Transaction transaction) {
        super.removeOngoingTransaction(transaction);
        if (awaiting && !hasOpenTransaction()) {
            onReadyToInvalidate();
        }
        if (ongoingTransactions == null || ongoingTransactions.isEmpty()) {
            setReadyToInvalidate(readyToInvalidate || wasRefused());
        }
    }

    /** The engine looks when the transaction has gone, 32 s after the answer; the application may ask before. */
    @Override
    public boolean isReadyToInvalidate() {
        return super.isReadyToInvalidate() || wasRefused();
    }

    /** JSR 289 section 6.2.4.1.2, third condition. */
    private boolean wasRefused() {
        return refused && getProxy() == null && State.INITIAL.equals(getStateInternal()) && !hasOpenTransaction();
    }

    /**
     * Not before each transaction has its final answer (JSR 289 section 6.2.4.1.2): the answer to a re-INVITE that
     * crossed the peer's BYE is still to be acknowledged, and told to the application.
     */
    @Override
    public void onReadyToInvalidate() {
        awaiting = isValidInternal() && hasOpenTransaction();
        if (awaiting) {
            return;
        }
        setReadyToInvalidate(true);
        if (isValidInternal() && invalidateWhenReady) {
            notifySipSessionListeners(SipSessionEventType.READYTOINVALIDATE);
            if (isValidInternal() && invalidateWhenReady) { // the listener may have switched it off
                invalidate(true);
            }
        }
    }

    /** JSR 289 section 6.2.4.1; the application session may end all of its sessions. */
    @Override
    public void invalidate() {
        if (isValidInternal()
                && !readyToInvalidate
                && getSipApplicationSession().isValidInternal()
                && isInCall()) {
            throw new IllegalStateException("the session is " + getStateInternal() + " or has an open transaction");
        }
        super.invalidate();
    }

    private boolean isInCall() {
        return State.EARLY.equals(getStateInternal())
                || State.CONFIRMED.equals(getStateInternal())
                || hasOpenTransaction();
    }

    private boolean hasOpenTransaction() {
        return ongoingTransactions != null && ongoingTransactions.stream().anyMatch(CallSession::isOpen);
    }

    /** Without a final answer. */
    private static boolean isOpen(Transaction transaction) {
        TransactionState state = transaction.getState();
        return TransactionState.CALLING.equals(state)
                || TransactionState.TRYING.equals(state)
                || TransactionState.PROCEEDING.equals(state);
    }

    // ---- where its requests leave ----

    @Override
    public void setOutboundInterface(InetAddress address) {
        checkValid();
        sendFrom(Interfaces.on(address, getTransport(), sipFactory).toString());
    }

    @Override
    public void setOutboundInterface(InetSocketAddress address) {
        checkValid();
        sendFrom(Interfaces.on(address, getTransport(), sipFactory).toString());
    }

    private void checkValid() {
        if (!isValid()) {
            throw new IllegalStateException("the session has been invalidated");
        }
    }

    /** What is sent from now on leaves from the connector that {@code uri} names, or by the container's choice if null. */
    void sendFrom(String uri) {
        outboundInterface = uri;
    }
}
