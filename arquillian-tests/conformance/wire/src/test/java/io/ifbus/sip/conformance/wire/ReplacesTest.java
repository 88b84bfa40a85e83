// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.container.Proves;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipSession;
import javax.servlet.sip.SipSessionsUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** RFC 3891: the container finds the replaced session, and the application decides by its state. */
class ReplacesTest {
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
        Script.onRequest(ReplacesTest::serve);
    }

    private static String replaces(Message ok) {
        return ok.callId() + ";to-tag=" + ok.toTag() + ";from-tag=" + ok.fromTag();
    }

    private static int answer(Peer peer, Message request) throws Exception {
        peer.send(request);
        return peer.awaitFinal(request.method()).status();
    }

    @Test
    @Proves({"3891-3-a", "3891-3-g"})
    void theApplicationGetsTheReplacedSessionAndEndsIt() throws Exception {
        SipSessionsUtil sessions = SERVER.test().application.sipSessionsUtil();
        BlockingQueue<SipSession> found = new LinkedBlockingQueue<>();
        Script.onRequest(request -> {
            if (request.getMethod().equals("INVITE")) {
                SipSession old = sessions.getCorrespondingSipSession(request.getSession(), "Replaces");
                request.createResponse(200).send();
                if (old != null) {
                    found.add(old);
                    old.createRequest("BYE").send();
                }
            }
        });
        try (UdpPeer first = SERVER.udp();
                UdpPeer second = SERVER.udp()) {
            Call replaced = Call.to(SERVER, first);
            Message ok = replaced.establish(replaced.invite());
            SipSession old = Script.request("INVITE").getSession();
            Call call = Call.to(SERVER, second);
            call.establish(call.invite().add("Replaces", replaces(ok)));
            assertThat(found.poll(10, TimeUnit.SECONDS)).isEqualTo(old);
            Message bye = first.awaitRequest("BYE");
            assertThat(bye.callId()).isEqualTo(replaced.callId);
            first.answer(bye, 200);
        }
    }

    @Test
    @Proves("3891-3-b")
    void aReplacesOfNothingIsRefused() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            Call replaced = Call.to(SERVER, peer);
            Message ok = replaced.establish(replaced.invite());
            List<String> wrong = List.of(
                    "nobody;to-tag=1;from-tag=2",
                    ok.callId() + ";to-tag=x;from-tag=" + ok.fromTag(),
                    ok.callId() + ";to-tag=" + ok.toTag() + ";from-tag=x",
                    ok.callId() + ";to-tag=" + ok.fromTag() + ";from-tag=" + ok.toTag());
            for (String value : wrong) {
                Message invite = Call.to(SERVER, peer).invite().add("Replaces", value);
                assertThat(answer(peer, invite)).as(value).isEqualTo(481);
            }
            replaced.hangUp();
        }
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

    @Test
    @Proves("3891-3-d")
    void anEarlyDialogOfThePeersIsNotReplaced() throws Exception {
        Script.onRequest(request -> request.createResponse(180).send());
        try (UdpPeer peer = SERVER.udp()) {
            peer.send(Call.to(SERVER, peer).invite());
            Message ringing = peer.awaitResponse(180, "INVITE");
            obey();
            SipServletRequest first = Script.request("INVITE");
            Message invite = Call.to(SERVER, peer).invite().add("Replaces", replaces(ringing));
            assertThat(answer(peer, invite)).isEqualTo(481);
            assertThat(first.getSession().getState()).isEqualTo(SipSession.State.EARLY);
        }
    }

    @Test
    @Proves("3891-3-e")
    void earlyOnlyDoesNotReplaceAConfirmedDialog() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            Call replaced = Call.to(SERVER, peer);
            Message ok = replaced.establish(replaced.invite());
            Message invite = Call.to(SERVER, peer).invite().add("Replaces", replaces(ok) + ";early-only");
            assertThat(answer(peer, invite)).isEqualTo(486);
            replaced.hangUp();
        }
    }

    @Test
    @Proves("3891-4-a")
    void whetherReplacesIsSupportedIsTheApplicationsChoice() throws Exception {
        boolean[] supported = {true};
        Script.onRequest(request -> {
            boolean required = "replaces".equals(request.getHeader("Require"));
            if (request.getMethod().equals("INVITE") && required && !supported[0]) {
                javax.servlet.sip.SipServletResponse refusal = request.createResponse(420);
                refusal.addHeader("Unsupported", "replaces");
                refusal.send();
            } else if (!request.getMethod().equals("ACK")) {
                request.createResponse(200).send();
            }
        });
        try (UdpPeer peer = SERVER.udp()) {
            for (boolean supports : List.of(true, false)) {
                supported[0] = supports;
                Call replaced = Call.to(SERVER, peer);
                Message ok = replaced.establish(replaced.invite());
                Message invite = Call.to(SERVER, peer).invite().add("Require", "replaces");
                peer.send(invite.add("Replaces", replaces(ok)));
                Message end = peer.awaitFinal("INVITE");
                assertThat(end.status()).isEqualTo(supports ? 200 : 420);
                assertThat(end.rows("Unsupported")).isEqualTo(supports ? List.of() : List.of("replaces"));
                replaced.hangUp();
            }
        }
    }
}
