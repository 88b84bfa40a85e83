// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import static javax.sip.message.Response.PROXY_AUTHENTICATION_REQUIRED;
import static javax.sip.message.Response.UNAUTHORIZED;

import io.ifbus.sip.phones.PhoneCall.State;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.SipException;
import javax.sip.header.ToHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** A call's first INVITE, where we sent it. For the line's thread. */
final class CallerSide {

    private static final int SESSION_INTERVAL_TOO_SMALL = 422;

    private final CallCore call;
    private final Equipment equipment;
    private final Set<Integer> retriedAfter = new HashSet<>();
    private final Set<String> answeredTags = new HashSet<>();

    private ClientTransaction dialled;
    private boolean provisionalSeen;
    private boolean cancelSent;

    CallerSide(CallCore call, Equipment equipment) {
        this.call = call;
        this.equipment = equipment;
    }

    void dial(Request invite) {
        call.become(State.DIALING);
        send(invite);
    }

    private void send(Request invite) {
        try {
            dialled = equipment.station().send(invite);
            call.dialog(dialled.getDialog());
        } catch (SipException e) {
            // RFC 3261 section 8.1.3.1: a transport error counts as 503.
            call.end(Response.SERVICE_UNAVAILABLE);
        }
    }

    boolean isActive() {
        return dialled != null;
    }

    boolean isAnsweredBy(Response response) {
        return dialled != null && CallCore.cseqOf(response) == CallCore.cseqOf(dialled.getRequest());
    }

    void heard(Response response, Dialog heardIn) throws Exception {
        int status = response.getStatusCode();
        if (status < 200) progressed(status);
        else if (status < 300) answered(response, heardIn);
        else if (!triesAgain(response)) call.end(status); // the stack has sent the ACK
    }

    private void progressed(int status) throws Exception {
        provisionalSeen = true;
        if (status > 100 && call.state() == State.DIALING) call.become(State.RINGING);
        if (call.state() == State.HANGING_UP) cancelIfAllowed();
        if (status > 100) call.progressed(status);
    }

    private void answered(Response ok, Dialog heardIn) throws Exception {
        String tag = ((ToHeader) ok.getHeader(ToHeader.NAME)).getTag();
        boolean copy = !answeredTags.add(String.valueOf(tag));
        if (!equipment.manners().acknowledges()) {
            if (!copy && answeredTags.size() == 1) taken(ok, heardIn);
            return;
        }
        boolean late = call.state() == State.HANGING_UP || call.state() == State.ENDED;
        if (copy) {
            acknowledgeBare(ok, heardIn); // the stack repeats an ACK of its own accord, if it still has it
            return;
        }
        boolean other = heardIn != call.dialog() && call.state() == State.TALKING;
        if (!other && !late) {
            taken(ok, heardIn);
            return;
        }
        // A second fork's answer, or one that crossed our CANCEL: ACK it, then BYE (RFC 3261 section 15).
        acknowledgeBare(ok, heardIn);
        if (late) call.dialog(heardIn);
        Request bye = equipment.messages().inDialog(heardIn, Request.BYE, Optional.empty());
        equipment.station().send(heardIn, bye);
    }

    private void acknowledgeBare(Response ok, Dialog heardIn) throws Exception {
        heardIn.sendAck(equipment.messages().ack(heardIn, CallCore.cseqOf(ok), Optional.empty()));
    }

    private void taken(Response ok, Dialog heardIn) throws Exception {
        call.dialog(heardIn);
        boolean offered = Messages.body(dialled.getRequest()).isPresent();
        boolean agreed = call.acknowledge(ok, offered);
        call.ended(ok.getStatusCode());
        call.become(State.TALKING);
        call.progressed(ok.getStatusCode());
        if (!agreed) call.bye();
    }

    /** Once after each: a challenge that we can meet (RFC 3261 section 22), a longer session (RFC 4028 section 7.3). */
    private boolean triesAgain(Response response) throws Exception {
        int status = response.getStatusCode();
        if (call.state() == State.HANGING_UP || !retriedAfter.add(status)) return false;
        Request first = dialled.getRequest();
        Optional<Map<String, String>> headers =
                switch (status) {
                    case UNAUTHORIZED -> credentials(first, Messages.header(response, "WWW-Authenticate"), status);
                    case PROXY_AUTHENTICATION_REQUIRED ->
                        credentials(first, Messages.header(response, "Proxy-Authenticate"), status);
                    case SESSION_INTERVAL_TOO_SMALL ->
                        Messages.header(response, "Min-SE")
                                .map(least -> Map.of("Session-Expires", least, "Min-SE", least));
                    default -> Optional.empty();
                };
        if (headers.isEmpty()) return false;
        provisionalSeen = false;
        send(equipment.messages().again(first, headers.get()));
        return true;
    }

    private Optional<Map<String, String>> credentials(Request first, Optional<String> challenge, int status) {
        return equipment
                .manners()
                .credentials()
                .flatMap(known -> challenge.map(asked -> Map.of(
                        Challenge.answers(status),
                        Digest.authorization(
                                asked,
                                Request.INVITE,
                                first.getRequestURI().toString(),
                                known.user(),
                                known.password()))));
    }

    void cancelIfAllowed() throws SipException {
        // RFC 3261 section 9.1: not before a provisional response.
        if (!provisionalSeen || cancelSent) return;
        cancelSent = true;
        equipment.station().send(dialled.createCancel());
    }
}
