// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.servlet;

import io.ifbus.sip.call.CallEvent;
import io.ifbus.sip.call.CallId;
import io.ifbus.sip.call.LegEvent;
import io.ifbus.sip.call.LegId;
import io.ifbus.sip.call.Party;
import io.ifbus.sip.control.ReceiveCall;
import io.ifbus.sip.sdp.Sdp;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.SipURI;
import javax.servlet.sip.URI;

/** Turns requests into core's events, and answers those that no call has to know of. */
final class RequestEvents {
    private final SipSignaling signaling;
    private final ReceiveCall receiveCall;

    RequestEvents(SipSignaling signaling, ReceiveCall receiveCall) {
        this.signaling = signaling;
        this.receiveCall = receiveCall;
    }

    void heard(SipServletRequest request) throws IOException, ServletException {
        if (request.isInitial()) {
            initial(request);
            return;
        }
        LegRef ref = LegRef.in(request.getSession());
        Optional<CallWire> call = signaling.find(ref);
        if (call.isPresent()) {
            inCall(call.get(), ref.leg(), request);
        } else if (!request.getMethod().equals("ACK")) { // the call has let go of it
            request.createResponse(SipServletResponse.SC_CALL_LEG_DONE).send();
        }
    }

    void ackMissing(SipServletRequest invite) {
        LegRef ref = LegRef.in(invite.getSession());
        signaling.find(ref).ifPresent(call -> event(call, new LegEvent.AckMissing(ref.leg())));
    }

    // ---- requests outside of a call ----

    private void initial(SipServletRequest request) throws IOException, ServletException {
        request.getSession().setInvalidateWhenReady(true);
        switch (request.getMethod()) {
            case "INVITE" -> arrival(request);
            case "OPTIONS" -> answerAlone(capabilities(request));
            case "ACK", "CANCEL" -> {
                // belongs to what the container has refused itself
            }
            default -> answerAlone(notAllowed(request));
        }
    }

    /** Sends the answer to a request that makes no dialog, whose session nothing else would end. */
    private static void answerAlone(SipServletResponse response) throws IOException {
        response.send();
        response.getApplicationSession().invalidate();
    }

    private void arrival(SipServletRequest invite) throws IOException, ServletException {
        Optional<SipServletResponse> refusal = unreadable(invite);
        if (refusal.isPresent()) {
            refusal.get().send();
            return;
        }
        CallId id = receiveCall.newId();
        CallWire call = signaling.open(id, invite.getApplicationSession());
        MessageSender.adopt(invite.getSession(), LegRef.of(id, LegId.A));
        LegWire leg = call.leg(LegId.A);
        leg.session = invite.getSession();
        leg.heardInvite = invite;
        ReceiveCall.Arrival arrival = arrival(id, invite);
        call.enter(() -> receiveCall.handle(arrival));
    }

    private static ReceiveCall.Arrival arrival(CallId id, SipServletRequest invite) throws IOException {
        URI uri = invite.getRequestURI();
        Optional<SipURI> sip = uri instanceof SipURI s ? Optional.of(s) : Optional.empty();
        return new ReceiveCall.Arrival(
                id,
                Headers.party(invite.getFrom()),
                Party.of(uri.toString()),
                sip.map(SipURI::getUser).orElse(""),
                sip.map(SipURI::getHost).orElse(""),
                Bodies.sdp(invite),
                Headers.ours(invite),
                Headers.all(invite),
                invite.getMaxForwards());
    }

    /** What an INVITE that we cannot understand is answered. */
    private static Optional<SipServletResponse> unreadable(SipServletRequest invite) throws IOException {
        Iterator<String> required = invite.getHeaders("Require");
        if (required.hasNext()) { // no extension is supported (RFC 3261 section 8.2.2.3)
            SipServletResponse bad = invite.createResponse(SipServletResponse.SC_BAD_EXTENSION);
            required.forEachRemaining(option -> bad.addHeader("Unsupported", option));
            return Optional.of(bad);
        }
        if (Bodies.isEmpty(invite)) {
            return Optional.empty();
        }
        if (!Bodies.isSdp(invite)) { // RFC 3261 section 8.2.3
            SipServletResponse unsupported = invite.createResponse(SipServletResponse.SC_UNSUPPORTED_MEDIA_TYPE);
            unsupported.setHeader("Accept", Bodies.SDP);
            return Optional.of(unsupported);
        }
        return Bodies.sdp(invite).isPresent()
                ? Optional.empty()
                : Optional.of(
                        invite.createResponse(SipServletResponse.SC_BAD_REQUEST, "Malformed session description"));
    }

    private static SipServletResponse capabilities(SipServletRequest options) {
        SipServletResponse response = options.createResponse(SipServletResponse.SC_OK);
        response.setHeader("Allow", Headers.ALLOW);
        response.setHeader("Accept", Bodies.SDP);
        return response;
    }

    private static SipServletResponse notAllowed(SipServletRequest request) {
        SipServletResponse response = request.createResponse(SipServletResponse.SC_METHOD_NOT_ALLOWED);
        response.setHeader("Allow", Headers.ALLOW);
        return response;
    }

    // ---- requests inside of a call ----

    private void inCall(CallWire call, LegId id, SipServletRequest request) throws IOException {
        LegWire leg = call.leg(id);
        switch (request.getMethod()) {
            case "INVITE" -> reinvite(call, id, request);
            case "ACK" -> event(call, new LegEvent.Acked(id, Bodies.sdp(request)));
            case "CANCEL" -> event(call, new LegEvent.Cancelled(id));
            case "BYE" -> {
                leg.heardBye = request;
                event(call, new LegEvent.ByeReceived(id));
            }
            case "INFO" -> event(call, new CallEvent.InfoReceived(id, call.keepInfo(request)));
            case "OPTIONS" -> capabilities(request).send();
            default -> notAllowed(request).send();
        }
    }

    private void reinvite(CallWire call, LegId id, SipServletRequest invite) throws IOException {
        Optional<SipServletResponse> refusal = unreadable(invite);
        if (refusal.isPresent()) {
            refusal.get().send();
            return;
        }
        call.leg(id).heardInvite = invite;
        Optional<Sdp> sdp = Bodies.sdp(invite);
        event(call, new LegEvent.Reinvited(id, sdp));
    }

    private void event(CallWire call, CallEvent event) {
        call.enter(() -> signaling.tell(call, event));
    }
}
