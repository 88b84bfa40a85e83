// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.container.Remains;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What fuzzing has found: each of these messages was an ERROR in the log, and most of them got no answer. */
class BrokenMessageTest {
    @RegisterExtension
    static final Server SERVER = Server.quick(20);

    private ErrorLog log;

    @BeforeEach
    void openLog() {
        log = new ErrorLog();
    }

    @AfterEach
    void nothingWasAnError() {
        log.close();
        assertThat(log.errors()).isEmpty();
    }

    private static void assertRefusedUnseen(Peer peer, Message message) throws IOException {
        peer.send(message);
        peer.awaitResponse(400, message);
        assertThat(Script.requests(message.method())).isZero();
    }

    @Test
    void aHeaderWithoutItsNumberIsABadRequest() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            assertRefusedUnseen(peer, Call.to(SERVER, peer).request("OPTIONS").add("RAck", "a"));
            assertRefusedUnseen(peer, Call.to(SERVER, peer).request("OPTIONS").add("RSeq", ""));
        }
    }

    @Test
    void aUriWithoutASchemeIsABadRequest() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            Message options = Call.to(SERVER, peer).request("OPTIONS");
            assertRefusedUnseen(peer, options.with("From", "<sip%service@127.0.0.1:5060>;tag=1"));
            assertRefusedUnseen(
                    peer, Call.to(SERVER, peer).request("OPTIONS").with("Contact", "<nobody@127.0.0.1:5060>"));
        }
    }

    @Test
    void aTagWithoutAValueIsABadRequest() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            Message options = Call.to(SERVER, peer).request("OPTIONS");
            assertRefusedUnseen(peer, options.with("From", "<sip:caller@127.0.0.1>;tag;other=1"));
        }
    }

    @Test
    void aPortThatDoesNotExistIsABadRequest() throws Exception {
        try (TcpPeer peer = SERVER.tcp()) {
            Message options = Call.to(SERVER, peer).request("OPTIONS");
            assertRefusedUnseen(peer, options.start("OPTIONS sip:service@127.0.0.1:65536 SIP/2.0"));
            assertRefusedUnseen(
                    peer,
                    Call.to(SERVER, peer).request("OPTIONS").change("Via", via -> via.replaceFirst(":\\d+", ":65536")));
        }
    }

    @Test
    void aViaOfATransportThatIsNotHereIsABadRequest() throws Exception {
        try (TcpPeer peer = SERVER.tcp()) {
            Message invite = Call.to(SERVER, peer).invite();
            assertRefusedUnseen(peer, invite.change("Via", via -> via.replace("/TCP", "/TXCP")));
        }
    }

    @Test
    void anAckWithoutABranchIsAnAckAllTheSame() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            Call call = Call.to(SERVER, peer);
            Message invite = call.invite();
            peer.send(invite);
            Message ok = peer.awaitResponse(200, invite);
            peer.send(call.learn(ok).ack(ok).change("Via", via -> via.replaceAll(";branch=.*", "")));
            assertThat(Script.request("ACK").getCallId()).isEqualTo(call.callId);
            call.hangUp();
        }
    }

    @Test
    void aConnectionThatIsClosedBeforeTheAckEndsTheCall() throws Exception {
        Script.onNoAck(event -> event.getRequest().getApplicationSession().invalidate());
        try (TcpPeer peer = SERVER.tcp()) {
            Message invite = Call.to(SERVER, peer).invite();
            peer.send(invite);
            peer.awaitResponse(200, invite);
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(SERVER.remains()).isEqualTo(Remains.NOTHING));
    }
}
