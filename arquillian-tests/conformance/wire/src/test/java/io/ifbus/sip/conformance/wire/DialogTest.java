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

/** RFC 3261 section 12: what a dialog is made of, and how requests in it are written and read. */
class DialogTest {
    @RegisterExtension
    static final Server SERVER = Server.standard();

    private static String route(Peer peer, String user, String parameters) {
        return "<sip:" + user + "@127.0.0.1:" + peer.port() + parameters + ">";
    }

    private static void send(SipSession session, String method) throws Exception {
        SERVER.inSession(session.getApplicationSession(), () -> session.createRequest(method)
                .send());
    }

    @Test
    @Proves({"3261-12.1.1-a", "3261-12.1.1-b", "3261-12.2.1.1-a"})
    void theCalledSideTakesTheRoutesInTheirOrder() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            Call call = Call.to(SERVER, peer);
            List<String> routes = List.of(route(peer, "p2", ";lr"), route(peer, "p1", ";lr;x=y"));
            Message ok = call.establish(
                    call.invite().add("Record-Route", routes.get(0)).add("Record-Route", routes.get(1)));
            assertThat(ok.values("Record-Route")).isEqualTo(routes);
            assertThat(ok.values("Contact")).hasSize(1);
            assertThat(ok.uriOf("Contact")).startsWith("sip:").contains("127.0.0.1:" + SERVER.port());

            send(Script.request("INVITE").getSession(), "BYE");
            Message bye = peer.awaitRequest("BYE");
            assertThat(bye.uri()).isEqualTo(peer.uri("peer"));
            assertThat(bye.values("Route")).isEqualTo(routes);
            peer.answer(bye, 200);
        }
    }

    /** A caller's session whose dialog was made by a 200 with these Record-Route values. */
    private static SipSession calling(UdpPeer peer, String... recorded) throws Exception {
        SipServletRequest invite = SERVER.request("INVITE", peer.uri("callee"));
        Script.onResponse(response -> {
            if (response.getMethod().equals("INVITE") && response.getStatus() == 200) {
                response.createAck().send();
            }
        });
        invite.send();
        Message ok = peer.response(peer.awaitRequest("INVITE"), 200);
        for (String route : recorded) {
            ok = ok.add("Record-Route", route);
        }
        peer.send(ok);
        Script.response(200);
        return invite.getSession();
    }

    @Test
    @Proves({"3261-12.1.2-a", "3261-12.2.1.1-a"})
    void theCallingSideTakesTheRoutesInReverse() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            String near = route(peer, "near", ";lr");
            String far = route(peer, "far", ";lr");
            SipSession session = calling(peer, far, near);
            assertThat(peer.awaitRequest("ACK").values("Route")).containsExactly(near, far);
            send(session, "BYE");
            Message bye = peer.awaitRequest("BYE");
            assertThat(bye.values("Route")).containsExactly(near, far);
            assertThat(bye.uri()).isEqualTo(peer.uri("peer"));
            peer.answer(bye, 200);
        }
    }

    @Test
    @Proves("3261-12.2.1.1-c")
    void numbersRiseByOne() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            SipSession session = calling(peer);
            int first = peer.awaitRequest("ACK").cseq();
            List<Integer> numbers = new ArrayList<>();
            for (String method : List.of("INFO", "OPTIONS", "INVITE", "UPDATE", "MESSAGE", "BYE")) {
                send(session, method);
                Message request = peer.awaitRequest(method);
                numbers.add(request.cseq());
                peer.answer(request, 200);
                Script.response(200);
                if (method.equals("INVITE")) {
                    assertThat(peer.awaitRequest("ACK").cseq()).isEqualTo(request.cseq());
                }
            }
            assertThat(numbers).containsExactly(first + 1, first + 2, first + 3, first + 4, first + 5, first + 6);
        }
    }

    @Test
    @Proves("3261-12.2.1.2-a")
    void the2xxOfAReInviteRefreshesTheTargetAndNotTheRoutes() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            String near = route(peer, "near", ";lr");
            SipSession session = calling(peer, near);
            peer.awaitRequest("ACK");
            send(session, "INVITE");
            Message again = peer.awaitRequest("INVITE");
            peer.send(peer.response(again, 200)
                    .with("Contact", peer.contact("moved"))
                    .add("Record-Route", route(peer, "other", ";lr")));
            Script.response(200);
            Message ack = peer.awaitRequest("ACK");
            assertThat(ack.uri()).isEqualTo(peer.uri("moved"));
            send(session, "BYE");
            Message bye = peer.awaitRequest("BYE");
            assertThat(bye.uri()).isEqualTo(peer.uri("moved"));
            assertThat(bye.values("Route")).containsExactly(near);
            peer.answer(bye, 200);
        }
    }

    @Test
    @Proves("3261-12.2.2-a")
    void aRequestOfAnUnknownDialogIsRefused() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            for (String method : List.of("INVITE", "INFO", "OPTIONS", "UPDATE", "BYE", "NOTIFY", "MESSAGE")) {
                Message request = Call.to(SERVER, peer)
                        .request(method)
                        .change("To", to -> to + ";tag=nobody")
                        .add("Event", "x");
                peer.send(request.add("Subscription-State", "active"));
                assertThat(peer.awaitFinal(method).status()).as(method).isEqualTo(481);
                assertThat(Script.requests(method)).as(method).isZero();
            }
        }
    }

    @Test
    @Proves("3261-12.2.2-b")
    void aLowerNumberIsRefused() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            Call call = Call.to(SERVER, peer);
            call.establish(call.numbered("INVITE", 20).body("application/sdp", Call.SDP));
            peer.send(call.numbered("INFO", 22));
            peer.awaitResponse(200, "INFO");
            for (int lower : List.of(21, 19, 1)) {
                peer.send(call.numbered("INFO", lower));
                assertThat(peer.awaitFinal("INFO").status()).as("CSeq " + lower).isEqualTo(500);
            }
            Script.request("INFO");
            assertThat(Script.requests("INFO")).isZero();
            peer.send(call.numbered("BYE", 23));
            peer.awaitResponse(200, "BYE");
        }
    }

    @Test
    @Proves("3261-12.2.2-c")
    void aGapInTheNumbersIsAccepted() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            Call call = Call.to(SERVER, peer);
            call.establish(call.invite());
            for (int number : List.of(5, 100, 2_000_000_000)) {
                peer.send(call.numbered("INFO", number));
                assertThat(peer.awaitFinal("INFO").status())
                        .as("CSeq " + number)
                        .isEqualTo(200);
            }
            peer.send(call.numbered("BYE", 2_000_000_007));
            assertThat(peer.awaitFinal("BYE").status()).isEqualTo(200);
        }
    }

    @Test
    @Proves("3261-12.2.2-d")
    void aReInviteFromThePeerRefreshesTheTarget() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            Call call = Call.to(SERVER, peer);
            call.establish(call.invite());
            SipSession session = Script.request("INVITE").getSession();
            call.establish(call.invite().with("Contact", peer.contact("moved")));
            send(session, "INFO");
            Message info = peer.awaitRequest("INFO");
            assertThat(info.uri()).isEqualTo(peer.uri("moved"));
            peer.answer(info, 200);
            call.hangUp();
        }
    }
}
