// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.container.Proves;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** RFC 3261 sections 13.3, 14.2 and 17.2, RFC 6026 section 7.1: invitations received. T1 is 25 ms, T2 200 ms. */
class UserAgentServerTest {
    private static final int T1 = 25;

    @RegisterExtension
    static final Server SERVER = Server.quick(T1);

    /** Milliseconds between messages. */
    static List<Long> gaps(List<Message> messages) {
        List<Long> gaps = new ArrayList<>();
        for (int i = 1; i < messages.size(); i++) {
            gaps.add((messages.get(i).at() - messages.get(i - 1).at()) / 1_000_000);
        }
        return gaps;
    }

    /** That each gap is about the wanted one, on a machine that does other things as well. */
    static void assertGaps(List<Message> messages, int... wanted) {
        List<Long> gaps = gaps(messages);
        assertThat(gaps).hasSizeGreaterThanOrEqualTo(wanted.length);
        for (int i = 0; i < wanted.length; i++) {
            assertThat(gaps.get(i))
                    .as("gap %d of %s", i, gaps)
                    .isBetween(wanted[i] * 6 / 10L, wanted[i] * 16 / 10 + 60L);
        }
    }

    @Test
    @Proves({"3261-13.3.1.4-a", "6026-7.1-c"})
    void a200IsSentAgainUntilTheAckComes() throws Exception {
        try (UdpPeer udp = SERVER.udp();
                TcpPeer tcp = SERVER.tcp()) {
            for (Peer peer : List.of(udp, tcp)) {
                Call call = Call.to(SERVER, peer);
                peer.send(call.invite());
                List<Message> oks = peer.hear(Duration.ofMillis(1000));
                oks.removeIf(m -> m.status() != 200);
                assertGaps(oks, T1, 2 * T1, 4 * T1, 8 * T1, 8 * T1);
                assertThat(oks)
                        .extracting(Message::toTag)
                        .containsOnly(oks.get(0).toTag());
                peer.send(call.learn(oks.get(0)).ack(oks.get(0)));
                Script.request("ACK");
                assertThat(peer.hear(Duration.ofMillis(500)))
                        .as("after the ACK")
                        .hasSizeLessThanOrEqualTo(1);
                call.hangUp();
            }
        }
    }

    @Test
    @Proves("3261-13.3.1.4-b")
    void aCallThatIsNeverAcknowledgedIsEndedByABye() throws Exception {
        AtomicReference<String> unacknowledged = new AtomicReference<>();
        CompletableFuture<SipSession.State> reported = new CompletableFuture<>();
        Script.onNoAck(event -> {
            SipSession session = event.getRequest().getSession();
            if (session.getCallId().equals(unacknowledged.get())) {
                reported.complete(session.getState());
                session.createRequest("BYE").send();
            }
        });
        try (UdpPeer peer = SERVER.udp()) {
            Call call = Call.to(SERVER, peer);
            unacknowledged.set(call.callId);
            peer.send(call.invite());
            Message ok = peer.awaitResponse(200, "INVITE");
            Message bye = peer.awaitRequest("BYE");
            assertThat((bye.at() - ok.at()) / 1_000_000).isBetween(64L * T1 * 9 / 10, 64L * T1 * 2);
            assertThat(bye.toTag()).isEqualTo(ok.fromTag());
            assertThat(bye.fromTag()).isEqualTo(ok.toTag());
            assertThat(reported.get()).isEqualTo(SipSession.State.CONFIRMED);
            peer.answer(bye, 200);
        }
    }

    /** The ACK came late, but it came. */
    @Test
    void aCallThatIsAcknowledgedLateIsNotReported() throws Exception {
        AtomicInteger reports = new AtomicInteger();
        Script.onNoAck(event -> reports.incrementAndGet());
        try (UdpPeer peer = SERVER.udp()) {
            peer.hear(Duration.ofMillis(64 * T1 + 500)); // what earlier tests left unacknowledged
            reports.set(0);
            Call call = Call.to(SERVER, peer);
            peer.send(call.invite());
            List<Message> oks = peer.hear(Duration.ofMillis(64 * T1 / 2));
            Message ok = oks.get(oks.size() - 1);
            peer.send(call.learn(ok).ack(ok));
            Script.request("ACK");
            call.hangUp();
            peer.hear(Duration.ofMillis(64 * T1));
            assertThat(reports).hasValue(0);
        }
    }

    @Test
    @Proves("3261-17.2.1-a")
    void anInviteThatIsNotAnsweredGets100() throws Exception {
        Script.onRequest(request -> {});
        try (UdpPeer udp = SERVER.udp();
                TcpPeer tcp = SERVER.tcp()) {
            for (Peer peer : List.of(udp, tcp)) {
                long sent = System.nanoTime();
                peer.send(Call.to(SERVER, peer).invite());
                Message trying = peer.awaitResponse(100, "INVITE");
                assertThat((trying.at() - sent) / 1_000_000).isLessThan(400);
                Script.request("INVITE").createResponse(486).send();
            }
        }
    }

    @Test
    @Proves("3261-17.2.1-b")
    void aRepeatedInviteGetsTheLastProvisionalResponse() throws Exception {
        Script.onRequest(request -> {
            request.createResponse(180).send();
            request.createResponse(183).send();
        });
        try (UdpPeer peer = SERVER.udp()) {
            Message invite = Call.to(SERVER, peer).invite();
            peer.send(invite);
            peer.awaitResponse(183, "INVITE");
            for (int i = 0; i < 3; i++) {
                peer.send(invite);
                assertThat(peer.await("response", m -> m.status() > 0).status()).isEqualTo(183);
            }
            assertThat(peer.hear(Duration.ofMillis(300))).isEmpty();
            Script.request("INVITE").createResponse(486).send();
            assertThat(Script.requests("INVITE")).isZero();
        }
    }

    @Test
    @Proves({"3261-17.2.1-c", "3261-17.2.1-d"})
    void aRefusalIsSentAgainUntilTheAckComes() throws Exception {
        Script.onRequest(request -> request.createResponse(486).send());
        try (UdpPeer peer = SERVER.udp()) {
            Message invite = Call.to(SERVER, peer).invite();
            peer.send(invite);
            List<Message> refusals = peer.hear(Duration.ofMillis(1000));
            refusals.removeIf(m -> m.status() != 486);
            assertGaps(refusals, T1, 2 * T1, 4 * T1, 8 * T1, 8 * T1);
            peer.send(Call.ackOf(invite, refusals.get(0)));
            assertThat(peer.hear(Duration.ofMillis(500))).as("after the ACK").hasSizeLessThanOrEqualTo(1);
            assertThat(Script.requests("ACK")).isZero();

            peer.send(Call.to(SERVER, peer).invite());
            List<Message> all = peer.hear(Duration.ofMillis(64 * T1 * 2));
            all.removeIf(m -> m.status() != 486);
            long lasted = (all.get(all.size() - 1).at() - all.get(0).at()) / 1_000_000;
            assertThat(lasted).isBetween(64L * T1 * 7 / 10, 64L * T1 + 400);
        }
    }

    @Test
    @Proves("3261-17.2.2-a")
    void aRepeatedRequestGetsTheSameResponse() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            Message options = Call.to(SERVER, peer).request("OPTIONS");
            peer.send(options);
            String first = peer.awaitResponse(200, "OPTIONS").toString();
            long until = System.nanoTime() + 64L * T1 * 800_000;
            while (System.nanoTime() < until) {
                peer.send(options);
                assertThat(peer.awaitResponse(200, "OPTIONS").toString()).isEqualTo(first);
                peer.hear(Duration.ofMillis(200));
            }
            Script.request("OPTIONS");
            assertThat(Script.requests("OPTIONS")).isZero();
            assertThat(peer.hear(Duration.ofMillis(64 * T1))).isEmpty();
            peer.send(options); // the transaction is over: it is a new request
            peer.awaitResponse(200, "OPTIONS");
            Script.request("OPTIONS");
        }
    }

    @Test
    @Proves("3261-17.2.2-b")
    void aRepeatedRequestThatIsNotAnsweredYetIsAbsorbed() throws Exception {
        Script.onRequest(request -> {});
        try (UdpPeer peer = SERVER.udp()) {
            Message options = Call.to(SERVER, peer).request("OPTIONS");
            peer.send(options);
            SipServletRequest first = Script.request("OPTIONS");
            peer.send(options).send(options);
            assertThat(peer.hear(Duration.ofMillis(400))).isEmpty();
            assertThat(Script.requests("OPTIONS")).isZero();
            first.createResponse(200).send();
            peer.awaitResponse(200, "OPTIONS");
        }
    }

    @Test
    @Proves({"6026-7.1-a", "6026-7.1-b"})
    void aRepeatedInviteAfterA200IsAbsorbedFor64TimesT1() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            Call call = Call.to(SERVER, peer);
            Message invite = call.invite();
            peer.send(invite);
            Message ok = peer.awaitResponse(200, "INVITE");
            peer.send(call.learn(ok).ack(ok));
            Script.request("ACK");
            peer.hear(Duration.ofMillis(100));
            long until = ok.at() + 64L * T1 * 850_000;
            while (System.nanoTime() < until) {
                peer.send(invite);
                assertThat(peer.hear(Duration.ofMillis(250))).isEmpty();
            }
            assertThat(Script.requests("INVITE")).isZero();
            assertThat(SERVER.remains().transactions()).isPositive();
            call.hangUp();
        }
    }
}
