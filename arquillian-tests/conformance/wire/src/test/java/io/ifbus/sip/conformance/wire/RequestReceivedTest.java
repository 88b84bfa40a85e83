// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.container.Proves;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.SipSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** RFC 3261 sections 8.2, 9.2, 10.2, 11.2 and 15.1: requests that the server gets, and how it answers. */
class RequestReceivedTest {
    @RegisterExtension
    static final Server SERVER = Server.standard();

    @Test
    @Proves("3261-8.2.1-a")
    void aMethodThatNobodyKnowsIsRefused() throws Exception {
        Script.onRequest(
                request -> { // which methods there are is the application's choice
                    SipServletResponse refusal =
                            request.createResponse(request.getMethod().equals("MESSAGE") ? 405 : 501);
                    if (refusal.getStatus() == 405) {
                        refusal.setHeader("Allow", "INVITE, ACK, CANCEL, BYE");
                    }
                    refusal.send();
                });
        try (UdpPeer peer = SERVER.udp()) {
            peer.send(Call.to(SERVER, peer).request("MESSAGE"));
            assertThat(peer.awaitResponse(405, "MESSAGE").header("Allow")).isEqualTo("INVITE,ACK,CANCEL,BYE");
            peer.send(Call.to(SERVER, peer).request("FROBNICATE"));
            peer.awaitResponse(501, "FROBNICATE");
        }
    }

    @Test
    @Proves("3261-8.2.2.1-a")
    void anUnknownSchemeIsRefused() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            peer.send(Call.to(SERVER, peer).request("OPTIONS").start("OPTIONS gopher:somewhere SIP/2.0"));
            assertThat(peer.awaitFinal("OPTIONS").status()).isEqualTo(416);
            assertThat(Script.requests("OPTIONS")).isZero();
        }
    }

    @Test
    @Proves("3261-8.2.2.2-a")
    void aMergedRequestIsRefused() throws Exception {
        Script.onRequest(request -> {}); // answered below
        try (UdpPeer peer = SERVER.udp()) {
            Message options = Call.to(SERVER, peer).request("OPTIONS");
            peer.send(options);
            SipServletRequest first = Script.request("OPTIONS");
            Message again = options.with("Via", peer.via());
            peer.send(again);
            Message refusal = peer.awaitFinal("OPTIONS");
            assertThat(refusal.status()).isEqualTo(482);
            assertThat(refusal.branch()).isEqualTo(again.branch());
            first.createResponse(200).send();
            assertThat(peer.awaitFinal("OPTIONS").branch()).isEqualTo(options.branch());
        }
    }

    @Test
    @Proves("3261-8.2.2.3-a")
    void anUnsupportedExtensionIsRefusedByItsName() throws Exception {
        Script.onRequest(
                request -> { // which extensions there are is the application's choice
                    SipServletResponse refusal = request.createResponse(420);
                    request.getHeaders("Require").forEachRemaining(tag -> refusal.addHeader("Unsupported", tag));
                    refusal.send();
                });
        try (UdpPeer peer = SERVER.udp()) {
            peer.send(Call.to(SERVER, peer).invite().add("Require", "timetravel"));
            Message refusal = peer.awaitFinal("INVITE");
            assertThat(refusal.status()).isEqualTo(420);
            assertThat(refusal.values("Unsupported")).containsExactly("timetravel");
        }
    }

    @Test
    @Proves("3261-8.2.2.3-b")
    void anAckOrCancelIsNotRefusedForItsExtensions() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            Call call = Call.to(SERVER, peer);
            peer.send(call.invite());
            call.learn(peer.awaitResponse(200, "INVITE"));
            peer.send(call.numbered("ACK", 1).add("Require", "timetravel"));
            assertThat(Script.request("ACK").getHeader("Require")).isEqualTo("timetravel");

            Script.onRequest(request -> request.createResponse(180).send());
            Message invite = Call.to(SERVER, peer).invite();
            peer.send(invite);
            peer.awaitResponse(180, "INVITE");
            peer.send(Call.cancelOf(invite).add("Require", "timetravel"));
            peer.awaitResponse(200, "CANCEL");
            peer.send(Call.ackOf(invite, peer.awaitResponse(487, "INVITE")).add("Require", "timetravel"));
            assertThat(peer.hear(Duration.ofMillis(1200)))
                    .as("420, or 487 again")
                    .isEmpty();
        }
    }

    @Test
    @Proves({"3261-8.2.6.2-a", "3261-8.2.6.2-b"})
    void responsesRepeatTheRequestAndShareOneTag() throws Exception {
        Script.onRequest(request -> {
            request.createResponse(180).send();
            request.createResponse(183).send();
            request.createResponse(486).send();
        });
        try (UdpPeer peer = SERVER.udp()) {
            Message invite = Call.to(SERVER, peer)
                    .invite()
                    .add("Via", "SIP/2.0/TCP 192.0.2.1;branch=z9hG4bKone, SIP/2.0/TLS p.example.com;branch=z9hG4bKtwo")
                    .add("Via", "SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKthree");
            peer.send(invite);
            String tag = null;
            for (int status : List.of(180, 183, 486)) {
                Message response = peer.awaitResponse(status, "INVITE");
                assertThat(response.header("From")).isEqualTo(invite.header("From"));
                assertThat(response.callId()).isEqualTo(invite.callId());
                assertThat(response.header("CSeq")).isEqualTo(invite.header("CSeq"));
                assertThat(response.values("Via")).isEqualTo(invite.values("Via"));
                assertThat(response.toTag()).isNotBlank();
                tag = tag == null ? response.toTag() : tag;
                assertThat(response.toTag()).isEqualTo(tag);
            }
        }
    }

    @Test
    @Proves("3261-9.2-a")
    void aCancelEndsAnUnansweredInvite() throws Exception {
        Script.onRequest(request -> request.createResponse(180).send());
        try (UdpPeer peer = SERVER.udp()) {
            Message invite = Call.to(SERVER, peer).invite();
            peer.send(invite);
            peer.awaitResponse(180, "INVITE");
            peer.send(Call.cancelOf(invite));
            List<Message> both =
                    List.of(peer.await("final", m -> m.status() >= 200), peer.await("final", m -> m.status() >= 200));
            assertThat(both)
                    .extracting(m -> m.status() + m.method())
                    .containsExactlyInAnyOrder("200CANCEL", "487INVITE");
            peer.send(Call.ackOf(invite, both.get(both.get(0).status() == 487 ? 0 : 1)));
            assertThat(Script.request("CANCEL").getCallId()).isEqualTo(invite.callId());
        }
    }

    @Test
    @Proves("3261-9.2-b")
    void aCancelOfNothingIsRefused() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            peer.send(Call.cancelOf(Call.to(SERVER, peer).invite()));
            assertThat(peer.awaitFinal("CANCEL").status()).isEqualTo(481);
            assertThat(Script.requests("CANCEL")).isZero();
        }
    }

    @Test
    @Proves("3261-9.2-c")
    void aCancelAfterTheFinalResponseChangesNothing() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            Call call = Call.to(SERVER, peer);
            Message invite = call.invite();
            peer.send(invite);
            call.learn(peer.awaitResponse(200, "INVITE"));
            peer.send(Call.cancelOf(invite));
            peer.awaitResponse(200, "CANCEL");
            peer.send(call.numbered("ACK", 1));
            assertThat(peer.hear(Duration.ofMillis(700))).noneMatch(m -> m.status() == 487);
            peer.send(call.request("INFO"));
            peer.awaitResponse(200, "INFO");
            call.hangUp();
        }
    }

    @Test
    @Proves("3261-10.2-a")
    void aRegisterMakesNoDialogAndNoRoute() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            Message register = Call.to(SERVER, peer).request("REGISTER").add("Record-Route", "<sip:192.0.2.1;lr>");
            peer.send(register);
            peer.awaitResponse(200, "REGISTER");
            SipSession session = Script.request("REGISTER").getSession();
            assertThat(session.getState()).isEqualTo(SipSession.State.INITIAL);

            SipServletRequest own = SERVER.request("REGISTER", peer.uri("registrar"));
            own.send();
            Message received = peer.awaitRequest("REGISTER");
            peer.send(peer.response(received, 200).add("Record-Route", "<sip:192.0.2.1;lr>"));
            Script.response(200);
            assertThat(own.getSession().getState()).isEqualTo(SipSession.State.INITIAL);
            AtomicReference<SipServletRequest> next = new AtomicReference<>();
            SERVER.inSession(own.getApplicationSession(), () -> {
                next.set(own.getSession().createRequest("REGISTER"));
                next.get().setRequestURI(own.getRequestURI());
                next.get().send();
            });
            Message second = peer.awaitRequest("REGISTER");
            assertThat(second.rows("Route")).isEmpty();
            assertThat(second.toTag()).isNull();
            peer.answer(second, 200);
            assertThat(SERVER.remains().dialogs()).isZero();
        }
    }

    @Test
    @Proves("3261-11.2-a")
    void anOptionsInADialogLeavesItAsItWas() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            Call call = Call.to(SERVER, peer);
            call.establish(call.invite());
            SipSession session = Script.request("INVITE").getSession();
            peer.send(call.request("OPTIONS").with("Contact", "<sip:elsewhere@127.0.0.1:9>"));
            assertThat(peer.awaitFinal("OPTIONS").status()).isEqualTo(200);
            assertThat(Script.request("OPTIONS").getSession()).isEqualTo(session);
            assertThat(session.getState()).isEqualTo(SipSession.State.CONFIRMED);
            SERVER.inSession(session.getApplicationSession(), () -> session.createRequest("INFO")
                    .send());
            Message info = peer.awaitRequest("INFO");
            assertThat(info.uri()).isEqualTo(peer.uri("peer"));
            peer.answer(info, 200);
            call.hangUp();
        }
    }

    @Test
    @Proves("3261-15.1.2-a")
    void aByeOfNothingIsRefused() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            for (String tag : List.of(";tag=nobody", "")) {
                peer.send(Call.to(SERVER, peer).request("BYE").change("To", to -> to + tag));
                assertThat(peer.awaitFinal("BYE").status()).isEqualTo(481);
            }
            assertThat(Script.requests("BYE")).isZero();
        }
    }
}
