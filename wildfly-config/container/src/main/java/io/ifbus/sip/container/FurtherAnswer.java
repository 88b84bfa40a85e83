// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static io.ifbus.sip.container.ContainerLogger.LOG;

import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.stack.SIPDialog;
import gov.nist.javax.sip.stack.SIPServerTransaction;
import java.io.IOException;
import javax.servlet.sip.SipErrorEvent;
import javax.sip.DialogState;
import javax.sip.SipException;
import org.mobicents.servlet.sip.message.TransactionApplicationData;

/**
 * One more 2xx to an INVITE that has got a 2xx already, with a dialog of its own (RFC 3261 section 13.3.1.4, JSR 289
 * section 12.5). The transaction has ended with the first; this one is sent until its ACK comes. Used alone with the
 * session.
 */
final class FurtherAnswer {
    private final SerialDispatcher dispatcher;
    private final SIPServerTransaction transaction;
    private final ServletRequestMessage invite; // as its own session has it
    private SIPDialog dialog;
    private long waited; // ms

    FurtherAnswer(SerialDispatcher dispatcher, SIPServerTransaction transaction, ServletRequestMessage invite) {
        this.dispatcher = dispatcher;
        this.transaction = transaction;
        this.invite = invite;
    }

    void send(ServletResponseMessage response) throws IOException {
        if (response.isMessageSent()) {
            throw new IllegalStateException("the response has been sent");
        }
        dialog = begin((SIPResponse) response.getMessage());
        response.getSipSession().setSessionCreatingDialog(dialog);
        response.getSipSession().updateStateOnResponse(response, false);
        transmit(response);
        later(response, dispatcher.getBaseTimerInterval());
    }

    private SIPDialog begin(SIPResponse response) {
        SIPRequest request = (SIPRequest) transaction.getRequest();
        SIPDialog made = ((SipStackImpl) dispatcher.getSipStack()).createDialog(transaction);
        made.addRoute(request);
        made.disableSequenceNumberValidation(); // the engine does that
        made.addEventListener(transaction.getSipProvider());
        made.setApplicationData(new TransactionApplicationData(invite));
        made.setLastResponse(transaction, response);
        return made;
    }

    private void transmit(ServletResponseMessage response) throws IOException {
        SIPResponse copy = (SIPResponse) response.getMessage().clone();
        if (transaction.isReliable()) {
            transaction.getMessageChannel().sendMessage(copy); // RFC 3261 section 18.2.2
            return;
        }
        try {
            transaction.getSipProvider().sendResponse(copy);
        } catch (SipException e) {
            throw new IOException("the response cannot be sent", e);
        }
    }

    private void later(ServletResponseMessage response, long pause) {
        invite.application().after(pause, response.getSipSession().getSipApplicationSession(), () -> {
            if (dialog.isAckSeen() || DialogState.TERMINATED.equals(dialog.getState())) {
                return;
            }
            waited += pause;
            if (waited >= 64L * dispatcher.getBaseTimerInterval()) {
                invite.application().noAckReceived(new SipErrorEvent(invite, response));
                return;
            }
            try {
                transmit(response);
            } catch (IOException e) { // the caller may come back
                LOG.debugf(e, "a further answer to %s is not repeated", invite.getCallId());
            }
            later(response, Math.min(2 * pause, dispatcher.getT2Interval()));
        });
    }
}
