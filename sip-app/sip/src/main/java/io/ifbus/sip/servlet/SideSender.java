// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.servlet;

import io.ifbus.sip.call.SipAction;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;

/** Sends what goes on beside a session: digits and other INFOs, REFER and its NOTIFYs. Used on the call's queue. */
final class SideSender {
    private static final String SIPFRAG = "message/sipfrag;version=2.0";
    /** How long a REFER may take, for those who wait for its NOTIFYs (RFC 3515 section 2.4.4). */
    private static final int SUBSCRIPTION_S = 180;

    /** Passes {@code info} to {@code leg}; if that fails its sender is told. */
    void relayInfo(CallWire call, LegWire leg, SipServletRequest info) throws IOException {
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
            SessionIds.stamp(copy, call.id, leg);
            copy.send();
        } catch (IOException | RuntimeException e) {
            leg.relayed.values().remove(info);
            info.createResponse(SipServletResponse.SC_SERVER_INTERNAL_ERROR).send();
            throw e;
        }
    }

    /** Passes the answer to a relayed INFO back; false if it was not relayed but ours. */
    boolean relayAnswer(LegWire leg, SipServletResponse answer) throws IOException {
        SipServletRequest info = leg.relayed.remove(answer.getHeader("CSeq"));
        if (info == null) {
            return false;
        }
        MessageSender.response(info, answer.getStatus(), answer.getReasonPhrase())
                .send();
        return true;
    }

    /** Answers the peers' INFOs whose answers will not come any more (RFC 3261 section 15.1.2). */
    void giveUpRelayed(CallWire call) {
        for (LegWire leg : call.legs()) {
            for (SipServletRequest info : leg.relayed.values()) {
                try {
                    info.createResponse(SipServletResponse.SC_REQUEST_TERMINATED)
                            .send();
                } catch (IOException | RuntimeException e) { // its session has gone before
                    SipServletLogger.LOG.notSent(call.id, "487 to INFO", e);
                }
            }
            leg.relayed.clear();
        }
    }

    void digit(CallWire call, LegWire leg, SipAction.SendDigit action) throws IOException {
        SipServletRequest info = leg.session.createRequest("INFO");
        String body =
                "Signal=" + action.digit() + "\r\nDuration=" + action.length().toMillis() + "\r\n";
        info.setContent(body.getBytes(StandardCharsets.US_ASCII), "application/dtmf-relay");
        SessionIds.stamp(info, call.id, leg);
        info.send();
    }

    /** @param replaced the leg whose dialog the new call takes over */
    void refer(CallWire call, LegWire leg, SipAction.Refer action, Optional<LegWire> replaced) throws IOException {
        SipServletRequest refer = leg.session.createRequest("REFER");
        String target = action.target();
        if (replaced.isPresent()) {
            String header = ReplacesHeader.naming(replaced.get());
            target += (target.contains("?") ? "&" : "?") + "Replaces="
                    + URLEncoder.encode(header, StandardCharsets.UTF_8).replace("+", "%20");
        }
        refer.setHeader("Refer-To", "<" + target + ">");
        refer.setHeader("Referred-By", action.referredBy());
        refer.setHeader("Supported", Headers.SUPPORTED);
        SessionIds.stamp(refer, call.id, leg);
        refer.send();
    }

    void answerRefer(CallWire call, LegWire leg, SipServletRequest refer, SipAction.AnswerRefer action)
            throws IOException {
        SipServletResponse response = refer.createResponse(action.status());
        if (action.silent() && action.status() < 300) {
            response.setHeader("Refer-Sub", "false"); // RFC 4488 section 4
        }
        SessionIds.stamp(response, call.id, leg);
        response.send();
    }

    void notify(CallWire call, LegWire leg, SipAction.Notify action) throws IOException {
        SipServletRequest notify = leg.session.createRequest("NOTIFY");
        // the second REFER of a dialog and those after it are told apart by their CSeq (RFC 3515 section 2.4.6)
        String id = leg.referred.size() > 1 ? ";id=" + leg.referred.get(action.reference()) : "";
        notify.setHeader("Event", "refer" + id);
        notify.setHeader(
                "Subscription-State",
                action.status() < 200 ? "active;expires=" + SUBSCRIPTION_S : "terminated;reason=noresource");
        String phrase = action.phrase().isEmpty() ? "Status" : action.phrase();
        String body = "SIP/2.0 " + action.status() + ' ' + phrase + "\r\n";
        notify.setContent(body.getBytes(StandardCharsets.UTF_8), SIPFRAG);
        SessionIds.stamp(notify, call.id, leg);
        notify.send();
    }
}
