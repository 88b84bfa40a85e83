// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.container.Proves;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** RFC 3311. */
class CrossingOffersTest {
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
    @Proves("3311-5.2-b")
    void anOfferThatCrossesOursIsRefused() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            Call call = Call.to(SERVER, peer);
            call.establish(call.invite());
            SipSession session = Script.request("INVITE").getSession();
            send(session, "UPDATE", true);
            Message own = peer.awaitRequest("UPDATE");
            peer.send(call.request("UPDATE").body("application/sdp", Call.SDP));
            assertThat(peer.awaitFinal("UPDATE").status()).isEqualTo(491);
            peer.answer(own, 200);
        }
    }

    @Test
    @Proves("3311-5.2-c")
    void anOfferBeforeThePeersFirstOneIsAnsweredIsRefused() throws Exception {
        Script.onRequest(request -> {
            if (request.getMethod().equals("INVITE")) {
                request.createResponse(180).send(); // without an answer to the offer
            } else {
                request.createResponse(200).send();
            }
        });
        try (UdpPeer peer = SERVER.udp()) {
            Call call = Call.to(SERVER, peer);
            peer.send(call.invite());
            call.learn(peer.awaitResponse(180, "INVITE"));
            peer.send(call.request("UPDATE").body("application/sdp", Call.SDP));
            assertRefused(peer.awaitFinal("UPDATE"));
        }
    }

    @Test
    @Proves("3311-5.2-d")
    void anUpdateBeforeTheFirstIsAnsweredIsRefused() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            Call call = Call.to(SERVER, peer);
            call.establish(call.invite());
            Script.onRequest(request -> {});
            peer.send(call.request("UPDATE"));
            SipServletRequest first = Script.request("UPDATE");
            Message second = call.request("UPDATE");
            peer.send(second);
            Message refusal = peer.awaitFinal("UPDATE");
            assertThat(refusal.cseq()).isEqualTo(second.cseq());
            assertRefused(refusal);
            first.createResponse(200).send();
            peer.awaitResponse(200, "UPDATE");
        }
    }

    private static void assertRefused(Message refusal) {
        assertThat(refusal.status()).isEqualTo(500);
        assertThat(Integer.parseInt(refusal.header("Retry-After").split("[ ;(]")[0]))
                .isBetween(0, 10);
    }
}
