// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.locator;

import gov.nist.javax.sip.message.MessageExt;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.ResponseEvent;
import javax.sip.SipException;
import javax.sip.Transaction;
import javax.sip.header.RouteHeader;
import javax.sip.message.Message;
import javax.sip.message.Response;
import org.mobicents.servlet.sip.message.SipServletRequestImpl;
import org.mobicents.servlet.sip.message.TransactionApplicationData;

/**
 * The way of one request from server to server until one takes it (RFC 3263 section 4.3). The engine goes on after a time-out
 * and a transport error, but forgets a Route of the application each time, and the end of the transaction that failed clears
 * the data of the new one. Used alone with the request's session.
 */
public final class Failover {
    private List<RouteHeader> routes = List.of();

    /** Notes the Routes of a request that is about to leave; the engine's own one is not among them yet. */
    public void leaves(Message request) {
        routes = new ArrayList<>();
        for (Iterator<?> each = request.getHeaders(RouteHeader.NAME); each.hasNext(); ) {
            routes.add((RouteHeader) ((RouteHeader) each.next()).clone());
        }
    }

    /**
     * Sends the request to its next server.
     *
     * @param visit how the engine does it
     * @return whether there was one; the transaction that failed is nobody's then
     */
    public boolean next(SipServletRequestImpl request, BooleanSupplier visit) {
        TransactionApplicationData data = request.getTransactionApplicationData();
        if (data == null || data.getHops() == null || data.getHops().size() < 2) {
            return false;
        }
        Transaction failed = request.getTransaction();
        Dialog dialog = failed == null ? null : failed.getDialog();
        attach(failed, dialog, null); // else its end would clear what the next one needs
        restoreRoutes(request.getMessage());
        boolean sent = false;
        try {
            sent = visit.getAsBoolean();
        } finally {
            if (!sent) {
                attach(failed, dialog, data);
            }
        }
        if (sent && failed != null) {
            request.getSipSession().removeOngoingTransaction(failed);
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

    /** The first one twice: the engine takes one off, meaning its own, which the stack's router has taken off already. */
    private void restoreRoutes(Message request) {
        request.removeHeader(RouteHeader.NAME);
        routes.forEach(request::addHeader);
        if (!routes.isEmpty()) {
            try {
                ((MessageExt) request).addFirst((RouteHeader) routes.get(0).clone());
            } catch (SipException e) { // it was in the message before
                throw new IllegalStateException(e);
            }
        }
    }

    /** The request that a 503 refuses; empty for other responses. */
    public static Optional<SipServletRequestImpl> refusedBy(ResponseEvent event) {
        ClientTransaction transaction = event.getClientTransaction();
        return event.getResponse().getStatusCode() == Response.SERVICE_UNAVAILABLE
                        && transaction != null
                        && transaction.getApplicationData() instanceof TransactionApplicationData data
                        && data.getSipServletMessage() instanceof SipServletRequestImpl request
                ? Optional.of(request)
                : Optional.empty();
    }
}
