// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.servlet;

import io.ifbus.sip.call.LegEvent;
import io.ifbus.sip.call.LegId;
import java.io.IOException;
import java.util.Optional;
import javax.servlet.sip.SipServletResponse;

/** Turns responses into core's events. */
final class ResponseEvents {
    private final SipSignaling signaling;

    ResponseEvents(SipSignaling signaling) {
        this.signaling = signaling;
    }

    void heard(SipServletResponse response) throws IOException {
        LegRef ref = LegRef.in(response.getSession());
        Optional<CallWire> call = signaling.find(ref);
        if (call.isEmpty()) {
            if (response.getMethod().equals("INVITE") && isSuccess(response)) {
                disown(response);
            }
            return;
        }
        switch (response.getMethod()) {
            case "INVITE" -> toInvite(call.get(), ref.leg(), response);
            case "BYE" -> toBye(call.get(), ref.leg(), response);
            case "INFO" -> toInfo(call.get(), ref.leg(), response);
            default -> {
                // the response to a CANCEL tells nothing (RFC 3261 section 9.1)
            }
        }
    }

    private void toInvite(CallWire call, LegId id, SipServletResponse response) throws IOException {
        LegWire leg = call.leg(id);
        LegEvent event;
        if (response.getStatus() < 200) {
            event = new LegEvent.Progressed(id, response.getStatus(), Bodies.sdp(response));
        } else if (isSuccess(response)) {
            String fork = response.getTo().getParameter("tag");
            if (leg.fork != null && !leg.fork.equals(fork)) {
                disown(response); // each fork that answers is ACKed, and all but one ended (RFC 3261 section 13.2.2.4)
                return;
            }
            leg.fork = fork;
            leg.answered = true;
            leg.session = response.getSession();
            leg.success = response;
            event = new LegEvent.Answered(id, Bodies.sdp(response));
        } else {
            leg.answered = true;
            event = new LegEvent.Rejected(id, response.getStatus(), phrase(response));
        }
        call.enter(() -> signaling.tell(call, event));
    }

    private void toBye(CallWire call, LegId id, SipServletResponse response) {
        if (response.getStatus() >= 200) {
            call.enter(() -> signaling.tell(call, new LegEvent.ByeAnswered(id)));
        }
    }

    private void toInfo(CallWire call, LegId id, SipServletResponse response) throws IOException {
        if (response.getStatus() >= 200) {
            signaling.sender().relayAnswer(call.leg(id), response);
        }
    }

    private void disown(SipServletResponse answer) {
        try {
            signaling.sender().disown(answer);
        } catch (IOException | RuntimeException e) {
            SipServletLogger.LOG.notDisowned(e);
        }
    }

    private static boolean isSuccess(SipServletResponse response) {
        return response.getStatus() >= 200 && response.getStatus() < 300;
    }

    private static String phrase(SipServletResponse response) {
        return Optional.ofNullable(response.getReasonPhrase()).orElse("");
    }
}
