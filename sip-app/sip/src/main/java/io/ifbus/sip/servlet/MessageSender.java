// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.servlet;

import io.ifbus.sip.call.Reason;
import io.ifbus.sip.call.SipAction;
import io.ifbus.sip.sdp.Sdp;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Optional;
import javax.servlet.sip.ServletParseException;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.SipSession;

/** Puts core's actions into messages and sends them. Used on the call's queue. */
final class MessageSender {
    private static final String HANDLER = "calls";
    private final SipFactory factory;

    MessageSender(SipFactory factory) {
        this.factory = factory;
    }

    /** Prepares a session in which a leg of ours lives, so that it goes when it has ended. */
    static void adopt(SipSession session, LegRef ref) throws ServletException {
        session.setInvalidateWhenReady(true);
        session.setHandler(HANDLER);
        ref.mark(session);
    }

    void invite(CallWire call, SipAction.Invite action) throws IOException, ServletException {
        SipServletRequest invite = invite(call, action, factory);
        LegWire leg = call.leg(action.leg());
        leg.session = invite.getSession();
        leg.sentInvite = invite;
        invite.send();
    }

    private static SipServletRequest invite(CallWire call, SipAction.Invite action, SipFactory factory)
            throws ServletParseException, IOException, ServletException {
        SipServletRequest invite = factory.createRequest(
                call.session, "INVITE", Headers.address(factory, action.from()), Headers.address(factory, action.to()));
        // a To header may not say which transport to use (RFC 3261 section 19.1.1), and the Request-URI is made from it
        invite.setRequestURI(Headers.address(factory, action.to()).getURI());
        invite.setMaxForwards(action.maxForwards());
        action.headers().forEach(invite::setHeader);
        invite.setHeader("Allow", Headers.ALLOW);
        Bodies.put(action.sdp(), invite);
        adopt(invite.getSession(), LegRef.of(call.id, action.leg()));
        return invite;
    }

    void cancel(LegWire leg, Optional<Reason> reason) throws IOException {
        SipServletRequest cancel = leg.sentInvite.createCancel();
        reason.ifPresent(r -> cancel.setHeader("Reason", r.header()));
        cancel.send();
    }

    void ack(LegWire leg, Optional<Sdp> sdp) throws IOException {
        SipServletRequest ack = leg.success.createAck();
        Bodies.put(sdp, ack);
        ack.send();
    }

    void reinvite(LegWire leg, Optional<Sdp> sdp) throws IOException {
        SipServletRequest invite = leg.session.createRequest("INVITE");
        invite.setHeader("Allow", Headers.ALLOW);
        Bodies.put(sdp, invite);
        leg.sentInvite = invite;
        leg.answered = false;
        invite.send();
    }

    void bye(LegWire leg, Optional<Reason> reason) throws IOException {
        SipServletRequest bye = leg.session.createRequest("BYE");
        reason.ifPresent(r -> bye.setHeader("Reason", r.header()));
        bye.send();
    }

    void answerBye(LegWire leg) throws IOException {
        leg.heardBye.createResponse(SipServletResponse.SC_OK).send();
    }

    void respond(LegWire leg, SipAction.Respond action) throws IOException {
        SipServletResponse response = response(leg.heardInvite, action.status(), action.phrase());
        if (action.status() < 300) {
            response.setHeader("Allow", Headers.ALLOW);
        }
        Bodies.put(action.sdp(), response);
        response.send();
    }

    /** Passes {@code info} to {@code leg}; if that fails its sender is told. */
    void relayInfo(LegWire leg, SipServletRequest info) throws IOException {
        try {
            SipServletRequest copy = leg.session.createRequest("INFO");
            for (String name : new String[] {"Info-Package", "Content-Disposition"}) {
                if (info.getHeader(name) != null) {
                    copy.setHeader(name, info.getHeader(name));
                }
            }
            Headers.ours(info).forEach(copy::setHeader);
            if (!Bodies.isEmpty(info)) {
                copy.setContent(info.getRawContent(), info.getContentType());
            }
            leg.relayed.put(copy.getHeader("CSeq"), info);
            copy.send();
        } catch (IOException | RuntimeException e) {
            leg.relayed.values().remove(info);
            info.createResponse(SipServletResponse.SC_SERVER_INTERNAL_ERROR).send();
            throw e;
        }
    }

    /** Passes the answer to a relayed INFO back. */
    void relayAnswer(LegWire leg, SipServletResponse answer) throws IOException {
        SipServletRequest info = leg.relayed.remove(answer.getHeader("CSeq"));
        if (info != null) {
            response(info, answer.getStatus(), answer.getReasonPhrase()).send();
        }
    }

    /** ACKs and ends a dialog that nobody wants: another fork's, or one that was answered too late. */
    void disown(SipServletResponse answer) throws IOException {
        SipServletRequest ack = answer.createAck();
        boolean offered = !Bodies.isEmpty(answer.getRequest());
        Bodies.put(offered ? Optional.empty() : Bodies.sdp(answer).map(Sdp::refusal), ack);
        ack.send();
        answer.getSession().createRequest("BYE").send();
    }

    private static SipServletResponse response(SipServletRequest request, int status, String phrase) {
        return phrase == null || phrase.isEmpty()
                ? request.createResponse(status)
                : request.createResponse(status, phrase);
    }
}
