// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.container.Proves;
import java.util.List;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.SipSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** RFC 3515. */
class ReferTest {
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
    @Proves("3515-2.1-a")
    void theReferToReachesTheApplicationUnchanged() throws Exception {
        accepting();
        try (UdpPeer peer = SERVER.udp()) {
            Talk talk = Talk.of(peer);
            peer.send(talk.refer(TARGET));
            peer.awaitResponse(202, "REFER");
            SipServletRequest refer = Script.request("REFER");
            assertThat(refer.getHeader("Refer-To")).isEqualTo(TARGET);
            assertThat(refer.getSession()).isEqualTo(talk.session());
        }
    }

    @Test
    @Proves({"3515-2.4.4-a", "3515-2.4.5-a", "3515-2.4.6-a"})
    void theApplicationNotifiesInTheDialogOfEachRefer() throws Exception {
        accepting();
        String fragment = "SIP/2.0 180 Ringing\r\nContact: <sip:x@192.0.2.1>\r\n\r\n";
        try (UdpPeer peer = SERVER.udp()) {
            Talk talk = Talk.of(peer);
            for (int i = 0; i < 2; i++) {
                Message refer = talk.refer(TARGET);
                peer.send(refer);
                peer.awaitResponse(202, "REFER");
                String event = "refer;id=" + refer.cseq();
                talk.notifies(event, "active;expires=60", fragment);
                Message notify = peer.awaitRequest("NOTIFY");
                assertThat(notify.callId()).isEqualTo(refer.callId());
                assertThat(notify.toTag()).isEqualTo(refer.fromTag());
                assertThat(notify.fromTag()).isEqualTo(refer.toTag());
                assertThat(notify.header("Event")).isEqualTo(event);
                assertThat(notify.header("Subscription-State")).isEqualTo("active;expires=60");
                assertThat(notify.header("Content-Type"))
                        .startsWith("message/sipfrag")
                        .contains("version=2.0");
                assertThat(notify.body()).isEqualTo(fragment);
                peer.answer(notify, 200);
                assertThat(Script.response(200).getMethod()).isEqualTo("NOTIFY");
            }
            talk.call().hangUp();
        }
    }

    @Test
    @Proves({"3515-2.4.4-b", "3515-2.4.5-a", "3515-2.4.6-a"})
    void aNotifyReachesTheSessionOfItsRefer() throws Exception {
        String fragment = "SIP/2.0 100 Trying\r\n";
        try (UdpPeer peer = SERVER.udp()) {
            Talk talk = Talk.of(peer);
            for (boolean early : List.of(true, false)) {
                Message refer = talk.asks(peer);
                String event = "refer;id=" + refer.cseq();
                Message notify = talk.peersNotify(event, "active;expires=60", fragment);
                if (early) {
                    peer.send(notify);
                    peer.awaitResponse(200, "NOTIFY");
                }
                peer.answer(refer, 202);
                Script.response(202);
                if (!early) {
                    peer.send(notify);
                    peer.awaitResponse(200, "NOTIFY");
                }
                SipServletRequest seen = Script.request("NOTIFY");
                assertThat(seen.getSession()).isEqualTo(talk.session());
                assertThat(seen.getHeader("Event")).isEqualTo(event);
                assertThat(new String(seen.getRawContent(), "UTF-8")).isEqualTo(fragment);
                assertThat(seen.getContentType()).isEqualTo("message/sipfrag;version=2.0");
            }
            talk.call().hangUp();
        }
    }

    @Test
    @Proves("3515-2.4.7-a")
    void theLastNotifyLeavesTheCall() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            Talk talk = Talk.of(peer);
            Message refer = talk.asks(peer);
            peer.answer(refer, 202);
            Script.response(202);
            peer.send(talk.peersNotify("refer", "terminated;reason=noresource", "SIP/2.0 200 OK\r\n"));
            peer.awaitResponse(200, "NOTIFY");
            assertThat(talk.session().getState()).isEqualTo(SipSession.State.CONFIRMED);
            SERVER.inSession(
                    talk.session().getApplicationSession(),
                    () -> talk.session().createRequest("INFO").send());
            peer.answer(peer.awaitRequest("INFO"), 200);
            peer.send(talk.call().request("INFO"));
            peer.awaitResponse(200, "INFO");
            talk.call().hangUp();
        }
    }

    @Test
    @Proves("3515-2.4.4-c")
    void aByeDoesNotEndTheSubscription() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            Talk talk = Talk.of(peer);
            Message refer = talk.asks(peer);
            peer.answer(refer, 202);
            SipServletResponse accepted = Script.response(202);
            peer.send(talk.peersNotify("refer", "active;expires=60", "SIP/2.0 100 Trying\r\n"));
            peer.awaitResponse(200, "NOTIFY");
            Script.request("NOTIFY");
            talk.call().hangUp();
            for (String state : List.of("active;expires=50", "terminated;reason=noresource")) {
                peer.send(talk.peersNotify("refer", state, "SIP/2.0 200 OK\r\n"));
                assertThat(peer.awaitFinal("NOTIFY").status()).isEqualTo(200);
                assertThat(Script.request("NOTIFY").getSession()).isEqualTo(accepted.getSession());
            }
        }
    }
}
