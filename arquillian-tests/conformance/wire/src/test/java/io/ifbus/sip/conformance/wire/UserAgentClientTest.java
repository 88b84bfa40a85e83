// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.container.Proves;
import java.time.Duration;
import java.util.List;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.SipSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** RFC 3261 sections 9.1, 13.2, 14.1 and RFC 6026 section 7.2: invitations sent. */
class UserAgentClientTest {
    @RegisterExtension
    static final Server SERVER = Server.standard();

    private static void acknowledging() {
        Script.onResponse(response -> {
            if (response.getMethod().equals("INVITE") && response.getStatus() / 100 == 2) {
                response.createAck().send();
            }
        });
    }

    @Test
    @Proves("3261-9.1-a")
    void aCancelRepeatsTheInvite() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            SipServletRequest own = SERVER.request("INVITE", peer.uri("callee") + ";x=y");
            javax.servlet.sip.SipURI route =
                    (javax.servlet.sip.SipURI) SERVER.factory().createURI("sip:127.0.0.1:" + peer.port() + ";lr");
            own.pushRoute(route);
            own.send();
            Message invite = peer.awaitRequest("INVITE");
            peer.answer(invite, 180);
            Script.response(180);
            SERVER.inSession(
                    own.getApplicationSession(), () -> own.createCancel().send());
            Message cancel = peer.awaitRequest("CANCEL");
            assertThat(cancel.uri()).isEqualTo(invite.uri());
            for (String name : List.of("Call-ID", "To", "From")) {
                assertThat(cancel.header(name)).as(name).isEqualTo(invite.header(name));
            }
            assertThat(cancel.values("Route")).isEqualTo(invite.values("Route")).hasSize(1);
            assertThat(cancel.header("CSeq")).isEqualTo(invite.cseq() + " CANCEL");
            assertThat(cancel.values("Via"))
                    .containsExactly(invite.values("Via").get(0));
            peer.answer(cancel, 200);
            peer.answer(invite, 487);
            peer.awaitRequest("ACK");
            assertThat(Script.response(487).getMethod()).isEqualTo("INVITE");
        }
    }

    @Test
    @Proves("3261-9.1-b")
    void aCancelWaitsForAProvisionalResponse() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            SipServletRequest own = SERVER.request("INVITE", peer.uri("callee"));
            own.send();
            Message invite = peer.awaitRequest("INVITE");
            SERVER.inSession(
                    own.getApplicationSession(), () -> own.createCancel().send());
            assertThat(peer.hear(Duration.ofMillis(400)))
                    .noneMatch(m -> m.method().equals("CANCEL"));
            peer.answer(invite, 180);
            Message cancel = peer.awaitRequest("CANCEL");
            assertThat(cancel.branch()).isEqualTo(invite.branch());
            peer.answer(cancel, 200);
            peer.answer(invite, 487);
            peer.awaitRequest("ACK");
        }
    }

    @Test
    @Proves("3261-13.2.2.4-a")
    void theAckOfA2xxIsARequestOfItsOwn() throws Exception {
        acknowledging();
        try (UdpPeer peer = SERVER.udp()) {
            SERVER.request("INVITE", peer.uri("callee")).send();
            Message invite = peer.awaitRequest("INVITE");
            String near = "<sip:near@127.0.0.1:" + peer.port() + ";lr>";
            peer.send(peer.response(invite, 200)
                    .add("Record-Route", "<sip:far@192.0.2.1;lr>")
                    .add("Record-Route", near));
            Message ack = peer.awaitRequest("ACK");
            assertThat(ack.branch()).startsWith("z9hG4bK").isNotEqualTo(invite.branch());
            assertThat(ack.cseq()).isEqualTo(invite.cseq());
            assertThat(ack.values("Route")).containsExactly(near, "<sip:far@192.0.2.1;lr>");
            assertThat(ack.uri()).isEqualTo(peer.uri("peer"));
            assertThat(ack.toTag()).startsWith("peer-");
        }
    }

    @Test
    @Proves("3261-13.2.2.4-b")
    void eachRepeated2xxGetsTheSameAck() throws Exception {
        acknowledging();
        try (UdpPeer peer = SERVER.udp()) {
            SERVER.request("INVITE", peer.uri("callee")).send();
            Message ok = peer.response(peer.awaitRequest("INVITE"), 200);
            peer.send(ok);
            String first = peer.awaitRequest("ACK").toString();
            for (int i = 0; i < 4; i++) {
                peer.hear(Duration.ofMillis(150));
                peer.send(ok);
                assertThat(peer.awaitRequest("ACK").toString()).isEqualTo(first);
            }
            Script.response(200);
            assertThat(Script.responses(200))
                    .as("repetitions that reach the application")
                    .isZero();
        }
    }

    @Test
    @Proves("3261-14.1-a")
    void aRefusedReInviteLeavesTheDialogAsItWas() throws Exception {
        acknowledging();
        try (UdpPeer peer = SERVER.udp()) {
            SipServletRequest own = SERVER.request("INVITE", peer.uri("callee"));
            own.send();
            peer.answer(peer.awaitRequest("INVITE"), 200);
            peer.awaitRequest("ACK");
            SipSession session = own.getSession();
            for (int status : List.of(488, 491, 500, 603)) {
                SERVER.inSession(session.getApplicationSession(), () -> session.createRequest("INVITE")
                        .send());
                Message again = peer.awaitRequest("INVITE");
                peer.send(peer.response(again, status).with("Contact", peer.contact("moved")));
                assertThat(peer.awaitRequest("ACK").branch()).isEqualTo(again.branch());
                SipServletResponse refusal = Script.response(status);
                assertThat(refusal.getSession()).isEqualTo(session);
                assertThat(session.getState()).isEqualTo(SipSession.State.CONFIRMED);
                SERVER.inSession(session.getApplicationSession(), () -> session.createRequest("INFO")
                        .send());
                Message info = peer.awaitRequest("INFO");
                assertThat(info.uri()).isEqualTo(peer.uri("peer"));
                peer.answer(info, 200);
            }
        }
    }

    @Test
    @Proves("6026-7.2-b")
    void aRefusalAfterA2xxDoesNotReachTheApplication() throws Exception {
        acknowledging();
        try (UdpPeer peer = SERVER.udp()) {
            SERVER.request("INVITE", peer.uri("callee")).send();
            Message invite = peer.awaitRequest("INVITE");
            peer.answer(invite, 200);
            peer.awaitRequest("ACK");
            peer.send(peer.response(invite, 486));
            peer.send(peer.response(invite, 603, "other"));
            peer.hear(Duration.ofMillis(500));
            Script.response(200);
            assertThat(Script.responses(486) + Script.responses(603)).isZero();
        }
    }
}
