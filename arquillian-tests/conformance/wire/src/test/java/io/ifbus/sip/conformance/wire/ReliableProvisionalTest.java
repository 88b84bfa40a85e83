// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.container.Proves;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.servlet.sip.Rel100Exception;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** RFC 3262. T1 is 25 ms. */
class ReliableProvisionalTest {
    private static final int T1 = 25;

    @RegisterExtension
    static final Server SERVER = Server.quick(T1);

    /** Answers an INVITE by a 183 with SDP, reliably when that is possible; what follows is the test's. */
    private static void progress() {
        Script.onRequest(request -> {
            if (request.getMethod().equals("INVITE")) {
                SipServletResponse progress = request.createResponse(183);
                progress.setContent(Call.SDP, "application/sdp");
                try {
                    progress.sendReliably();
                } catch (Rel100Exception e) {
                    progress.send();
                }
            } else if (!request.getMethod().equals("ACK")) {
                request.createResponse(200).send();
            }
        });
    }

    private static Message prack(Call call, Message reliable) {
        return call.learn(reliable)
                .request("PRACK")
                .add("RAck", reliable.header("RSeq") + " " + reliable.header("CSeq"));
    }

    @Test
    @Proves("3262-3-a")
    void onlyACallerThatSupportsItGetsReliableResponses() throws Exception {
        progress();
        try (UdpPeer peer = SERVER.udp()) {
            peer.send(Call.to(SERVER, peer).invite());
            Message plain = peer.awaitResponse(183, "INVITE");
            assertThat(plain.header("RSeq")).isNull();
            assertThat(plain.header("Require")).isNull();
            Script.request("INVITE").createResponse(486).send();
            peer.hear(Duration.ofMillis(100));
            for (String header : List.of("Supported", "Require")) {
                Script.onRequest(request -> {}); // so that a 100 is sent
                Call call = Call.to(SERVER, peer);
                peer.send(call.invite().add(header, "100rel"));
                Message trying = peer.awaitResponse(100, "INVITE");
                assertThat(trying.header("RSeq")).isNull();
                assertThat(trying.header("Require")).isNull();
                SipServletRequest invite = Script.request("INVITE");
                SERVER.inSession(invite.getApplicationSession(), () -> invite.createResponse(183)
                        .sendReliably());
                Message reliable = peer.awaitResponse(183, "INVITE");
                assertThat(reliable.header("RSeq")).matches("\\d+");
                assertThat(reliable.values("Require")).contains("100rel");
                progress();
                peer.send(prack(call, reliable));
                peer.awaitResponse(200, "PRACK");
                invite.createResponse(486).send();
                peer.awaitResponse(486, "INVITE");
            }
        }
    }

    @Test
    @Proves("3262-3-b")
    void aCallerThatRequiresItGetsNoOtherProvisionalResponse() throws Exception {
        Queue<SipServletRequest> invites = new ConcurrentLinkedQueue<>();
        Script.onRequest(request -> {
            if (request.getMethod().equals("INVITE")) {
                invites.add(request);
                request.createResponse(180).sendReliably(); // which is sent how is the application's choice
            } else if (request.getMethod().equals("PRACK")) {
                request.createResponse(200).send();
                SipServletRequest invite = invites.poll();
                if (invite != null) {
                    invite.createResponse(183).sendReliably();
                }
            }
        });
        try (UdpPeer peer = SERVER.udp()) {
            Call call = Call.to(SERVER, peer);
            peer.send(call.invite().add("Require", "100rel"));
            for (int status : List.of(180, 183)) {
                Message provisional = peer.await("1xx", m -> m.status() > 100 && m.status() < 200);
                assertThat(provisional.status()).isEqualTo(status);
                assertThat(provisional.values("Require")).contains("100rel");
                assertThat(provisional.header("RSeq")).isNotNull();
                peer.send(prack(call, provisional));
                peer.awaitResponse(200, "PRACK");
            }
        }
    }

    @Test
    @Proves("3262-3-f")
    void theNextReliableResponseWaitsAndIsNumberedOneHigher() throws Exception {
        progress();
        try (UdpPeer peer = SERVER.udp()) {
            Call call = Call.to(SERVER, peer);
            peer.send(call.invite().add("Supported", "100rel"));
            Message first = peer.awaitResponse(183, "INVITE");
            SipServletRequest invite = Script.request("INVITE");
            boolean[] refused = {false};
            SERVER.inSession(invite.getApplicationSession(), () -> {
                try {
                    invite.createResponse(180).sendReliably();
                } catch (IllegalStateException | Rel100Exception e) {
                    refused[0] = true; // then it is the application that waits
                }
            });
            assertThat(peer.hear(Duration.ofMillis(10 * T1))).noneMatch(m -> m.status() == 180);
            peer.send(prack(call, first));
            peer.awaitResponse(200, "PRACK");
            if (refused[0]) {
                SERVER.inSession(invite.getApplicationSession(), () -> invite.createResponse(180)
                        .sendReliably());
            }
            Message second = peer.awaitResponse(180, "INVITE");
            assertThat(Integer.parseInt(second.header("RSeq"))).isEqualTo(Integer.parseInt(first.header("RSeq")) + 1);
            peer.send(prack(call, second));
            peer.awaitResponse(200, "PRACK");
            invite.createResponse(486).send();
        }
    }

    /** An INVITE of the application's, whose reliable provisional responses it acknowledges. */
    private static Message calling(UdpPeer peer) throws Exception {
        Script.onResponse(response -> {
            if (response.getStatus() == 183) {
                response.createPrack().send();
            }
        });
        SipServletRequest own = SERVER.request("INVITE", peer.uri("callee"));
        own.addHeader("Supported", "100rel");
        own.send();
        return peer.awaitRequest("INVITE");
    }

    private static Message reliable(UdpPeer peer, Message invite, int number) {
        return peer.response(invite, 183).add("Require", "100rel").add("RSeq", Integer.toString(number));
    }

    @Test
    @Proves("3262-7.2-a")
    void aPrackNamesWhatItAcknowledges() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            Message invite = calling(peer);
            peer.send(reliable(peer, invite, 776656));
            Message prack = peer.awaitRequest("PRACK");
            assertThat(prack.header("RAck")).isEqualTo("776656 " + invite.cseq() + " INVITE");
            assertThat(prack.cseq()).isEqualTo(invite.cseq() + 1);
            peer.answer(prack, 200);
            peer.answer(invite, 486);
        }
    }

    @Test
    @Proves("3262-3-d")
    void withoutAPrackTheInviteIsRefused() throws Exception {
        progress();
        Script.onNoPrack(event -> event.getRequest().createResponse(504).send());
        try (UdpPeer peer = SERVER.udp()) {
            Message invite = Call.to(SERVER, peer).invite().add("Supported", "100rel");
            long sent = System.nanoTime();
            peer.send(invite);
            Message end = peer.awaitFinal("INVITE");
            assertThat(end.status()).isBetween(500, 599);
            assertThat((end.at() - sent) / 1_000_000).isBetween(64L * T1 * 8 / 10, 64L * T1 * 3);
            peer.send(Call.ackOf(invite, end));
        }
    }

    @Test
    @Proves("3262-3-e")
    void aPrackOfNothingIsRefused() throws Exception {
        progress();
        try (UdpPeer peer = SERVER.udp()) {
            Call call = Call.to(SERVER, peer);
            peer.send(call.invite().add("Supported", "100rel"));
            Message reliable = peer.awaitResponse(183, "INVITE");
            int number = Integer.parseInt(reliable.header("RSeq"));
            call.learn(reliable);
            peer.send(call.request("PRACK").add("RAck", (number + 7) + " " + reliable.header("CSeq")));
            assertThat(peer.awaitFinal("PRACK").status()).isEqualTo(481);
            peer.send(prack(call, reliable));
            assertThat(peer.awaitFinal("PRACK").status()).isEqualTo(200);
            peer.send(prack(call, reliable)); // acknowledged already
            assertThat(peer.awaitFinal("PRACK").status()).isEqualTo(481);
            Script.request("INVITE").createResponse(486).send();
        }
    }

    @Test
    @Proves("3262-3-g")
    void a2xxWaitsForThePrackOfASessionDescription() throws Exception {
        progress();
        try (UdpPeer peer = SERVER.udp()) {
            Call call = Call.to(SERVER, peer);
            peer.send(call.invite().add("Supported", "100rel"));
            Message first = peer.awaitResponse(183, "INVITE");
            SipServletRequest invite = Script.request("INVITE");
            boolean[] refused = {false};
            SERVER.inSession(invite.getApplicationSession(), () -> {
                try {
                    invite.createResponse(200).send();
                } catch (IllegalStateException e) {
                    refused[0] = true; // then it is the application that waits
                }
            });
            assertThat(peer.hear(Duration.ofMillis(10 * T1))).noneMatch(m -> m.status() == 200);
            peer.send(prack(call, first));
            peer.awaitResponse(200, "PRACK");
            if (refused[0]) {
                SERVER.inSession(invite.getApplicationSession(), () -> invite.createResponse(200)
                        .send());
            }
            Message ok = peer.awaitResponse(200, "INVITE");
            peer.send(call.ack(ok));
            Script.request("ACK");
        }
    }

    @Test
    @Proves("3262-4-a")
    void reliableResponsesOutOfOrderAreNotAcknowledged() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            Message invite = calling(peer);
            peer.send(reliable(peer, invite, 10));
            peer.answer(peer.awaitRequest("PRACK"), 200);
            Script.response(183);
            peer.send(reliable(peer, invite, 10)); // repeated
            peer.send(reliable(peer, invite, 12)); // 11 is missing
            assertThat(peer.hear(Duration.ofMillis(300)))
                    .noneMatch(m -> m.method().equals("PRACK"));
            assertThat(Script.responses(183)).isZero();
            peer.send(reliable(peer, invite, 11));
            Message prack = peer.awaitRequest("PRACK");
            assertThat(prack.header("RAck")).startsWith("11 ");
            peer.answer(prack, 200);
            peer.answer(invite, 486);
        }
    }
}
