// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.wire;

import java.io.IOException;

/** A peer's side of one dialog with the server, whichever of them began it. Requests are numbered as they are made. */
final class Call {
    static final String SDP =
            "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\n";

    final Peer peer;
    final String callId;
    private final String local;
    private String remote;
    private String target;
    private int cseq;

    private Call(Peer peer, String callId, String local, String remote, String target, int cseq) {
        this.peer = peer;
        this.callId = callId;
        this.local = local;
        this.remote = remote;
        this.target = target;
        this.cseq = cseq;
    }

    /** A call of the peer's to the server that has not begun. */
    static Call to(Server server, Peer peer) {
        String service = "sip:service@127.0.0.1:" + server.port();
        String tag = Peer.unique("tag");
        return new Call(
                peer, Peer.unique("call"), "<sip:caller@127.0.0.1>;tag=" + tag, "<" + service + ">", service, 0);
    }

    /** The call that {@code invite} of the server began and {@code answer} of the peer accepted. */
    static Call from(Peer peer, Message invite, Message answer) {
        return new Call(
                peer, invite.callId(), answer.header("To"), answer.header("From"), invite.uriOf("Contact"), 100);
    }

    /** A request with the next number. */
    Message request(String method) {
        return numbered(method, ++cseq);
    }

    Message numbered(String method, int number) {
        return Message.of(method + " " + target + " SIP/2.0")
                .add("Via", peer.via())
                .add("From", local)
                .add("To", remote)
                .add("Call-ID", callId)
                .add("CSeq", number + " " + method)
                .add("Max-Forwards", "70")
                .add("Contact", peer.contact());
    }

    /** An INVITE with an offer. */
    Message invite() {
        return request("INVITE").body("application/sdp", SDP);
    }

    /** Learns the server's tag and target from a response that makes a dialog. */
    Call learn(Message response) {
        remote = response.header("To");
        if (response.header("Contact") != null) {
            target = response.uriOf("Contact");
        }
        return this;
    }

    /** The ACK of a 2xx. */
    Message ack(Message ok) {
        return numbered("ACK", ok.cseq());
    }

    /** The ACK of a final response that is no 2xx (RFC 3261 section 17.1.1.3). */
    static Message ackOf(Message invite, Message refusal) {
        return Message.of("ACK " + invite.uri() + " SIP/2.0")
                .add("Via", invite.header("Via"))
                .add("From", invite.header("From"))
                .add("To", refusal.header("To"))
                .add("Call-ID", invite.callId())
                .add("CSeq", invite.cseq() + " ACK")
                .add("Max-Forwards", "70");
    }

    /** The CANCEL of an INVITE (RFC 3261 section 9.1). */
    static Message cancelOf(Message invite) {
        return Message.of("CANCEL " + invite.uri() + " SIP/2.0")
                .add("Via", invite.header("Via"))
                .add("From", invite.header("From"))
                .add("To", invite.header("To"))
                .add("Call-ID", invite.callId())
                .add("CSeq", invite.cseq() + " CANCEL")
                .add("Max-Forwards", "70");
    }

    /** Sends that INVITE, takes the 200 and acknowledges it. */
    Message establish(Message invite) throws IOException {
        peer.send(invite);
        Message ok = peer.awaitResponse(200, invite);
        learn(ok);
        peer.send(ack(ok));
        return ok;
    }

    /** Ends the call by a BYE. */
    void hangUp() throws IOException {
        Message bye = request("BYE");
        peer.send(bye);
        peer.awaitResponse(200, bye);
    }
}
