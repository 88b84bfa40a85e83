// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.behaviour;

import java.util.List;

/** A phone's view of a dialog (RFC 3261 section 12). */
final class Dialog {
    private final Phone phone;
    private final String callId;
    private final String local;
    private final String remote;
    private final String target;
    private final List<String> routes;
    private int cseq;

    Dialog(Phone phone, String callId, String local, String remote, String target, List<String> routes, int cseq) {
        this.phone = phone;
        this.callId = callId;
        this.local = local;
        this.remote = remote;
        this.target = target;
        this.routes = List.copyOf(routes);
        this.cseq = cseq;
    }

    /** The next request of the dialog, not sent yet. */
    Draft request(String method) {
        cseq++;
        return draft(method);
    }

    Message sends(String method) {
        return request(method).send();
    }

    /** Acknowledges the 2xx of the last INVITE. */
    Message acks() {
        return draft("ACK").send();
    }

    private Draft draft(String method) {
        Draft draft = new Draft(phone, method + " " + target + " SIP/2.0", next());
        draft.via(Draft.newBranch());
        routes.forEach(route -> draft.header("Route", route));
        return draft.header("From", local)
                .header("To", remote)
                .header("Call-ID", callId)
                .header("CSeq", cseq + " " + method)
                .header("Max-Forwards", 70)
                .header("Contact", "<" + phone.uri() + ">");
    }

    /** The port of the next hop: the first route's, else the target's. */
    private int next() {
        String uri = routes.isEmpty() ? target : Message.uriOf(routes.get(0));
        return Integer.parseInt(uri.replaceAll("^.*127\\.0\\.0\\.1:", "").replaceAll("\\D.*$", ""));
    }
}
