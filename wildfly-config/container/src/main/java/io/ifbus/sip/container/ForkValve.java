// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.SIPClientTransaction;
import gov.nist.javax.sip.stack.SIPMessageValve;
import javax.sip.SipStack;
import javax.sip.TransactionState;
import javax.sip.message.Response;

/**
 * Takes an INVITE's transaction away that a 2xx has ended, when another 2xx comes: the stack would leave it for half a
 * second, and it would swallow what comes in that time (RFC 3261 section 17.1.1.2).
 */
final class ForkValve implements SIPMessageValve {
    private final SipStackImpl stack;

    ForkValve(SipStackImpl stack) {
        this.stack = stack;
    }

    @Override
    public void init(SipStack made) {
        // it is known already
    }

    @Override
    public boolean processRequest(SIPRequest request, MessageChannel channel) {
        return true;
    }

    @Override
    public boolean processResponse(Response message, MessageChannel channel) {
        SIPResponse response = (SIPResponse) message;
        if (response.getStatusCode() / 100 == 2
                && stack.findTransaction(response.getTransactionId(), false) instanceof SIPClientTransaction ended
                && ended.isInviteTransaction()
                && ended.getDefaultDialog() != null
                && TransactionState.TERMINATED.equals(ended.getState())) {
            stack.removeTransaction(ended);
        }
        return true;
    }

    @Override
    public void destroy() {
        // nothing is held
    }
}
