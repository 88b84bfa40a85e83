// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.container.Proves;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import javax.servlet.sip.Proxy;
import javax.servlet.sip.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** RFC 3261 sections 16.2 to 16.6: requests through a proxy. */
class ProxyRequestTest {
    @RegisterExtension
    static final Server SERVER = Server.standard();

    private final UdpPeer caller = SERVER.udp();
    private final UdpPeer callee = SERVER.udp();

    ProxyRequestTest() throws Exception {}

    @BeforeEach
    void proxyToTheCallee() {
        proxy(false);
    }

    private void proxy(boolean recordRoute) {
        Script.onRequest(request -> {
            if (request.isInitial()) {
                Proxy proxy = request.getProxy();
                proxy.setRecordRoute(recordRoute);
                proxy.setSupervised(true);
                proxy.proxyTo(SERVER.factory().createURI(callee.uri("callee")));
            }
        });
    }

    @Test
    @Proves("3261-16.2-a")
    void anInviteGets100AndAnOptionsDoesNot() throws Exception {
        long sent = System.nanoTime();
        caller.send(Call.to(SERVER, caller).invite());
        Message trying = caller.awaitResponse(100, "INVITE");
        assertThat((trying.at() - sent) / 1_000_000).isLessThan(400);
        callee.answer(callee.awaitRequest("INVITE"), 486);
        caller.awaitResponse(486, "INVITE");

        caller.send(Call.to(SERVER, caller).request("OPTIONS"));
        Message options = callee.awaitRequest("OPTIONS");
        assertThat(caller.hear(Duration.ofMillis(450)))
                .noneMatch(m -> m.method().equals("OPTIONS"));
        callee.answer(options, 200);
        caller.awaitResponse(200, "OPTIONS");
    }

    @Test
    @Proves("3261-16.3-a")
    void aRequestThatMayNotBeForwardedIsRefused() throws Exception {
        caller.send(Call.to(SERVER, caller).request("OPTIONS").with("Max-Forwards", "0"));
        assertThat(caller.awaitFinal("OPTIONS").status()).isEqualTo(483);
        assertThat(callee.hear(Duration.ofMillis(300))).isEmpty();
    }

    @Test
    @Proves("3261-16.3-b")
    void anUnsupportedProxyExtensionIsRefusedByItsName() throws Exception {
        caller.send(Call.to(SERVER, caller).request("OPTIONS").add("Proxy-Require", "timetravel"));
        Message refusal = caller.awaitFinal("OPTIONS");
        assertThat(refusal.status()).isEqualTo(420);
        assertThat(refusal.values("Unsupported")).containsExactly("timetravel");
        assertThat(callee.hear(Duration.ofMillis(300))).isEmpty();
    }

    @Test
    @Proves({"3261-16.4-b", "3261-16.6-b"})
    void aRecordingProxyAddsItselfAndTakesItselfAway() throws Exception {
        proxy(true);
        Call call = Call.to(SERVER, caller);
        String before = "<sip:earlier.example.com;lr>";
        caller.send(call.invite().add("Record-Route", before));
        Message invite = callee.awaitRequest("INVITE");
        assertThat(invite.values("Record-Route")).hasSize(2);
        String own = invite.values("Record-Route").get(0);
        assertThat(own).contains("127.0.0.1:" + SERVER.port()).contains(";lr");
        assertThat(invite.values("Record-Route").get(1)).isEqualTo(before);
        callee.answer(invite, 200);
        Message ok = caller.awaitResponse(200, "INVITE");
        caller.send(call.learn(ok).numbered("ACK", 1).add("Route", own));
        assertThat(callee.awaitRequest("ACK").rows("Route")).isEmpty();
        caller.send(call.request("BYE").add("Route", own));
        Message bye = callee.awaitRequest("BYE");
        assertThat(bye.rows("Route")).isEmpty();
        callee.answer(bye, 200);
        caller.awaitResponse(200, "BYE");
    }

    @Test
    @Proves("3261-16.6-c")
    void whatAProxyDoesNotKnowPassesUnchanged() throws Exception {
        Message message = Call.to(SERVER, caller)
                .request("FROBNICATE")
                .add("X-Unknown", "a, \"b;c\" ;d=<e>")
                .add("X-Unknown", "second")
                .add("X-Empty", "")
                .body("application/x-none", "one\r\n\r\ntwo \u00e9\u4e2d\r\n");
        caller.send(message.toString().getBytes(StandardCharsets.UTF_8));
        Message forwarded = callee.awaitRequest("FROBNICATE");
        assertThat(forwarded.rows("X-Unknown")).isEqualTo(message.rows("X-Unknown"));
        assertThat(forwarded.rows("X-Empty")).containsExactly("");
        assertThat(forwarded.header("Content-Type")).isEqualTo("application/x-none");
        assertThat(forwarded.body()).isEqualTo(message.body());
        assertThat(forwarded.header("Contact")).isEqualTo(message.header("Contact"));
        callee.answer(forwarded, 200);
        caller.awaitResponse(200, "FROBNICATE");
    }

    @Test
    @Proves("3261-16.6-d")
    void eachTargetGetsAViaWithABranchOfItsOwn() throws Exception {
        try (UdpPeer second = SERVER.udp()) {
            List<URI> targets = List.of(
                    SERVER.factory().createURI(callee.uri("one")),
                    SERVER.factory().createURI(second.uri("two")));
            Script.onRequest(request -> request.getProxy().proxyTo(targets));
            Message options = Call.to(SERVER, caller).request("OPTIONS");
            caller.send(options);
            Message one = callee.awaitRequest("OPTIONS");
            Message two = second.awaitRequest("OPTIONS");
            for (Message forwarded : List.of(one, two)) {
                assertThat(forwarded.values("Via")).hasSize(2);
                assertThat(forwarded.values("Via").get(0)).contains("127.0.0.1:" + SERVER.port());
                assertThat(forwarded.branch()).startsWith("z9hG4bK");
                assertThat(forwarded.values("Via").get(1)).startsWith(options.header("Via"));
            }
            assertThat(one.branch()).isNotEqualTo(two.branch()).isNotEqualTo(options.branch());
            callee.answer(one, 200);
            second.answer(two, 404);
            caller.awaitResponse(200, "OPTIONS");
        }
    }

    @Test
    @Proves("3261-16.10-a")
    void aCancelGoesToEachPendingBranch() throws Exception {
        try (UdpPeer second = SERVER.udp()) {
            List<URI> targets = List.of(
                    SERVER.factory().createURI(callee.uri("one")),
                    SERVER.factory().createURI(second.uri("two")));
            Script.onRequest(request -> {
                if (request.getMethod().equals("INVITE")) {
                    request.getProxy().proxyTo(targets);
                }
            });
            Message invite = Call.to(SERVER, caller).invite();
            caller.send(invite);
            Message one = callee.awaitRequest("INVITE");
            Message two = second.awaitRequest("INVITE");
            callee.answer(one, 180);
            second.answer(two, 180);
            caller.awaitResponse(180, "INVITE");
            caller.awaitResponse(180, "INVITE");
            caller.send(Call.cancelOf(invite));
            caller.awaitResponse(200, "CANCEL");
            cancelled(callee, one);
            cancelled(second, two);
            Message end = caller.awaitFinal("INVITE");
            assertThat(end.status()).isEqualTo(487);
            caller.send(Call.ackOf(invite, end));
        }
    }

    private static void cancelled(UdpPeer peer, Message invite) throws Exception {
        Message cancel = peer.awaitRequest("CANCEL");
        assertThat(cancel.branch()).isEqualTo(invite.branch());
        assertThat(cancel.values("Via")).hasSize(1);
        peer.answer(cancel, 200);
        peer.answer(invite, 487);
        peer.awaitRequest("ACK");
    }
}
