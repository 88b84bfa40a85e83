// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.servlet.sip.SipErrorEvent;
import javax.servlet.sip.SipServletRequest;
import javax.sip.Dialog;
import javax.sip.Transaction;
import javax.sip.message.Response;
import org.mobicents.servlet.sip.core.session.MobicentsSipSession;
import org.mobicents.servlet.sip.message.SipFactoryImpl;

/** The engine's response with what Servlet 6 added to {@code ServletResponse}. */
final class ServletResponseMessage extends CheckedResponse {
    private static final long serialVersionUID = 1L;

    private final transient SerialDispatcher dispatcher;
    private final boolean received;
    private transient FurtherAnswer further;
    private boolean acknowledged; // this and the next: used alone with the session
    private final transient List<Runnable> whenAcknowledged = new ArrayList<>();

    ServletResponseMessage(
            Response response,
            SipFactoryImpl factory,
            Transaction transaction,
            MobicentsSipSession session,
            Dialog dialog,
            boolean received,
            boolean retransmission) {
        super(response, factory, transaction, session, dialog, received, retransmission);
        this.dispatcher = (SerialDispatcher) factory.getSipApplicationDispatcher();
        this.received = received;
    }

    /** Whether this is a 2xx to an INVITE of ours for which no ACK has been made. */
    boolean awaitsAck() {
        return received
                && !acknowledged
                && getStatus() / 100 == 2
                && "INVITE".equals(getMethod())
                && getSipSession() != null
                && getSipSession().isValidInternal();
    }

    /** Runs {@code task} when the ACK is made; never, if the session ends without one. */
    void whenAcknowledged(Runnable task) {
        whenAcknowledged.add(task);
    }

    @Override
    public SipServletRequest createAck() {
        SipServletRequest[] made = new SipServletRequest[1];
        dispatcher.alone(getSipSession(), () -> made[0] = acknowledge());
        return made[0];
    }

    private SipServletRequest acknowledge() {
        SipServletRequest ack = super.createAck();
        acknowledged = true;
        whenAcknowledged.forEach(Runnable::run);
        whenAcknowledged.clear();
        return ack;
    }

    @Override
    public void send(boolean reliably) throws IOException {
        dispatcher.alone(getSipSession(), () -> sendInOrder(reliably));
    }

    /** The call has been answered already. */
    void sendAs(FurtherAnswer answer) {
        further = answer;
    }

    private void sendInOrder(boolean reliably) throws IOException {
        if (further != null) {
            further.send(this);
            isMessageSent = true;
            return;
        }
        if (received
                || isProxiedResponse()
                || !(getRequest() instanceof ServletRequestMessage invite)
                || !invite.isCall()) {
            super.send(reliably);
            return;
        }
        boolean required = getStatus() > 100 && getStatus() < 200 && invite.requiresReliability(); // RFC 3262 section 3
        invite.reliableAnswers().send(this, reliably || required, super::send);
    }

    /** No PRACK has come for 64*T1: tells the application, and refuses the call unless it has done so. */
    void notAcknowledged() {
        ServletRequestMessage invite = (ServletRequestMessage) getRequest();
        invite.application().noPrackReceived(new SipErrorEvent(invite, this));
        if (!invite.isCommitted()) {
            try {
                invite.createResponse(SC_SERVER_TIMEOUT).send();
            } catch (IOException | IllegalStateException e) { // cancelled at the same time, or the caller is gone
                ContainerLogger.LOG.debugf(e, "no answer to %s", invite.getCallId());
            }
        }
    }

    @Override
    public void setContentLengthLong(long length) {
        setContentLength(Math.toIntExact(length));
    }
}
