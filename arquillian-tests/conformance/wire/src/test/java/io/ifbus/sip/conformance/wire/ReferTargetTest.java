// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.container.Proves;
import java.util.ArrayList;
import java.util.List;
import javax.servlet.sip.SipSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** RFC 3515. */
class ReferTargetTest {

    @RegisterExtension
    static final Server SERVER = Server.standard();

    /** An established call of the peer's, and the session that the server has for it. */
    private record Talk(Call call, SipSession session) {
        static Talk of(Peer peer) throws Exception {
            Call call = Call.to(SERVER, peer);
            call.establish(call.invite());
            return new Talk(call, Script.request("INVITE").getSession());
        }

        Message refer(String target) {
            return call.request("REFER").add("Refer-To", target);
        }
    }

    @Test
    @Proves("3515-2.4.2-a")
    void aReferNeedsOneReferTo() throws Exception {
        Script.onRequest(
                request -> { // what a REFER must have is for the application to check
                    List<String> targets = new ArrayList<>();
                    request.getHeaders("Refer-To").forEachRemaining(targets::add);
                    if (request.getMethod().equals("REFER") && targets.size() != 1) {
                        request.createResponse(400).send();
                    } else if (!request.getMethod().equals("ACK")) {
                        request.createResponse(200).send();
                    }
                });
        try (UdpPeer peer = SERVER.udp()) {
            Talk talk = Talk.of(peer);
            peer.send(talk.call().request("REFER"));
            assertThat(peer.awaitFinal("REFER").status()).isEqualTo(400);
            peer.send(talk.refer("<sip:one@127.0.0.1>").add("Refer-To", "<sip:two@127.0.0.1>"));
            assertThat(peer.awaitFinal("REFER").status()).isEqualTo(400);
            talk.call().hangUp();
        }
    }
}
