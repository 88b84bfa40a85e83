// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.servlet;

import io.ifbus.sip.call.CallEvent;
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
        SessionIds.hear(response, call.get().leg(ref.leg()));
        Headers.minSession(response)
                .ifPresent(smallest -> call.get().leg(ref.leg()).minSession = Optional.of(smallest));
        if (response.getMethod().equals("INVITE")) {
            toInvite(call.get(), ref.leg(), response);
        } else if (response.getStatus() >= 200 && !triedAgain(call.get(), ref.leg(), response)) {
            toOther(call.get(), ref.leg(), response);
        }
    }

    private void toInvite(CallWire call, LegId id, SipServletResponse response) throws IOException {
        LegWire leg = call.leg(id);
        leg.history = Headers.values(response, "History-Info");
        LegEvent event;
        if (response.getStatus() < 200) {
            event = new LegEvent.Progressed(id, response.getStatus(), Bodies.sdp(response));
        } else if (isSuccess(response)) {
            String fork = response.getTo().getParameter("tag");
            if (leg.fork != null && !leg.fork.equals(fork)) {
                disown(response); // each fork that answers is ACKed, and all but one ended (RFC 3261 section 13.2.2.4)
                return;
            }
            if (leg.fork == null) {
                leg.localTag = response.getFrom().getParameter("tag");
                leg.remoteTag = fork;
            }
            leg.fork = fork;
            leg.answered = true;
            leg.session = response.getSession();
            leg.success = response;
            event = new LegEvent.Answered(id, Bodies.sdp(response), Headers.peer(response));
        } else {
            leg.answered = true;
            boolean credentials = signaling.challenges().canAnswer(leg, response);
            leg.challenge = credentials ? response : null;
            event = new LegEvent.Rejected(
                    id, response.getStatus(), phrase(response), Headers.hints(response, credentials));
        }
        tell(call, event);
    }

    private void toOther(CallWire call, LegId id, SipServletResponse response) throws IOException {
        switch (response.getMethod()) {
            case "BYE" -> tell(call, new LegEvent.ByeAnswered(id));
            case "UPDATE" -> tell(call, new LegEvent.UpdateAnswered(id, response.getStatus(), Headers.peer(response)));
            case "REFER" -> tell(call, new CallEvent.ReferAnswered(id, response.getStatus(), phrase(response)));
            case "INFO" -> {
                if (!signaling.side().relayAnswer(call, call.leg(id), response)) {
                    tell(call, new CallEvent.DigitSent(id, response.getStatus()));
                }
            }
            default -> {
                // the response to a CANCEL or NOTIFY tells nothing (RFC 3261 section 9.1)
            }
        }
    }

    /** A challenge to a request inside of a dialog is answered here: core need not know of it. */
    private boolean triedAgain(CallWire call, LegId id, SipServletResponse response) {
        if (!signaling.challenges().canAnswer(call.leg(id), response)) {
            return false;
        }
        try {
            signaling.sender().again(call, call.leg(id), response);
            return true;
        } catch (IOException | RuntimeException e) { // then it stands as refused
            SipServletLogger.LOG.notSent(call.id, response.getMethod(), e);
            return false;
        }
    }

    private void tell(CallWire call, CallEvent event) {
        call.enter(() -> signaling.tell(call, event));
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
