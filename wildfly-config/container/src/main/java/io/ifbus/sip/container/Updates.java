// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.stack.SIPDialog;
import gov.nist.javax.sip.stack.SIPTransaction;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sip.Dialog;
import javax.sip.ServerTransaction;
import javax.sip.Transaction;
import javax.sip.TransactionState;
import javax.sip.message.Response;
import org.mobicents.servlet.sip.message.TransactionApplicationData;

/** Which UPDATEs a user agent refuses by itself, because they cross another offer or another UPDATE (RFC 3311 section 5.2). */
final class Updates {
    private final Map<String, ServerTransaction> unanswered = new ConcurrentHashMap<>(); // by dialog
    private final Map<String, Transaction> offered =
            new ConcurrentHashMap<>(); // by dialog: our own UPDATEs with an offer

    /** @throws Refusal if the application must not see the UPDATE */
    void check(SIPRequest update, ServerTransaction transaction, Dialog dialog) throws Refusal {
        if (!(dialog instanceof SIPDialog known)) {
            return;
        }
        ServerTransaction before = unanswered.put(dialog.getDialogId(), transaction);
        if (before != null && isPending(before)) {
            unanswered.put(dialog.getDialogId(), before);
            throw Refusal.later("an UPDATE before it has not been answered");
        }
        if (update.getContentLength().getContentLength() > 0) {
            Transaction ours = offered.get(dialog.getDialogId());
            if (ours != null && isPending(ours)) {
                throw new Refusal(Response.REQUEST_PENDING, "our own offer has not been answered");
            }
            checkOffer(known.getLastTransaction());
        }
    }

    /** Told of each UPDATE with an offer that has left. */
    void left(Transaction transaction) {
        if (transaction != null && transaction.getDialog() != null) {
            offered.put(transaction.getDialog().getDialogId(), transaction);
        }
    }

    /** Told of each transaction that ends, of either side. */
    void ended(Transaction transaction) {
        unanswered.values().remove(transaction);
        offered.values().remove(transaction);
    }

    /** @param invite the last INVITE of the dialog, of either side, or null */
    private static void checkOffer(SIPTransaction invite) throws Refusal {
        if (invite == null
                || !isPending(invite)
                || !(invite.getApplicationData() instanceof TransactionApplicationData data)
                || !(data.getSipServletMessage() instanceof ServletRequestMessage message)
                || message.getContentLength() == 0) {
            return;
        }
        if (!invite.isServerTransaction() && !message.reliableReceipts().haveAnswered()) {
            throw new Refusal(Response.REQUEST_PENDING, "our own offer has not been answered");
        }
        if (invite.isServerTransaction() && !message.reliableAnswers().haveAnswered()) {
            throw Refusal.later("the offer of its INVITE has not been answered");
        }
    }

    private static boolean isPending(Transaction transaction) {
        TransactionState state = transaction.getState();
        return state == TransactionState.CALLING
                || state == TransactionState.TRYING
                || state == TransactionState.PROCEEDING;
    }
}
