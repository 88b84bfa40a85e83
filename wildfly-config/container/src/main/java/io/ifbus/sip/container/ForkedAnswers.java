// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import gov.nist.javax.sip.ClientTransactionExt;
import gov.nist.javax.sip.ResponseEventExt;
import gov.nist.javax.sip.message.SIPResponse;
import javax.sip.ClientTransaction;
import javax.sip.ResponseEvent;
import javax.sip.Transaction;
import javax.sip.message.Request;
import org.mobicents.servlet.sip.core.session.MobicentsSipSession;
import org.mobicents.servlet.sip.core.session.MobicentsSipSessionKey;
import org.mobicents.servlet.sip.message.TransactionApplicationData;

/**
 * Answers of several parties to an INVITE of ours (RFC 3261 section 13.2.2.4, RFC 6026 section 7.2). The stack knows the
 * INVITE for 64*T1 after its transaction has ended.
 */
final class ForkedAnswers {
    /** The response that this thread has in hand, if it refuses the call. */
    private static final ThreadLocal<SIPResponse> REFUSAL = new ThreadLocal<>();

    private ForkedAnswers() {}

    /** Whether {@code key} is that of a response in hand that makes no dialog. */
    static boolean isRefusal(MobicentsSipSessionKey key) {
        SIPResponse response = REFUSAL.get();
        return response != null
                && key.getToTag().equals(response.getToTag())
                && key.getCallId().equals(response.getCallId().getCallId());
    }

    /** Has {@code engine} take the response, and the other dialogs follow. */
    static void process(ResponseEvent event, long patience, Runnable engine) {
        SIPResponse response = (SIPResponse) event.getResponse();
        if (!Request.INVITE.equals(response.getCSeq().getMethod()) || response.getStatusCode() == 100) {
            engine.run();
            return;
        }
        Transaction transaction = originOf(event);
        if (transaction != null && transaction.getApplicationData() == null) {
            return; // its application has gone
        }
        ServletRequestMessage invite = transaction == null ? null : inviteOf(transaction);
        REFUSAL.set(response.getStatusCode() >= 300 ? response : null);
        try {
            engine.run();
        } finally {
            REFUSAL.remove();
        }
        if (invite != null
                && response.getStatusCode() >= 200
                && invite.getSipSession() instanceof CallSession session) {
            answered(invite, session, response.getStatusCode(), patience);
        }
    }

    /** Where several transactions of a dialog are open at a time, the stack names the last one for each response. */
    private static Transaction originOf(ResponseEvent event) {
        ResponseEventExt answer = (ResponseEventExt) event;
        if (answer.isForkedResponse() && event.getClientTransaction() != null) {
            answer.setOriginalTransaction((ClientTransactionExt) event.getClientTransaction());
        }
        return event.getClientTransaction() != null || !answer.isForkedResponse()
                ? event.getClientTransaction()
                : answer.getOriginalTransaction();
    }

    private static ServletRequestMessage inviteOf(Transaction transaction) {
        return transaction.getApplicationData() instanceof TransactionApplicationData data
                        && data.getProxyBranch() == null
                        && data.getSipServletMessage() instanceof ServletRequestMessage request
                ? request
                : null;
    }

    private static void answered(ServletRequestMessage invite, CallSession session, int status, long patience) {
        if (status >= 300) {
            session.forks().endEarly();
        } else if (session.forks().anyEarly() || !session.forks().isEmpty() && Forks.isEarly(session)) {
            invite.application().after(patience, session.getSipApplicationSession(), () -> {
                session.forks().endEarly();
                Forks.endIfEarly(session);
            });
        }
    }

    /**
     * Leaves of an INVITE whose transaction has ended what its further answers need, if it was ours, and else nothing:
     * the engine leaves all to all.
     */
    static void ended(Transaction transaction) {
        if (!(transaction.getApplicationData() instanceof TransactionApplicationData data)
                || !(data.getSipServletMessage() instanceof ServletRequestMessage invite)
                || !Request.INVITE.equals(invite.getMethod())) {
            return;
        }
        MobicentsSipSession session = invite.getSipSession();
        if (session instanceof CallSession call) {
            call.forks().ended(transaction);
        }
        boolean ours = transaction instanceof ClientTransaction && data.getProxyBranch() == null;
        boolean bridged = session != null && session.getB2buaHelper() != null;
        if (ours && bridged) {
            return; // the ACK may still be made of it
        }
        data.cleanUp();
        transaction.setApplicationData(ours ? new TransactionApplicationData(invite) : null);
        if (session != null && !bridged) {
            session.cleanDialogInformation(false);
        }
    }
}
