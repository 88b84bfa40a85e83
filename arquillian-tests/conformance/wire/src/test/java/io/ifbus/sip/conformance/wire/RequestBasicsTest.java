// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.container.Proves;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.servlet.sip.Address;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipURI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** RFC 3261 section 8.1: requests that the application sends, and what comes back. */
class RequestBasicsTest {
    @RegisterExtension
    static final Server SERVER = Server.standard();

    @Test
    @Proves("3261-8.1.1-a")
    void eachRequestThatLeavesHasTheSixMandatoryHeaders() throws Exception {
        Script.onResponse(response -> {
            if (response.getMethod().equals("INVITE") && response.getStatus() == 200) {
                response.createAck().send();
                response.getSession().createRequest("INFO").send();
                response.getSession().createRequest("BYE").send();
            }
        });
        try (UdpPeer peer = SERVER.udp()) {
            for (String method : List.of("OPTIONS", "MESSAGE", "REGISTER", "SUBSCRIBE", "INVITE")) {
                SERVER.request(method, peer.uri("callee")).send();
                Message request = peer.awaitRequest(method);
                assertMandatory(request);
                peer.answer(request, 200);
            }
            for (String method : List.of("ACK", "INFO", "BYE")) {
                assertMandatory(peer.awaitRequest(method));
            }
        }
    }

    private static void assertMandatory(Message request) {
        assertThat(request.header("To")).contains("sip:callee@127.0.0.1");
        assertThat(request.header("From")).contains("sip:us@127.0.0.1");
        assertThat(request.fromTag()).isNotBlank();
        assertThat(request.header("CSeq")).matches("\\d+ " + request.method());
        assertThat(request.callId()).isNotBlank();
        assertThat(request.header("Max-Forwards")).isEqualTo("70");
        assertThat(request.header("Via"))
                .startsWith("SIP/2.0/UDP 127.0.0.1:" + SERVER.port())
                .contains(";branch=z9hG4bK");
        for (String name : List.of("To", "From", "CSeq", "Call-ID", "Max-Forwards", "Via")) {
            assertThat(request.rows(name)).as(name).hasSize(1);
        }
    }

    @Test
    @Proves("3261-8.1.1.7-a")
    void noBranchIsUsedTwice() throws Exception {
        Script.onResponse(response -> {
            if (response.getMethod().equals("INVITE")) {
                response.createAck().send();
                response.getSession().createRequest("INFO").send();
            }
        });
        Set<String> branches = new HashSet<>();
        try (UdpPeer peer = SERVER.udp()) {
            for (int i = 0; i < 20; i++) {
                SERVER.request("INVITE", peer.uri("callee")).send();
                Message invite = peer.awaitRequest("INVITE");
                peer.answer(invite, 200);
                for (Message message : List.of(invite, peer.awaitRequest("ACK"), peer.awaitRequest("INFO"))) {
                    assertThat(message.branch()).startsWith("z9hG4bK").hasSizeGreaterThan(10);
                    assertThat(branches.add(message.branch()))
                            .as(message.start())
                            .isTrue();
                }
            }
        }
        assertThat(branches).hasSize(60);
    }

    @Test
    @Proves("3261-8.1.1.8-a")
    void anInviteLeavesWithOneContactThatLeadsBackHere() throws Exception {
        try (UdpPeer peer = SERVER.udp();
                TcpPeer stream = SERVER.tcp()) {
            for (Peer to : List.of(peer, stream)) {
                SERVER.request("INVITE", to.uri("callee")).send();
                Message invite = to.awaitRequest("INVITE");
                assertThat(invite.values("Contact")).hasSize(1);
                String contact = invite.uriOf("Contact");
                assertThat(contact).startsWith("sip:").contains("127.0.0.1:" + SERVER.port());
                to.answer(invite, 486);

                Message options = Call.to(SERVER, to).request("OPTIONS").start("OPTIONS " + contact + " SIP/2.0");
                to.send(options);
                to.awaitResponse(200, "OPTIONS");
            }
        }
    }

    @Test
    @Proves("3261-8.1.2-a")
    void aPreloadedLooseRouteIsFollowedAndTheRequestUriStays() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            SipServletRequest options = SERVER.request("OPTIONS", "sip:far@far.example.invalid");
            SipURI route = (SipURI) SERVER.factory().createURI("sip:127.0.0.1:" + peer.port());
            route.setLrParam(true);
            options.pushRoute(route);
            options.send();
            Message received = peer.awaitRequest("OPTIONS");
            assertThat(received.uri()).isEqualTo("sip:far@far.example.invalid");
            assertThat(received.values("Route")).hasSize(1);
            assertThat(received.header("Route"))
                    .contains("sip:127.0.0.1:" + peer.port())
                    .contains(";lr");
            peer.answer(received, 200);
        }
    }

    @Test
    @Proves("3261-8.1.3.2-a")
    void anUnknownFinalStatusIsTakenAsTheFirstOfItsClass() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            for (int status : List.of(399, 498, 598, 698)) {
                SERVER.request("INVITE", peer.uri("callee")).send();
                Message invite = peer.awaitRequest("INVITE");
                peer.answer(invite, status);
                assertThat(Script.response(status).getMethod()).isEqualTo("INVITE");
                assertThat(peer.awaitRequest("ACK").branch())
                        .as("final: acknowledged")
                        .isEqualTo(invite.branch());
            }
            SERVER.request("OPTIONS", peer.uri("callee")).send();
            peer.answer(peer.awaitRequest("OPTIONS"), 298);
            assertThat(Script.response(298).getMethod()).isEqualTo("OPTIONS");
            assertThat(peer.hear(Duration.ofMillis(1500)))
                    .as("final: not sent again")
                    .isEmpty();
        }
    }

    @Test
    @Proves("3261-19.3-a")
    void tagsDifferAndAreRandom() throws Exception {
        Set<String> tags = new HashSet<>();
        try (UdpPeer peer = SERVER.udp()) {
            for (int i = 0; i < 200; i++) {
                Message options = Call.to(SERVER, peer).request("OPTIONS");
                peer.send(options);
                tags.add(peer.awaitResponse(200, "OPTIONS").toTag());
                SERVER.request("OPTIONS", peer.uri("callee")).send();
                Message outbound = peer.awaitRequest("OPTIONS");
                tags.add(outbound.fromTag());
                peer.answer(outbound, 200);
            }
        }
        assertThat(tags).hasSize(400);
        for (String tag : tags) {
            String random = tag.split("_")[0];
            assertThat(tag.length()).isGreaterThanOrEqualTo(8);
            assertThat(random).as("the part that is not the session's name").matches("\\d{8,}|[0-9a-f-]{8,}");
        }
        assertThat(distinctPrefixes(tags)).as("32 bits cannot repeat in 400").isEqualTo(400);
    }

    private static long distinctPrefixes(Set<String> tags) {
        return tags.stream().map(tag -> tag.split("_")[0]).distinct().count();
    }

    @Test
    @Proves("3261-20.10-a")
    void aUriWithReservedCharactersLeavesInAngleBrackets() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            SipServletRequest register = SERVER.factory()
                    .createRequest(
                            SERVER.factory().createApplicationSession(),
                            "REGISTER",
                            "sip:a,b@127.0.0.1;user=phone",
                            "sip:callee@127.0.0.1");
            register.setRequestURI(SERVER.factory().createURI(peer.uri("registrar")));
            for (String uri : List.of("sip:q@192.0.2.1?Subject=x", "sip:s@192.0.2.1;p=v", "sip:c,d@192.0.2.1")) {
                Address contact =
                        SERVER.factory().createAddress(SERVER.factory().createURI(uri));
                register.addAddressHeader("Contact", contact, false);
            }
            register.send();
            Message received = peer.awaitRequest("REGISTER");
            assertThat(received.header("From")).startsWith("<sip:a,b@127.0.0.1;user=phone>;tag=");
            assertThat(received.values("Contact"))
                    .containsExactlyInAnyOrder(
                            "<sip:q@192.0.2.1?Subject=x>", "<sip:s@192.0.2.1;p=v>", "<sip:c,d@192.0.2.1>");
            peer.answer(received, 200);
        }
    }
}
