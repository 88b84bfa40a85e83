// SPDX-License-Identifier: AGPL-3.0-or-later
package gov.nist.javax.sip.stack;

import gov.nist.javax.sip.header.RAck;
import gov.nist.javax.sip.header.RetryAfter;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;
import javax.sip.InvalidArgumentException;
import javax.sip.SipException;
import javax.sip.TransactionState;
import javax.sip.header.RAckHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** What a user agent server refuses within a dialog by itself, before there is a transaction. */
final class DialogDuties {
    private static final int MOST_SECONDS = 10; // RFC 3261 section 14.2: 0 to 10 s

    private DialogDuties() {}

    /** The answer to a request that has no business in its dialog now, or null. Called on the call's queue. */
    static SIPResponse refusal(SIPTransactionStack stack, SIPRequest request) {
        String method = request.getMethod();
        if (!request.hasToTag() || !Request.INVITE.equals(method) && !Request.PRACK.equals(method)) {
            return null;
        }
        SIPDialog dialog = stack.getDialog(request.getDialogId(true));
        if (dialog == null || stack.findTransaction(request, true) != null) {
            return null; // none of ours, or a retransmission
        }
        if (Request.PRACK.equals(method)) {
            return isAwaited(dialog, request)
                    ? null
                    : request.createResponse(Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST);
        }
        SIPTransaction last = dialog.getLastTransaction(); // the stack keeps that of the last INVITE, of either side
        if (last == null || !isPending(last)) {
            return null;
        }
        return last.isServerTransaction() ? later(request) : request.createResponse(Response.REQUEST_PENDING);
    }

    /** Answers in the request's transaction, which takes care of retransmissions and of the ACK. */
    static void refuse(SIPTransactionStack stack, SIPServerTransaction transaction, SIPResponse refusal) {
        try {
            stack.addTransaction(transaction);
            transaction.sendResponse(refusal);
        } catch (SipException | IOException e) {
            throw new IllegalStateException("a " + refusal.getStatusCode() + " cannot be sent: " + e.getMessage(), e);
        } finally {
            transaction.releaseSem();
        }
    }

    private static boolean isPending(SIPTransaction invite) {
        TransactionState state = invite.getState();
        return state == TransactionState.TRYING
                || state == TransactionState.CALLING
                || state == TransactionState.PROCEEDING;
    }

    /** RFC 3261 section 14.2: a second INVITE before the first is answered. */
    private static SIPResponse later(SIPRequest request) {
        SIPResponse response = request.createResponse(Response.SERVER_INTERNAL_ERROR);
        RetryAfter header = new RetryAfter();
        try {
            header.setRetryAfter(ThreadLocalRandom.current().nextInt(MOST_SECONDS + 1));
        } catch (InvalidArgumentException e) {
            throw new IllegalStateException("a number of seconds is always valid", e);
        }
        response.setHeader(header);
        return response;
    }

    /** RFC 3262 section 3: a PRACK names a response that awaits it. */
    private static boolean isAwaited(SIPDialog dialog, SIPRequest prack) {
        if (!(prack.getHeader(RAckHeader.NAME) instanceof RAck rack)
                || !(dialog.getLastTransaction() instanceof SIPServerTransaction invite)) {
            return false;
        }
        return invite.getReliableProvisionalResponse() != null
                && rack.getRSequenceNumber() == invite.getPendingReliableRSeqNumber()
                && rack.getCSeqNumberLong() == invite.getPendingReliableCSeqNumber()
                && rack.getMethod().equals(invite.getPendingReliableResponseMethod());
    }
}
