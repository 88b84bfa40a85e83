// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.SipSession;
import javax.servlet.sip.SipSessionsUtil;
import javax.servlet.sip.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Initial requests that ask for an application session that is there (JSR 289 section 15.11). */
class SessionTargetTest {
    private static final Map<String, SipApplicationSession> SESSIONS = new ConcurrentHashMap<>();
    private static final Map<String, SipSession> CORRESPONDING = new ConcurrentHashMap<>();

    private TestServer container;
    private RawPeer caller;

    @BeforeEach
    void start() throws Exception {
        SESSIONS.clear();
        CORRESPONDING.clear();
        ApplicationDescriptor keyed = new ApplicationDescriptor(
                "keyed",
                ServletSelection.NONE,
                List.of(TestServer.servlet(Remembering.class, 1, Map.of())),
                List.of(),
                Map.of(),
                new ApplicationDescriptor.KeyMethod(Remembering.class.getName(), "key"),
                0,
                3,
                false,
                SipSecurity.NONE);
        container = new TestServer(List.of(TestServer.descriptor("a-first", Uas.class), keyed));
        container.server.configureRouter(Map.of(
                "INVITE", "(\"keyed\", \"DAR:To\", \"NEUTRAL\", \"\", \"NO_ROUTE\", \"0\")",
                "OPTIONS", "(\"keyed\", \"DAR:To\", \"NEUTRAL\", \"\", \"NO_ROUTE\", \"0\")"));
        caller = new RawPeer();
    }

    @AfterEach
    void stop() {
        caller.close();
        container.close();
    }

    public static final class Remembering extends Uas {
        private static final long serialVersionUID = 1L;

        /** The value of X-Room; null where there is none. */
        public static String key(SipServletRequest request) {
            return request.getHeader("X-Room");
        }

        @Override
        protected void doRequest(SipServletRequest request) throws IOException, jakarta.servlet.ServletException {
            SESSIONS.put(request.getCallId(), request.getApplicationSession());
            SipSessionsUtil util = (SipSessionsUtil) getServletContext().getAttribute(SIP_SESSIONS_UTIL);
            for (String header : List.of("Join", "Replaces")) {
                SipSession other = util.getCorrespondingSipSession(request.getSession(), header);
                if (other != null) {
                    CORRESPONDING.put(request.getCallId(), other);
                }
            }
            super.doRequest(request);
        }

        @Override
        @SuppressWarnings("deprecation") // and yet in the API
        protected void doOptions(SipServletRequest options) throws IOException {
            SipServletResponse ok = options.createResponse(200);
            URI here = options.getRequestURI().clone();
            options.getApplicationSession().encodeURI(here);
            ok.setHeader("X-Here", here.toString());
            ok.send();
        }
    }

    private String options(String id, String header) {
        caller.send(
                caller.request("OPTIONS", container.port, id, null, 1, "")
                        .replaceFirst("Max-Forwards", header + "Max-Forwards"),
                container.port);
        return caller.awaitOk("OPTIONS", id);
    }

    @Test
    @Proves("J-15.11-a")
    void requestsOfOneKeyShareAnApplicationSession() {
        options("one", "X-Room: 7\r\n");
        options("two", "X-Room: 7\r\n");
        options("three", "X-Room: 8\r\n");
        assertThat(SESSIONS.get("two").getId()).isEqualTo(SESSIONS.get("one").getId());
        assertThat(SESSIONS.get("three").getId())
                .isNotEqualTo(SESSIONS.get("one").getId());
    }

    @Test
    void aRequestWithoutAKeyGetsASessionOfItsOwn() {
        options("one", "");
        options("two", "");
        assertThat(SESSIONS.get("two").getId()).isNotEqualTo(SESSIONS.get("one").getId());
    }

    @Test
    @Proves("J-15.11-b")
    void aRequestToAnEncodedURIReachesTheSessionThatEncodedIt() {
        String here = RawPeer.header(options("one", ""), "X-Here");
        container.server.configureRouter(Map.of()); // "a-first" would get it, were it not targeted
        caller.send(
                caller.request("INVITE", container.port, "two", null, 1, Uas.SDP)
                        .replaceFirst("INVITE \\S+", "INVITE " + here.replace("$", "\\$")),
                container.port);
        caller.awaitOk("INVITE", "two");
        assertThat(SESSIONS.get("two").getId()).isEqualTo(SESSIONS.get("one").getId());
    }

    private String established(String id) {
        caller.send(caller.request("INVITE", container.port, id, null, 1, Uas.SDP), container.port);
        String ok = caller.awaitOk("INVITE", id);
        caller.send(caller.request("ACK", container.port, id, RawPeer.toTag(ok), 1, ""), container.port);
        return ok;
    }

    @Test
    @Proves("J-15.11-c")
    void anInviteThatReplacesOrJoinsACallReachesItsSession() {
        String tag = RawPeer.toTag(established("call"));
        container.server.configureRouter(Map.of()); // "a-first" would get it, were it not targeted
        for (String header : List.of("Replaces", "Join")) {
            String id = "other-" + header;
            caller.send(
                    caller.request("INVITE", container.port, id, null, 1, Uas.SDP)
                            .replaceFirst(
                                    "Max-Forwards", header + ": call;to-tag=" + tag + ";from-tag=raw\r\nMax-Forwards"),
                    container.port);
            caller.awaitOk("INVITE", id);
            assertThat(SESSIONS.get(id).getId()).isEqualTo(SESSIONS.get("call").getId());
            assertThat(CORRESPONDING.get(id).getCallId()).isEqualTo("call");
        }
    }

    @Test
    void replacesIsHeldToItsRules() {
        String tag = RawPeer.toTag(established("call"));
        String replaces = "Replaces: call;to-tag=" + tag + ";from-tag=raw";
        assertThat(refusal("INVITE", "early", replaces + ";early-only\r\n")).isEqualTo("486");
        assertThat(refusal("INVITE", "both", replaces + "\r\nJoin: call;to-tag=" + tag + ";from-tag=raw\r\n"))
                .isEqualTo("400");
        assertThat(refusal("OPTIONS", "no-invite", replaces + "\r\n")).isEqualTo("400");
    }

    private String refusal(String method, String id, String header) {
        caller.send(
                caller.request(method, container.port, id, null, 1, "")
                        .replaceFirst("Max-Forwards", header + "Max-Forwards"),
                container.port);
        return caller.await("SIP/2.0 4", id).substring(8, 11);
    }
}
