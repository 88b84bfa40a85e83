// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import gov.nist.javax.sip.stack.SIPServerTransaction;
import java.text.ParseException;
import java.util.HashMap;
import java.util.Map;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.SipSession;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.mobicents.servlet.sip.JainSipUtils;
import org.mobicents.servlet.sip.core.ApplicationRoutingHeaderComposer;
import org.mobicents.servlet.sip.core.session.MobicentsSipSession;
import org.mobicents.servlet.sip.core.session.MobicentsSipSessionKey;
import org.mobicents.servlet.sip.core.session.SipSessionKey;
import org.mobicents.servlet.sip.message.SipFactoryImpl;

/** The engine's helper of two legs, with more than one 2xx to a call (JSR 289 section 12.5). */
final class CallBridge extends CallLegs {
    private static final long serialVersionUID = 1L;

    private record Answered(ServletRequestMessage invite, SIPServerTransaction transaction) {}

    private final transient SipFactoryImpl factory;
    private final transient Map<MobicentsSipSessionKey, Answered> answered = new HashMap<>();

    CallBridge(SipFactoryImpl factory, MobicentsSipSession session) {
        this.factory = factory;
        setMobicentsSipFactory(factory);
        setSipManager(session.getSipApplicationSession().getSipContext().getSipManager());
    }

    @Override
    public SipServletResponse createResponseToOriginalRequest(SipSession session, int status, String reason) {
        MobicentsSipSession leg = (MobicentsSipSession) session;
        if (leg == null || !leg.isValidInternal()) {
            return super.createResponseToOriginalRequest(session, status, reason); // says why not
        }
        Answered first = answered.get(leg.getKey());
        if (first == null
                && leg.getSessionCreatingTransactionRequest() instanceof ServletRequestMessage invite
                && invite.isCall()) {
            boolean before = invite.getLastFinalResponse() != null
                    && invite.getLastFinalResponse().getStatus() / 100 == 2;
            Answered now = new Answered(invite, (SIPServerTransaction) invite.getTransaction());
            if (before || status / 100 == 2) {
                answered.put(leg.getKey(), now);
            }
            first = before ? now : null;
        }
        if (first == null) {
            return super.createResponseToOriginalRequest(session, status, reason);
        }
        if (status / 100 != 2) {
            throw new IllegalStateException("the call has been answered with a 2xx");
        }
        return further(first, status, reason);
    }

    private ServletResponseMessage further(Answered first, int status, String reason) {
        CallSession original = (CallSession) first.invite().getSipSession();
        CallSession derived = another(original);
        Request request = (Request) first.invite().getMessage();
        ServletRequestMessage invite = (ServletRequestMessage) factory.getMobicentsSipServletMessageFactory()
                .createSipServletRequest(request, derived, null, null, false);
        invite.setSipSession(derived);
        derived.setSessionCreatingTransactionRequest(invite);
        try {
            Response message = SipFactoryImpl.messageFactory.createResponse(status, request);
            if (reason != null) {
                message.setReasonPhrase(reason);
            }
            ((javax.sip.header.ToHeader) message.getHeader("To"))
                    .setTag(derived.getKey().getToTag());
            message.setHeader(JainSipUtils.createContactHeader(
                    factory.getSipNetworkInterfaceManager(), request, null, null, derived.getOutboundInterface()));
            ServletResponseMessage made = (ServletResponseMessage) factory.getMobicentsSipServletMessageFactory()
                    .createSipServletResponse(message, null, derived, null, false, false);
            made.setSipSession(derived);
            made.setOriginalRequest(invite);
            SerialDispatcher dispatcher = (SerialDispatcher) factory.getSipApplicationDispatcher();
            made.sendAs(new FurtherAnswer(dispatcher, first.transaction(), invite));
            return made;
        } catch (ParseException e) {
            throw new IllegalArgumentException("no response of status " + status + " and reason " + reason, e);
        }
    }

    /** A session with a tag of its own; its ACK is awaited. */
    private CallSession another(CallSession original) {
        SipSessionKey key = original.getKey();
        String tag = ApplicationRoutingHeaderComposer.getHash(
                factory.getSipApplicationDispatcher(), key.getApplicationName(), key.getApplicationSessionId());
        Sessions sessions =
                (Sessions) original.getSipApplicationSession().getSipContext().getSipManager();
        CallSession derived = (CallSession) sessions.createDerivedSipSession(
                original,
                new SipSessionKey(
                        key.getFromTag(),
                        tag,
                        key.getCallId(),
                        key.getApplicationSessionId(),
                        key.getApplicationName()));
        derived.setCseq(original.getCseq());
        derived.setAckReceived(original.getCseq(), false);
        derived.setB2buaHelper(this);
        return derived;
    }
}
