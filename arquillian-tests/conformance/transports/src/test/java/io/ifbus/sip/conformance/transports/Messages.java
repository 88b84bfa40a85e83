// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.transports;

import io.ifbus.sip.container.RawPeer;

/** SIP messages as text. */
final class Messages {
    private Messages() {}

    /** A request from nobody in particular; {@code via} is what follows {@code SIP/2.0/}. */
    static String request(String method, String uri, String via, String callId, String more, String body) {
        return method + " " + uri + " SIP/2.0\r\nVia: SIP/2.0/" + via + ";branch=z9hG4bK-" + callId + method + "\r\n"
                + "From: <sip:peer@127.0.0.1>;tag=peer\r\nTo: <" + uri + ">\r\nCall-ID: " + callId + "\r\n"
                + "CSeq: 1 " + method + "\r\nMax-Forwards: 70\r\n" + more
                + (body.isEmpty() ? "" : "Content-Type: application/sdp\r\n")
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    static String options(String via, String callId) {
        return request("OPTIONS", "sip:service@127.0.0.1", via, callId, "", "");
    }

    static String invite(String via, String callId, String contact) {
        return request("INVITE", "sip:service@127.0.0.1", via, callId, "Contact: <" + contact + ">\r\n", Desk.SDP);
    }

    /** The ACK of a 200 to {@link #invite}. */
    static String ack(String ok, String via) {
        return "ACK sip:service@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/" + via + ";branch=z9hG4bK-ack"
                + RawPeer.header(ok, "Call-ID") + "\r\nFrom: " + RawPeer.header(ok, "From") + "\r\nTo: "
                + RawPeer.header(ok, "To") + "\r\nCall-ID: " + RawPeer.header(ok, "Call-ID")
                + "\r\nCSeq: 1 ACK\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n";
    }

    /** A 200 to a request that came in. */
    static String ok(String request, String more) {
        StringBuilder response = new StringBuilder("SIP/2.0 200 OK\r\n");
        for (String line : request.split("\r\n\r\n", 2)[0].split("\r\n")) {
            String name = line.split(":", 2)[0];
            if (name.matches("(?i)via|from|call-id|cseq|record-route")) {
                response.append(line).append("\r\n");
            } else if (name.equalsIgnoreCase("to")) {
                response.append(line)
                        .append(line.contains(";tag=") ? "" : ";tag=peer")
                        .append("\r\n");
            }
        }
        return response.append(more).append("Content-Length: 0\r\n\r\n").toString();
    }
}
