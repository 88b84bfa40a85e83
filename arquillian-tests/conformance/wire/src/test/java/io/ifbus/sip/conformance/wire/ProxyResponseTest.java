// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.container.Proves;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.servlet.sip.Proxy;
import javax.servlet.sip.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** RFC 3261 sections 16.7 and 16.8, RFC 6026 sections 7.2 and 7.3: responses through a proxy. */
class ProxyResponseTest {
    @RegisterExtension
    static final Server SERVER = Server.standard();

    private final UdpPeer caller = SERVER.udp();
    private final UdpPeer one = SERVER.udp();
    private final UdpPeer two = SERVER.udp();

    ProxyResponseTest() throws Exception {}

    @BeforeEach
    void proxyToBoth() throws Exception {
        List<URI> targets = List.of(
                SERVER.factory().createURI(one.uri("one")), SERVER.factory().createURI(two.uri("two")));
        Script.onRequest(request -> {
            if (request.isInitial()) {
                Proxy proxy = request.getProxy();
                proxy.setSupervised(true);
                proxy.proxyTo(targets);
            }
        });
    }

    @AfterEach
    void close() {
        List.of(caller, one, two).forEach(UdpPeer::close);
    }

    @Test
    @Proves("3261-16.7-a")
    void theProxysViaIsRemovedAndTheOthersStay() throws Exception {
        Message options = Call.to(SERVER, caller)
                .request("OPTIONS")
                .add("Via", "SIP/2.0/TCP 192.0.2.1;branch=z9hG4bKa;x=y")
                .add("Via", "SIP/2.0/UDP 192.0.2.2;branch=z9hG4bKb");
        caller.send(options);
        Message forwarded = one.awaitRequest("OPTIONS");
        two.answer(two.awaitRequest("OPTIONS"), 404);
        assertThat(forwarded.values("Via")).hasSize(4);
        one.answer(forwarded, 200);
        assertThat(caller.awaitResponse(200, "OPTIONS").values("Via")).isEqualTo(options.values("Via"));
    }

    @Test
    @Proves("3261-16.7-b")
    void a100IsNeverForwarded() throws Exception {
        caller.send(Call.to(SERVER, caller).request("OPTIONS"));
        Message options = one.awaitRequest("OPTIONS");
        two.answer(two.awaitRequest("OPTIONS"), 404);
        one.answer(options, 100);
        one.answer(options, 100);
        assertThat(caller.hear(Duration.ofMillis(400))).isEmpty();
        one.answer(options, 200);
        caller.awaitResponse(200, "OPTIONS");

        Message invite = Call.to(SERVER, caller).invite();
        caller.send(invite);
        caller.awaitResponse(100, "INVITE"); // the proxy's own
        Message forwarded = one.awaitRequest("INVITE");
        one.answer(forwarded, 100);
        two.answer(two.awaitRequest("INVITE"), 100);
        assertThat(caller.hear(Duration.ofMillis(400))).isEmpty();
        one.answer(forwarded, 180);
        caller.awaitResponse(180, "INVITE");
    }

    @Test
    @Proves({"3261-16.7-c", "6026-7.2-a"})
    void each2xxIsForwarded() throws Exception {
        caller.send(Call.to(SERVER, caller).invite());
        Message first = one.awaitRequest("INVITE");
        Message second = two.awaitRequest("INVITE");
        one.answer(first, 180);
        two.answer(second, 180);
        Message ok = one.response(first, 200, "first");
        one.send(ok);
        assertThat(caller.awaitResponse(200, "INVITE").toTag()).isEqualTo("first");
        one.send(ok);
        assertThat(caller.awaitResponse(200, "INVITE").toTag()).as("repeated").isEqualTo("first");
        one.send(one.response(first, 200, "fork"));
        assertThat(caller.awaitResponse(200, "INVITE").toTag()).isEqualTo("fork");
        two.send(two.response(second, 200, "second")); // the CANCEL has crossed it
        assertThat(caller.awaitResponse(200, "INVITE").toTag()).isEqualTo("second");
    }

    @Test
    @Proves("3261-16.7-d")
    void a6xxCancelsTheOtherBranches() throws Exception {
        caller.send(Call.to(SERVER, caller).invite());
        Message first = one.awaitRequest("INVITE");
        Message second = two.awaitRequest("INVITE");
        two.answer(second, 180);
        caller.awaitResponse(180, "INVITE");
        one.answer(first, 603);
        Message cancel = two.awaitRequest("CANCEL");
        assertThat(cancel.branch()).isEqualTo(second.branch());
        two.answer(cancel, 200);
        two.answer(second, 487);
        two.awaitRequest("ACK");
        assertThat(caller.awaitFinal("INVITE").status()).isEqualTo(603);
    }

    @Test
    @Proves("3261-16.7-e")
    void theChallengesOfAllBranchesAreForwarded() throws Exception {
        caller.send(Call.to(SERVER, caller).request("MESSAGE"));
        Message first = one.awaitRequest("MESSAGE");
        Message second = two.awaitRequest("MESSAGE");
        one.send(one.response(first, 401).add("WWW-Authenticate", "Digest realm=\"one\", nonce=\"1\""));
        two.send(two.response(second, 407)
                .add("Proxy-Authenticate", "Digest realm=\"two\", nonce=\"2\"")
                .add("Proxy-Authenticate", "Digest realm=\"three\", nonce=\"3\""));
        Message refusal = caller.awaitFinal("MESSAGE");
        assertThat(refusal.status()).isIn(401, 407);
        List<String> challenges = new ArrayList<>(refusal.rows("WWW-Authenticate"));
        challenges.addAll(refusal.rows("Proxy-Authenticate"));
        assertThat(String.join(" ", challenges))
                .contains("\"one\"")
                .contains("\"two\"")
                .contains("\"three\"");
    }

    /** Timer C is longer than three minutes by its nature; the application may set a shorter one for its proxy. */
    @Test
    void aBranchThatRingsTooLongIsCancelled() throws Exception {
        Script.onRequest(request -> {
            if (request.isInitial()) {
                Proxy proxy = request.getProxy();
                proxy.setProxyTimeout(1);
                proxy.proxyTo(SERVER.factory().createURI(one.uri("one")));
            }
        });
        caller.send(Call.to(SERVER, caller).invite());
        Message invite = one.awaitRequest("INVITE");
        one.answer(invite, 180);
        Message cancel = one.awaitRequest("CANCEL");
        assertThat(cancel.branch()).isEqualTo(invite.branch());
        one.answer(cancel, 200);
        one.answer(invite, 487);
        one.awaitRequest("ACK");
        assertThat(caller.awaitFinal("INVITE").status()).isIn(408, 487);
    }

    @Test
    @Proves("6026-7.3-a")
    void aResponseOfNoTransactionIsNotForwarded() throws Exception {
        Message invite = Call.to(SERVER, caller).invite();
        String own = "SIP/2.0/UDP 127.0.0.1:" + SERVER.port() + ";branch=" + Peer.unique("z9hG4bK");
        for (int status : List.of(180, 200, 486)) {
            Message stray = one.response(invite, status).with("Via", own).add("Via", caller.via());
            one.send(stray);
        }
        assertThat(caller.hear(Duration.ofMillis(500))).isEmpty();
        assertThat(Script.responses(200)).isZero();
    }
}
