// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.container.Proves;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** RFC 3261 sections 8.2, 9.2, 10.2, 11.2 and 15.1: requests that the server gets, and how it answers. */
class EarlyByeTest {
    @RegisterExtension
    static final Server SERVER = Server.standard();

    @Test
    @Proves("3261-15.1.2-b")
    void aByeInAnEarlyDialogEndsTheInvite() throws Exception {
        Script.onRequest(request -> request.createResponse(request.getMethod().equals("INVITE") ? 180 : 200)
                .send());
        try (UdpPeer peer = SERVER.udp()) {
            Call call = Call.to(SERVER, peer);
            Message invite = call.invite();
            peer.send(invite);
            call.learn(peer.awaitResponse(180, "INVITE"));
            peer.send(call.request("BYE"));
            List<Message> both =
                    List.of(peer.await("final", m -> m.status() >= 200), peer.await("final", m -> m.status() >= 200));
            assertThat(both).extracting(m -> m.status() + m.method()).containsExactlyInAnyOrder("200BYE", "487INVITE");
        }
    }
}
