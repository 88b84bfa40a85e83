// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.servlet;

import io.ifbus.sip.call.Reason;
import io.ifbus.sip.call.SessionTerms;
import io.ifbus.sip.call.SipAction;
import io.ifbus.sip.sdp.Sdp;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.servlet.sip.ServletParseException;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.SipSession;

/** Puts core's actions of a call's set-up, changes and end into messages and sends them. Used on the call's queue. */
final class MessageSender {
    private static final String HANDLER = "calls";
    static final int SESSION_INTERVAL_TOO_SMALL = 422;

    /** Written anew into each request, by the container or by us. */
    private static final Set<String> NOT_REPEATED = Set.of(
            "via",
            "from",
            "to",
            "call-id",
            "cseq",
            "contact",
            "max-forwards",
            "route",
            "record-route",
            "content-length",
            "content-type",
            "authorization",
            "proxy-authorization",
            "session-expires",
            "min-se");

    private final SipFactory factory;
    private final Challenges challenges;
    private final Dialogs dialogs;

    MessageSender(SipFactory factory, Challenges challenges, Dialogs dialogs) {
        this.factory = factory;
        this.challenges = challenges;
        this.dialogs = dialogs;
    }

    /** Prepares a session in which a leg of ours lives, so that it goes when it has ended. */
    void adopt(SipSession session, LegRef ref, LegWire leg) throws ServletException {
        session.setInvalidateWhenReady(true);
        session.setHandler(HANDLER);
        ref.mark(session);
        dialogs.add(session, ref, leg);
    }

    void invite(CallWire call, SipAction.Invite action) throws IOException, ServletException {
        LegWire leg = call.leg(action.leg());
        SipServletRequest invite = create(call, action);
        leg.session = invite.getSession();
        leg.host = action.to().hostName();
        send(call, leg, invite);
    }

    private SipServletRequest create(CallWire call, SipAction.Invite action)
            throws ServletParseException, IOException, ServletException {
        SipServletRequest invite = factory.createRequest(
                call.session, "INVITE", Headers.address(factory, action.from()), Headers.address(factory, action.to()));
        // a To header may not say which transport to use (RFC 3261 section 19.1.1), and the Request-URI is made from it
        invite.setRequestURI(Headers.requestUri(factory, action.to()));
        // the stack takes these two over without what escapes them: a name could end its quotes and go on as header
        action.from().displayName().ifPresent(invite.getFrom()::setDisplayName);
        action.to().displayName().ifPresent(invite.getTo()::setDisplayName);
        invite.setMaxForwards(action.maxForwards());
        action.headers().forEach(invite::setHeader);
        describe(invite, action.session(), call.leg(action.leg()));
        Bodies.put(action.sdp(), invite);
        adopt(invite.getSession(), LegRef.of(call.id, action.leg()), call.leg(action.leg()));
        return invite;
    }

    private static void describe(SipServletRequest invite, SessionTerms session, LegWire leg) {
        invite.setHeader("Allow", Headers.ALLOW);
        invite.setHeader("Supported", Headers.SUPPORTED);
        Headers.propose(session, leg.minSession, invite);
    }

    private static void send(CallWire call, LegWire leg, SipServletRequest invite) throws IOException {
        leg.sentInvite = invite;
        leg.answered = false;
        leg.challenge = null;
        SessionIds.stamp(invite, call.id, leg);
        invite.send();
    }

    /** The last INVITE once more: the same dialog and the next CSeq (RFC 3261 section 22.2, RFC 4028 section 7.4). */
    void inviteAgain(CallWire call, LegWire leg, SessionTerms session) throws IOException {
        SipServletRequest last = leg.sentInvite;
        SipServletRequest again = last.getSession().createRequest("INVITE");
        again.setRequestURI(last.getRequestURI());
        for (var names = last.getHeaderNames(); names.hasNext(); ) {
            String name = names.next();
            if (!NOT_REPEATED.contains(name.toLowerCase(Locale.ROOT))) {
                Headers.copy(last, again, name);
            }
        }
        again.setMaxForwards(last.getMaxForwards());
        describe(again, session, leg);
        if (!Bodies.isEmpty(last)) {
            again.setContent(last.getRawContent(), last.getContentType());
        }
        if (leg.challenge != null) {
            challenges.answer(leg, leg.challenge, again);
        }
        send(call, leg, again);
    }

    void cancel(CallWire call, LegWire leg, Optional<Reason> reason) throws IOException {
        SipServletRequest cancel = leg.sentInvite.createCancel();
        reason.ifPresent(r -> cancel.setHeader("Reason", r.header()));
        SessionIds.stamp(cancel, call.id, leg);
        cancel.send();
    }

    void ack(CallWire call, LegWire leg, Optional<Sdp> sdp) throws IOException {
        SipServletRequest ack = leg.success.createAck();
        SessionIds.stamp(ack, call.id, leg);
        Bodies.put(sdp, ack);
        ack.send();
    }

    void reinvite(CallWire call, LegWire leg, SipAction.Reinvite action) throws IOException {
        SipServletRequest invite = leg.session.createRequest("INVITE");
        describe(invite, action.session(), leg);
        Bodies.put(action.sdp(), invite);
        send(call, leg, invite);
    }

    void update(CallWire call, LegWire leg, SessionTerms session) throws IOException {
        SipServletRequest update = leg.session.createRequest("UPDATE");
        describe(update, session, leg);
        SessionIds.stamp(update, call.id, leg);
        update.send();
    }

    void bye(CallWire call, LegWire leg, Optional<Reason> reason) throws IOException {
        SipServletRequest bye = leg.session.createRequest("BYE");
        reason.ifPresent(r -> bye.setHeader("Reason", r.header()));
        SessionIds.stamp(bye, call.id, leg);
        bye.send();
    }

    /** Sends a BYE, UPDATE, REFER or INFO once more with the credentials that {@code challenge} wants. */
    void again(CallWire call, LegWire leg, SipServletResponse challenge) throws IOException {
        SipServletRequest last = challenge.getRequest();
        SipServletRequest again = leg.session.createRequest(last.getMethod());
        for (var names = last.getHeaderNames(); names.hasNext(); ) {
            String name = names.next();
            if (!NOT_REPEATED.contains(name.toLowerCase(Locale.ROOT)) || name.equalsIgnoreCase("Session-Expires")) {
                Headers.copy(last, again, name);
            }
        }
        if (!Bodies.isEmpty(last)) {
            again.setContent(last.getRawContent(), last.getContentType());
        }
        challenges.answer(leg, challenge, again);
        SessionIds.stamp(again, call.id, leg);
        again.send();
    }

    void answerBye(CallWire call, LegWire leg) throws IOException {
        SipServletResponse ok = leg.heardBye.createResponse(SipServletResponse.SC_OK);
        SessionIds.stamp(ok, call.id, leg);
        ok.send();
    }

    void respond(CallWire call, LegWire leg, SipAction.Respond action) throws IOException {
        SipServletResponse response = response(leg.heardInvite, action.status(), action.phrase());
        if (action.status() < 300) {
            response.setHeader("Allow", Headers.ALLOW);
            response.setHeader("Supported", Headers.SUPPORTED);
        }
        if (leg.localTag == null) {
            leg.localTag = response.getTo().getParameter("tag");
        }
        action.headers().forEach(response::setHeader);
        if (leg.peer != null && leg.heardInvite.isInitial()) { // RFC 7044 section 9.4
            leg.peer.history.forEach(entry -> response.addHeader("History-Info", entry));
        }
        complete(call, leg, response, action.session(), action.sdp());
    }

    void answerUpdate(CallWire call, LegWire leg, SipAction.AnswerUpdate action) throws IOException {
        SipServletResponse response = leg.heardUpdate.createResponse(action.status());
        if (action.status() == SipServletResponse.SC_SERVER_INTERNAL_ERROR) { // RFC 3311 section 5.2
            response.setHeader("Retry-After", "5");
        }
        complete(call, leg, response, action.session(), action.sdp());
    }

    private static void complete(
            CallWire call, LegWire leg, SipServletResponse response, Optional<SessionTerms> session, Optional<Sdp> sdp)
            throws IOException {
        if (response.getStatus() == SESSION_INTERVAL_TOO_SMALL) {
            Headers.tooSmall(response);
        }
        Headers.settle(session, response);
        SessionIds.stamp(response, call.id, leg);
        Bodies.put(sdp, response);
        response.send();
    }

    /** ACKs and ends a dialog that nobody wants: another fork's, or one that was answered too late. */
    void disown(SipServletResponse answer) throws IOException {
        SipServletRequest ack = answer.createAck();
        boolean offered = !Bodies.isEmpty(answer.getRequest());
        Bodies.put(offered ? Optional.empty() : Bodies.sdp(answer).map(Sdp::refusal), ack);
        ack.send();
        answer.getSession().createRequest("BYE").send();
    }

    static SipServletResponse response(SipServletRequest request, int status, String phrase) {
        return phrase == null || phrase.isEmpty()
                ? request.createResponse(status)
                : request.createResponse(status, phrase);
    }
}
