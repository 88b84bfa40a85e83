// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.container.Proves;
import javax.servlet.sip.SipSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** RFC 3261 sections 13.3, 14.2 and 17.2, RFC 6026 section 7.1: invitations received. T1 is 25 ms, T2 200 ms. */
class CrossingInvitesTest {
    private static final int T1 = 25;

    @RegisterExtension
    static final Server SERVER = Server.quick(T1);

    @Test
    @Proves("3261-14.2-a")
    void aSecondInviteBeforeTheFirstIsAnsweredIsRefused() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            Call call = Call.to(SERVER, peer);
            call.establish(call.invite());
            Script.onRequest(request -> {});
            peer.send(call.invite());
            Script.request("INVITE");
            peer.send(call.invite());
            Message refusal = peer.awaitFinal("INVITE");
            assertThat(refusal.status()).isEqualTo(500);
            assertThat(refusal.cseq()).isEqualTo(3);
            assertThat(Integer.parseInt(refusal.header("Retry-After"))).isBetween(0, 10);
        }
    }

    @Test
    @Proves("3261-14.2-b")
    void aReInviteThatCrossesAnOwnOneIsRefused() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            Call call = Call.to(SERVER, peer);
            call.establish(call.invite());
            SipSession session = Script.request("INVITE").getSession();
            SERVER.inSession(session.getApplicationSession(), () -> session.createRequest("INVITE")
                    .send());
            Message own = peer.awaitRequest("INVITE");
            peer.send(call.invite());
            Message refusal = peer.awaitFinal("INVITE");
            assertThat(refusal.status()).isEqualTo(491);
            assertThat(Script.requests("INVITE")).isZero();
            peer.answer(own, 488);
        }
    }
}
