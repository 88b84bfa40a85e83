// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.container.Proves;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** RFC 3891: the container finds the replaced session, and the application decides by its state. */
class ReplacesHeaderTest {
    @RegisterExtension
    static final Server SERVER = Server.standard();

    private static final Set<String> ENDED = ConcurrentHashMap.newKeySet();

    /** An application that obeys section 3, by what the container tells it of the replaced session. */
    private static void serve(SipServletRequest request) throws IOException {
        List<String> replaces = new ArrayList<>();
        request.getHeaders("Replaces").forEachRemaining(replaces::add);
        if (request.getMethod().equals("BYE")) {
            ENDED.add(request.getCallId());
        }
        if (request.getMethod().equals("ACK")) {
            return;
        }
        request.createResponse(replaces.isEmpty() ? 200 : status(request, replaces))
                .send();
    }

    private static int status(SipServletRequest request, List<String> replaces) {
        if (replaces.size() > 1 || !request.getMethod().equals("INVITE")) {
            return 400;
        }
        String[] parameters = replaces.get(0).split(";");
        if (ENDED.contains(parameters[0])) {
            return 603;
        }
        SipSession old = SERVER.test()
                .application
                .sipSessionsUtil()
                .getCorrespondingSipSession(request.getSession(), "Replaces");
        if (old == null || old.getState() == SipSession.State.EARLY) {
            return 481;
        }
        return List.of(parameters).contains("early-only") ? 486 : 200;
    }

    @BeforeEach
    void obey() {
        Script.onRequest(ReplacesHeaderTest::serve);
    }

    private static String replaces(Message ok) {
        return ok.callId() + ";to-tag=" + ok.toTag() + ";from-tag=" + ok.fromTag();
    }

    private static int answer(Peer peer, Message request) throws Exception {
        peer.send(request);
        return peer.awaitFinal(request.method()).status();
    }

    @Test
    @Proves("3891-3-c")
    void replacesStandsOnceAndInAnInvite() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            Call replaced = Call.to(SERVER, peer);
            String value = replaces(replaced.establish(replaced.invite()));
            Message twice =
                    Call.to(SERVER, peer).invite().add("Replaces", value).add("Replaces", value);
            assertThat(answer(peer, twice)).isEqualTo(400);
            assertThat(answer(peer, Call.to(SERVER, peer).request("OPTIONS").add("Replaces", value)))
                    .isEqualTo(400);
            replaced.hangUp();
        }
    }
}
