// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.wire;

import static io.ifbus.sip.conformance.wire.UserAgentServerTest.assertGaps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.container.Proves;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.SipURI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** RFC 3261 section 17.1: the timers of requests sent. T1 is 25 ms, T2 200 ms, T4 250 ms. */
class ClientTransactionTest {
    private static final int T1 = 25;
    private static final int ALL = 64 * T1;

    @RegisterExtension
    static final Server SERVER = Server.quick(T1);

    private static List<Message> requests(Peer peer, int millis, String method) {
        List<Message> all = new ArrayList<>(peer.hear(Duration.ofMillis(millis)));
        all.removeIf(m -> m.status() != 0 || !m.method().equals(method));
        return all;
    }

    @Test
    @Proves("3261-17.1.1.2-a")
    void anInviteIsRepeatedUntilAProvisionalResponse() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            SERVER.request("INVITE", peer.uri("callee")).send();
            List<Message> invites = requests(peer, 15 * T1 + 8 * T1, "INVITE");
            assertGaps(invites, T1, 2 * T1, 4 * T1, 8 * T1);
            assertThat(invites)
                    .extracting(Message::toString)
                    .containsOnly(invites.get(0).toString());
            peer.answer(invites.get(0), 180);
            Script.response(180);
            assertThat(requests(peer, ALL, "INVITE")).hasSizeLessThanOrEqualTo(1); // one may have crossed
            peer.answer(invites.get(0), 486);
            peer.awaitRequest("ACK");
        }
    }

    @Test
    @Proves("3261-17.1.1.2-b")
    void anInviteOverTcpIsSentOnce() throws Exception {
        try (TcpPeer peer = SERVER.tcp()) {
            SERVER.request("INVITE", peer.uri("callee")).send();
            assertThat(requests(peer, ALL * 3 / 4, "INVITE")).hasSize(1);
        }
    }

    @Test
    @Proves({"3261-17.1.1.2-c", "3261-17.1.2.2-b"})
    void aRequestWithoutAnswerIsGivenUpAfter64TimesT1() throws Exception {
        try (UdpPeer udp = SERVER.udp();
                TcpPeer tcp = SERVER.tcp()) {
            for (Peer peer : List.of(udp, tcp)) {
                for (String method : List.of("INVITE", "OPTIONS")) {
                    Script.reset();
                    long sent = System.nanoTime();
                    SERVER.request(method, peer.uri("callee")).send();
                    SipServletResponse timeout = Script.response(408);
                    assertThat((System.nanoTime() - sent) / 1_000_000).isBetween(ALL * 8L / 10, ALL * 2L);
                    assertThat(timeout.getMethod()).isEqualTo(method);
                }
            }
        }
    }

    @Test
    @Proves("3261-17.1.1.2-d")
    void aRepeatedRefusalIsAcknowledgedAgain() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            SERVER.request("INVITE", peer.uri("callee")).send();
            Message refusal = peer.response(peer.awaitRequest("INVITE"), 486);
            peer.send(refusal);
            String first = peer.awaitRequest("ACK").toString();
            long until = System.nanoTime() + ALL * 800_000L;
            while (System.nanoTime() < until) {
                peer.send(refusal);
                assertThat(peer.awaitRequest("ACK").toString()).isEqualTo(first);
                peer.hear(Duration.ofMillis(200));
            }
            Script.response(486);
            assertThat(Script.responses(486)).isZero();
        }
    }

    @Test
    @Proves("3261-17.1.1.3-a")
    void theAckOfARefusalRepeatsTheInvite() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            SipServletRequest own = SERVER.request("INVITE", "sip:far@192.0.2.1;x=y");
            own.pushRoute((SipURI) SERVER.factory().createURI("sip:127.0.0.1:" + peer.port() + ";lr"));
            own.send();
            Message invite = peer.awaitRequest("INVITE");
            peer.answer(invite, 486);
            Message ack = peer.awaitRequest("ACK");
            assertThat(ack.uri()).isEqualTo(invite.uri()).isEqualTo("sip:far@192.0.2.1;x=y");
            assertThat(ack.callId()).isEqualTo(invite.callId());
            assertThat(ack.header("From")).isEqualTo(invite.header("From"));
            assertThat(ack.header("CSeq")).isEqualTo(invite.cseq() + " ACK");
            assertThat(ack.values("Via")).containsExactly(invite.values("Via").get(0));
            assertThat(ack.values("Route")).isEqualTo(invite.values("Route")).hasSize(1);
            assertThat(ack.toTag()).startsWith("peer-");
        }
    }

    @Test
    @Proves("3261-17.1.2.2-a")
    void aNonInviteIsRepeatedUntilItsFinalResponse() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            SERVER.request("OPTIONS", peer.uri("callee")).send();
            List<Message> options = requests(peer, 30 * T1, "OPTIONS");
            assertGaps(options, T1, 2 * T1, 4 * T1, 8 * T1, 8 * T1);
            peer.answer(options.get(0), 200);
            Script.response(200);
            assertThat(requests(peer, 20 * T1, "OPTIONS")).isEmpty();

            SERVER.request("OPTIONS", peer.uri("callee")).send();
            peer.answer(peer.awaitRequest("OPTIONS"), 183);
            Script.response(183);
            assertGaps(requests(peer, 40 * T1, "OPTIONS"), 8 * T1, 8 * T1, 8 * T1);
        }
    }

    @Test
    @Proves("3261-17.1.3-a")
    void the200OfACancelDoesNotEndTheInvite() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            SipServletRequest own = SERVER.request("INVITE", peer.uri("callee"));
            own.send();
            Message invite = peer.awaitRequest("INVITE");
            peer.answer(invite, 180);
            Script.response(180);
            SERVER.inSession(
                    own.getApplicationSession(), () -> own.createCancel().send());
            peer.answer(peer.awaitRequest("CANCEL"), 200);
            assertThat(requests(peer, 10 * T1, "ACK")).isEmpty();
            assertThat(Script.responses(200)).isZero();
            peer.answer(invite, 487);
            peer.awaitRequest("ACK");
            assertThat(Script.response(487).getMethod()).isEqualTo("INVITE");
            await().untilAsserted(() -> assertThat(Script.responses(408)).isZero());
        }
    }
}
