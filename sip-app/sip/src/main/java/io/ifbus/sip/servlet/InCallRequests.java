// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.servlet;

import io.ifbus.sip.call.CallEvent;
import io.ifbus.sip.call.Home;
import io.ifbus.sip.call.LegEvent;
import io.ifbus.sip.call.LegId;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.servlet.sip.Address;
import javax.servlet.sip.ServletParseException;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;

/** Turns requests inside of a call's dialogs into core's events. */
final class InCallRequests {
    private static final int BAD_EVENT = 489;
    private static final int TRYING = 100;
    private static final Pattern STATUS_LINE =
            Pattern.compile("\\s*SIP/2\\.0\\s+(\\d{3})\\s*([^\\r\\n]*).*", Pattern.DOTALL);
    private final SipSignaling signaling;

    InCallRequests(SipSignaling signaling) {
        this.signaling = signaling;
    }

    void heard(CallWire call, LegId id, SipServletRequest request) throws IOException {
        LegWire leg = call.leg(id);
        SessionIds.hear(request, leg);
        switch (request.getMethod()) {
            case "INVITE" -> reinvite(call, id, request);
            case "ACK" -> event(call, new LegEvent.Acked(id, Bodies.sdp(request)));
            case "CANCEL" -> event(call, new LegEvent.Cancelled(id, Headers.reason(request)));
            case "BYE" -> {
                leg.heardBye = request;
                event(call, new LegEvent.ByeReceived(id, Headers.reason(request)));
            }
            case "UPDATE" -> update(call, id, request);
            case "INFO" ->
                event(call, new CallEvent.InfoReceived(id, signaling.waiting().keep(request)));
            case "REFER" -> refer(call, id, request);
            case "NOTIFY" -> notify(call, id, request);
            case "OPTIONS" -> RequestEvents.capabilities(request).send();
            default -> RequestEvents.notAllowed(request).send();
        }
    }

    private void reinvite(CallWire call, LegId id, SipServletRequest invite) throws IOException {
        Optional<SipServletResponse> refusal = RequestEvents.unreadable(invite);
        if (refusal.isPresent()) {
            refusal.get().send();
            return;
        }
        call.leg(id).heardInvite = invite;
        event(call, new LegEvent.Reinvited(id, Bodies.sdp(invite), Headers.peer(invite)));
    }

    private void update(CallWire call, LegId id, SipServletRequest update) throws IOException {
        Optional<SipServletResponse> refusal = RequestEvents.unreadable(update);
        if (refusal.isPresent()) {
            refusal.get().send();
            return;
        }
        call.leg(id).heardUpdate = update;
        event(call, new LegEvent.Updated(id, Bodies.sdp(update), Headers.peer(update)));
    }

    private void refer(CallWire call, LegId id, SipServletRequest refer) throws IOException {
        String target;
        Optional<ReplacesHeader> replaces;
        boolean asks;
        try {
            Address to = refer.getAddressHeader("Refer-To");
            if (to == null) {
                refer.createResponse(SipServletResponse.SC_BAD_REQUEST, "No Refer-To")
                        .send();
                return;
            }
            String[] uri = to.getURI().toString().split("\\?", 2);
            target = uri[0].replaceFirst("(?i);method=INVITE", "");
            asks = uri.length > 1 && uri[1].toLowerCase(Locale.ROOT).contains("replaces=");
            replaces = uri.length > 1 ? ReplacesHeader.inUri(uri[1]) : Optional.empty();
        } catch (ServletParseException malformed) {
            refer.createResponse(SipServletResponse.SC_BAD_REQUEST, "Malformed Refer-To")
                    .send();
            return;
        }
        long reference = signaling.waiting().keep(refer);
        call.leg(id).referred.put(reference, refer.getHeader("CSeq").split("\\s+")[0]);
        Optional<Home> replaced = replaces.flatMap(signaling.dialogs()::find);
        boolean silent = "false"
                .equalsIgnoreCase(String.valueOf(refer.getHeader("Refer-Sub")).trim());
        Optional<String> referredBy = Optional.ofNullable(refer.getHeader("Referred-By"));
        event(call, new CallEvent.ReferReceived(id, reference, target, asks, replaced, silent, referredBy));
    }

    private void notify(CallWire call, LegId id, SipServletRequest notify) throws IOException {
        String event = String.valueOf(notify.getHeader("Event")).toLowerCase(Locale.ROOT);
        if (!event.split(";", 2)[0].trim().equals("refer")) {
            notify.createResponse(BAD_EVENT).send();
            return;
        }
        notify.createResponse(SipServletResponse.SC_OK).send();
        byte[] body = notify.getRawContent();
        Matcher line =
                STATUS_LINE.matcher(body == null ? "" : new String(body, java.nio.charset.StandardCharsets.UTF_8));
        boolean known = line.matches();
        boolean over = String.valueOf(notify.getHeader("Subscription-State"))
                .toLowerCase(Locale.ROOT)
                .trim()
                .startsWith("terminated");
        event(
                call,
                new CallEvent.Notified(
                        id,
                        known ? Integer.parseInt(line.group(1)) : TRYING,
                        known ? line.group(2).trim() : "",
                        over));
    }

    private void event(CallWire call, CallEvent event) {
        call.enter(() -> signaling.tell(call, event));
    }
}
