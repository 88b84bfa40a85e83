// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.container.Proves;
import java.time.Duration;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** RFC 3311. */
class UpdateTest {
    @RegisterExtension
    static final Server SERVER = Server.standard();

    private static void send(SipSession session, String method, boolean offer) throws Exception {
        SERVER.inSession(session.getApplicationSession(), () -> {
            SipServletRequest request = session.createRequest(method);
            if (offer) {
                request.setContent(Call.SDP, "application/sdp");
            }
            request.send();
        });
    }

    @Test
    @Proves("3311-5.1-a")
    void anUpdateHasAContactAndTheNextNumber() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            SipServletRequest own = SERVER.request("INVITE", peer.uri("callee"));
            own.send();
            Message invite = peer.awaitRequest("INVITE");
            peer.answer(invite, 180);
            Script.response(180);
            send(own.getSession(), "UPDATE", true);
            Message early = peer.awaitRequest("UPDATE");
            assertUpdate(early, invite.cseq() + 1);
            peer.answer(early, 200);
            Script.onResponse(response -> {
                if (response.getMethod().equals("INVITE")) {
                    response.createAck().send();
                }
            });
            peer.answer(invite, 200);
            peer.awaitRequest("ACK");
            send(own.getSession(), "UPDATE", true);
            Message confirmed = peer.awaitRequest("UPDATE");
            assertUpdate(confirmed, invite.cseq() + 2);
            peer.answer(confirmed, 200);
        }
    }

    private static void assertUpdate(Message update, int cseq) {
        assertThat(update.values("Contact")).hasSize(1);
        assertThat(update.uriOf("Contact")).contains("127.0.0.1:" + SERVER.port());
        assertThat(update.cseq()).isEqualTo(cseq);
        assertThat(update.toTag()).startsWith("peer-");
    }

    @Test
    @Proves("3311-5.2-a")
    void anUpdateMovesTheTargetAndLeavesTheInvite() throws Exception {
        Script.onRequest(request -> request.createResponse(request.getMethod().equals("INVITE") ? 180 : 200)
                .send());
        try (UdpPeer peer = SERVER.udp()) {
            Call call = Call.to(SERVER, peer);
            peer.send(call.invite());
            call.learn(peer.awaitResponse(180, "INVITE"));
            peer.send(call.request("UPDATE").with("Contact", peer.contact("moved")));
            peer.awaitResponse(200, "UPDATE");
            SipServletRequest invite = Script.request("INVITE");
            assertThat(peer.hear(Duration.ofMillis(300))).isEmpty();
            send(invite.getSession(), "INFO", false);
            Message info = peer.awaitRequest("INFO");
            assertThat(info.uri()).isEqualTo(peer.uri("moved"));
            peer.answer(info, 200);
            Script.onRequest(request -> {});
            invite.createResponse(200).send();
            peer.send(call.ack(peer.awaitResponse(200, "INVITE")));
            Script.request("ACK");
        }
    }

    @Test
    @Proves("3311-5.2-e")
    void anUpdateOutsideOfADialogIsRefused() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            peer.send(Call.to(SERVER, peer).request("UPDATE"));
            assertThat(peer.awaitFinal("UPDATE").status()).isEqualTo(481);
            peer.send(Call.to(SERVER, peer).request("UPDATE").change("To", to -> to + ";tag=nobody"));
            assertThat(peer.awaitFinal("UPDATE").status()).isEqualTo(481);
            assertThat(Script.requests("UPDATE")).isZero();
        }
    }
}
