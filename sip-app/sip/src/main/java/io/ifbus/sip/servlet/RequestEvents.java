// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.servlet;

import io.ifbus.sip.call.CallId;
import io.ifbus.sip.call.Identity;
import io.ifbus.sip.call.LegEvent;
import io.ifbus.sip.call.LegId;
import io.ifbus.sip.call.Party;
import io.ifbus.sip.control.ReceiveCall;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.SipURI;
import javax.servlet.sip.URI;

/** Turns requests that begin something into core's events, and answers those that no call has to know of. */
final class RequestEvents {
    private final SipSignaling signaling;
    private final ReceiveCall receiveCall;
    private final InCallRequests inCall;

    RequestEvents(SipSignaling signaling, ReceiveCall receiveCall) {
        this.signaling = signaling;
        this.receiveCall = receiveCall;
        this.inCall = new InCallRequests(signaling);
    }

    void heard(SipServletRequest request) throws IOException, ServletException {
        if (request.isInitial()) {
            initial(request);
            return;
        }
        LegRef ref = LegRef.in(request.getSession());
        Optional<CallWire> call = signaling.find(ref);
        if (call.isPresent()) {
            inCall.heard(call.get(), ref.leg(), request);
        } else if (!request.getMethod().equals("ACK")) { // the call has let go of it
            request.createResponse(SipServletResponse.SC_CALL_LEG_DONE).send();
        }
    }

    void ackMissing(SipServletRequest invite) {
        LegRef ref = LegRef.in(invite.getSession());
        signaling
                .find(ref)
                .ifPresent(call -> call.enter(() -> signaling.tell(call, new LegEvent.AckMissing(ref.leg()))));
    }

    private void initial(SipServletRequest request) throws IOException, ServletException {
        request.getSession().setInvalidateWhenReady(true);
        switch (request.getMethod()) {
            case "INVITE" -> arrival(request);
            case "OPTIONS" -> answerAlone(capabilities(request));
            case "ACK", "CANCEL" -> {
                // belongs to what the container has refused itself
            }
            case "NOTIFY", "UPDATE" -> answerAlone(request.createResponse(SipServletResponse.SC_CALL_LEG_DONE));
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
        LegWire leg = call.leg(LegId.A);
        signaling.sender().adopt(invite.getSession(), LegRef.of(id, LegId.A), leg);
        leg.remoteTag = invite.getFrom().getParameter("tag");
        leg.session = invite.getSession();
        leg.heardInvite = invite;
        SessionIds.hear(invite, leg);
        ReceiveCall.Arrival arrival = arrival(id, invite);
        call.enter(() -> receiveCall.handle(arrival));
    }

    private ReceiveCall.Arrival arrival(CallId id, SipServletRequest invite) throws IOException {
        URI uri = invite.getRequestURI();
        Optional<SipURI> sip = uri instanceof SipURI s ? Optional.of(s) : Optional.empty();
        return new ReceiveCall.Arrival(
                id,
                Headers.party(invite.getFrom()),
                Party.of(uri.toString()),
                sip.map(SipURI::getUser).orElse(""),
                sip.map(SipURI::getHost).orElse(""),
                Bodies.sdp(invite),
                Headers.carried(invite),
                Headers.all(invite),
                invite.getMaxForwards(),
                Headers.peer(invite),
                identity(invite),
                replacement(invite),
                session(invite));
    }

    /** A host of the trust domain is believed who calls (RFC 3325 section 5). */
    private Identity identity(SipServletRequest invite) {
        boolean trusted = receiveCall.trusted().contains(String.valueOf(invite.getRemoteAddr()));
        String privacy = invite.getHeader("Privacy");
        boolean isPrivate = privacy != null
                && List.of(privacy.toLowerCase(Locale.ROOT).split("[;,\\s]+")).contains("id");
        // a SIP and a tel URI may stand there (RFC 3325 section 9.1)
        List<String> values = trusted ? Headers.values(invite, "P-Asserted-Identity") : List.of();
        Optional<String> asserted = values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
        return new Identity(isPrivate, asserted, receiveCall.trusted());
    }

    private Optional<ReceiveCall.Replacement> replacement(SipServletRequest invite) {
        List<String> values = new ArrayList<>();
        invite.getHeaders(ReplacesHeader.NAME).forEachRemaining(values::add);
        if (values.isEmpty()) {
            return Optional.empty();
        }
        Optional<ReplacesHeader> header = values.size() == 1 ? ReplacesHeader.parse(values.get(0)) : Optional.empty();
        return Optional.of(new ReceiveCall.Replacement(
                header.flatMap(signaling.dialogs()::find),
                header.map(ReplacesHeader::earlyOnly).orElse(false)));
    }

    /** Names the session from phone to phone; a phone that does not is known by its dialog. */
    private static String session(SipServletRequest invite) {
        String half = SessionIds.half(invite);
        return half != null ? half : invite.getCallId() + ' ' + invite.getFrom().getParameter("tag");
    }

    /** What an INVITE that we cannot understand is answered. */
    static Optional<SipServletResponse> unreadable(SipServletRequest invite) throws IOException {
        List<String> unknown = new ArrayList<>();
        invite.getHeaders("Require").forEachRemaining(value -> {
            for (String option : value.split(",")) {
                if (!Headers.KNOWN.contains(option.trim().toLowerCase(Locale.ROOT))) {
                    unknown.add(option.trim());
                }
            }
        });
        if (!unknown.isEmpty()) { // RFC 3261 section 8.2.2.3
            SipServletResponse bad = invite.createResponse(SipServletResponse.SC_BAD_EXTENSION);
            unknown.forEach(option -> bad.addHeader("Unsupported", option));
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

    static SipServletResponse capabilities(SipServletRequest options) {
        SipServletResponse response = options.createResponse(SipServletResponse.SC_OK);
        response.setHeader("Allow", Headers.ALLOW);
        response.setHeader("Accept", Bodies.SDP);
        response.setHeader("Supported", Headers.SUPPORTED);
        return response;
    }

    static SipServletResponse notAllowed(SipServletRequest request) {
        SipServletResponse response = request.createResponse(SipServletResponse.SC_METHOD_NOT_ALLOWED);
        response.setHeader("Allow", Headers.ALLOW);
        return response;
    }
}
