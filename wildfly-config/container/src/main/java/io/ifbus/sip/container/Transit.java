// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static io.ifbus.sip.container.ContainerLogger.LOG;

import gov.nist.javax.sip.ServerTransactionExt;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sip.ClientTransaction;
import javax.sip.InvalidArgumentException;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipProvider;
import javax.sip.Transaction;
import javax.sip.TransactionState;
import javax.sip.header.ViaHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.mobicents.servlet.sip.message.TransactionApplicationData;

/**
 * Requests that leave the container without an application having had them. The engine links their two transactions and
 * passes answers on; what else happens to one, it leaves to a session that there is not. Each call's events come one
 * after another.
 */
final class Transit {
    private final SerialDispatcher dispatcher;
    /** INVITEs that have been cancelled before their next hop was heard of (RFC 3261 section 9.1). */
    private final Set<ClientTransaction> cancelled = ConcurrentHashMap.newKeySet();

    Transit(SerialDispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    /** Passes the CANCEL of such a request on; false if it is none, and nothing has been done. */
    boolean cancel(ServerTransaction cancel) throws SipException, InvalidArgumentException {
        ServerTransaction invite = ((ServerTransactionExt) cancel).getCanceledInviteTransaction();
        if (!(invite.getApplicationData() instanceof TransactionApplicationData data)
                || !isWithoutSession(data)
                || !(data.getTransaction() instanceof ClientTransaction onward)) {
            return false;
        }
        cancel.sendResponse(((SIPRequest) cancel.getRequest()).createResponse(Response.OK));
        if (TransactionState.PROCEEDING.equals(onward.getState())) {
            send(onward);
        } else if (TransactionState.CALLING.equals(onward.getState())) {
            cancelled.add(onward);
        }
        return true;
    }

    /** Told of each answer. */
    void answered(ResponseEvent event) {
        ClientTransaction onward = event.getClientTransaction();
        if (onward != null && cancelled.remove(onward) && event.getResponse().getStatusCode() < 200) {
            try {
                send(onward);
            } catch (SipException e) {
                LOG.debugf("no CANCEL after a first answer: %s", e.getMessage());
            }
        }
    }

    private void send(ClientTransaction onward) throws SipException {
        Request cancel = onward.createCancel();
        String transport = ((ViaHeader) cancel.getHeader(ViaHeader.NAME)).getTransport();
        provider(transport).getNewClientTransaction(cancel).sendRequest();
    }

    private SipProvider provider(String transport) {
        return dispatcher
                .getSipNetworkInterfaceManager()
                .findMatchingListeningPoint(transport, false)
                .getSipProvider();
    }

    /** Answers such a request, of which nothing is heard any more. */
    void failed(Transaction transaction, int status) {
        if (transaction instanceof ClientTransaction
                && transaction.getApplicationData() instanceof TransactionApplicationData data
                && isWithoutSession(data)
                && data.getTransaction() instanceof ServerTransaction arrived) {
            try {
                SIPRequest request = (SIPRequest) arrived.getRequest();
                SIPResponse response = request.createResponse(status);
                response.setToTag(Integer.toHexString(request.getTopmostVia().hashCode()));
                arrived.sendResponse(response);
            } catch (SipException | InvalidArgumentException e) {
                LOG.debugf("no %d: %s", status, e.getMessage()); // it has been answered
            }
        }
    }

    /** Told of each transaction that ends. */
    void ended(Transaction transaction) {
        if (transaction instanceof ClientTransaction) {
            cancelled.remove(transaction);
        }
    }

    private static boolean isWithoutSession(TransactionApplicationData data) {
        return data.getSipServletMessage() != null
                && data.getSipServletMessage().getSipSession() == null;
    }
}
