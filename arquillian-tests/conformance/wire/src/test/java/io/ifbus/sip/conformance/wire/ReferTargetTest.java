// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.container.Proves;
import java.util.ArrayList;
import java.util.List;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** RFC 3515. */
class ReferTargetTest {
    private static final String TARGET =
            "<sip:dave@denver.example.org;method=SUBSCRIBE?Replaces=12345%40192.168.118.3%3Bto-tag%3D1&Accept-Contact=a>";

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

        /** Lets the application send a NOTIFY of the transfer that the peer asked for. */
        void notifies(String event, String state, String fragment) throws Exception {
            SERVER.inSession(session.getApplicationSession(), () -> {
                SipServletRequest notify = session.createRequest("NOTIFY");
                notify.setHeader("Event", event);
                notify.setHeader("Subscription-State", state);
                notify.setContent(fragment.getBytes("UTF-8"), "message/sipfrag;version=2.0");
                notify.send();
            });
        }

        /** Lets the application send a REFER; the request as the peer got it. */
        Message asks(Peer peer) throws Exception {
            SERVER.inSession(session.getApplicationSession(), () -> {
                SipServletRequest refer = session.createRequest("REFER");
                refer.setHeader("Refer-To", "<sip:third@127.0.0.1>");
                refer.send();
            });
            return peer.awaitRequest("REFER");
        }

        Message peersNotify(String event, String state, String fragment) {
            return call.request("NOTIFY")
                    .add("Event", event)
                    .add("Subscription-State", state)
                    .body("message/sipfrag;version=2.0", fragment);
        }
    }

    private static void accepting() {
        Script.onRequest(request -> {
            if (!request.getMethod().equals("ACK")) {
                request.createResponse(request.getMethod().equals("REFER") ? 202 : 200)
                        .send();
            }
        });
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
