// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One side of a dialog of a {@link RawPeer}, to make requests in it (RFC 3261 section 12). It checks nothing. Not for
 * several threads.
 */
public final class RawDialog {

    private final RawPeer peer;
    private final String callId;
    private final String local;
    private final String remote;
    private final String target;
    private final List<String> routes;
    private long cseq;

    private RawDialog(
            RawPeer peer, String callId, String local, String remote, String target, List<String> routes, long cseq) {
        this.peer = peer;
        this.callId = callId;
        this.local = local;
        this.remote = remote;
        this.target = target;
        this.routes = routes;
        this.cseq = cseq;
    }

    /** Of the one who answers an INVITE. @param ours the response with our tag */
    static RawDialog ofCallee(RawPeer peer, RawMessage invite, RawMessage ours) {
        return new RawDialog(
                peer,
                invite.callId(),
                ours.header("To"),
                invite.header("From"),
                invite.contact(),
                invite.all("Record-Route"),
                0);
    }

    /** Of the one who sent the INVITE. @param theirs the response with their tag */
    static RawDialog ofCaller(RawPeer peer, RawMessage theirs) {
        List<String> routes = new ArrayList<>(theirs.all("Record-Route"));
        Collections.reverse(routes);
        return new RawDialog(
                peer,
                theirs.callId(),
                theirs.header("From"),
                theirs.header("To"),
                theirs.find("Contact").isPresent() ? theirs.contact() : "",
                routes,
                theirs.cseq());
    }

    /** The next request, not sent yet; a Contact is in it. */
    public RawMessage request(String method) {
        return request(method, ++cseq);
    }

    /** A request with this CSeq, whatever was before. */
    public RawMessage request(String method, long number) {
        List<String> headers = new ArrayList<>();
        headers.add("Via: " + peer.newVia());
        routes.forEach(route -> headers.add("Route: " + route));
        headers.add("From: " + local);
        headers.add("To: " + remote);
        headers.add("Call-ID: " + callId);
        headers.add("CSeq: " + number + " " + method);
        headers.add("Contact: <" + peer.uri() + ">");
        headers.add("Max-Forwards: 70");
        return new RawMessage(method + " " + target + " SIP/2.0", headers, "");
    }

    /** The ACK of a 2xx. @param ok the response, or the INVITE, whose CSeq it has */
    public RawMessage ack(RawMessage ok) {
        return request("ACK", ok.cseq());
    }

    /** Whether a request of the far end's belongs to it. */
    public boolean has(RawMessage theirs) {
        return theirs.callId().equals(callId) && theirs.toTag().equals(RawMessage.parameter(local, "tag"));
    }

    /** This dialog, as its far end would have to be told to replace it. */
    public Replaced replaceable() {
        String theirs = RawMessage.parameter(remote, "tag").orElse("");
        return new Replaced(callId, theirs, RawMessage.parameter(local, "tag").orElse(""), false);
    }
}
