// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ifbus.sip.container.Proves;
import io.ifbus.sip.container.RawPeer;
import io.ifbus.sip.container.ServletSelection;
import io.ifbus.sip.container.SipApplication;
import io.ifbus.sip.container.TestServer;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipSession;
import javax.servlet.sip.SipSessionsUtil;
import javax.servlet.sip.ar.SipApplicationRouter;
import javax.servlet.sip.ar.SipApplicationRouterInfo;
import javax.servlet.sip.ar.SipApplicationRoutingDirective;
import javax.servlet.sip.ar.SipApplicationRoutingRegion;
import javax.servlet.sip.ar.SipRouteModifier;
import javax.servlet.sip.ar.SipTargetedRequestInfo;
import javax.servlet.sip.ar.spi.SipApplicationRouterProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A router of the test's own, and the servlets of an application that it leads to. */
class ApplicationRouterApiTest extends ApiScene {
    /** Leads each request to one application, and notes what it is told. */
    private static final class Noted implements SipApplicationRouter {
        private final List<Object> told = new CopyOnWriteArrayList<>();
        private final String application;

        Noted(String application) {
            this.application = application;
        }

        @Override
        public void init() {
            told.add("init");
        }

        @Override
        public void init(Properties properties) {
            told.add(properties);
        }

        @Override
        public void destroy() {
            told.add("destroy");
        }

        @Override
        public void applicationDeployed(List<String> names) {
            told.add(Map.of("deployed", List.copyOf(names)));
        }

        @Override
        public void applicationUndeployed(List<String> names) {
            told.add(Map.of("undeployed", List.copyOf(names)));
        }

        @Override
        public SipApplicationRouterInfo getNextApplication(
                SipServletRequest request,
                SipApplicationRoutingRegion region,
                SipApplicationRoutingDirective directive,
                SipTargetedRequestInfo target,
                Serializable state) {
            told.add(List.of(request.getCallId(), String.valueOf(region), directive, String.valueOf(target)));
            return new SipApplicationRouterInfo(
                    state == null ? application : null,
                    SipApplicationRoutingRegion.ORIGINATING_REGION,
                    "sip:subscriber@example.com",
                    null,
                    SipRouteModifier.NO_ROUTE,
                    "asked");
        }
    }

    /** Provides a router that is there already. */
    private static final class Provider extends SipApplicationRouterProvider {
        private final SipApplicationRouter router;

        Provider(SipApplicationRouter router) {
            this.router = router;
        }

        @Override
        public SipApplicationRouter getSipApplicationRouter() {
            return router;
        }
    }

    /** Answers with its own name in the reason. */
    public static class One extends SipServlet {
        private static final long serialVersionUID = 1L;
        private static final Map<String, SipSession> SESSIONS = new ConcurrentHashMap<>();

        @Override
        protected void doRequest(SipServletRequest request) throws ServletException, IOException {
            SESSIONS.put(request.getCallId(), request.getSession());
            if (!"ACK".equals(request.getMethod())) {
                request.createResponse(200, getServletName()).send();
            }
        }
    }

    /** Another one. */
    public static final class Two extends One {
        private static final long serialVersionUID = 1L;
    }

    @BeforeAll
    static void open() throws Exception { // instead of the usual one
        open(SharedServer.own(() -> new TestServer(List.of(
                TestServer.descriptor("script", Script.class),
                TestServer.descriptor("other", new ServletSelection.Main("One"), One.class, Two.class)))));
    }

    @Test
    @Proves({
        "ar.SipApplicationRouter",
        "ar.SipApplicationRouter.init",
        "ar.SipApplicationRouter.getNextApplication",
        "ar.SipApplicationRouter.applicationDeployed",
        "ar.SipApplicationRouter.applicationUndeployed",
        "ar.SipApplicationRouter.destroy",
        "ar.spi.SipApplicationRouterProvider",
        "ar.spi.SipApplicationRouterProvider.getSipApplicationRouter"
    })
    void aRouterOfOnesOwnIsToldAndAsked() throws Exception {
        assertThat(SipApplicationRouter.class).isInterface();
        assertThat(SipApplicationRouterProvider.class).isAbstract();
        Noted router = new Noted("script");
        container.server.useRouter(new Provider(router));
        assertThat(router.told).startsWith("init");
        assertThat(router.told.get(1)).asString().contains("deployed", "other", "script");

        String options = request("OPTIONS");
        check(options, request -> {
            assertThat(request.getRegion().getType())
                    .isEqualTo(SipApplicationRoutingRegion.ORIGINATING_REGION.getType());
            assertThat(request.getSubscriberURI()).hasToString("sip:subscriber@example.com");
            request.createResponse(200).send();
        });
        assertThat(router.told).contains(List.of(callId(options), "null", SipApplicationRoutingDirective.NEW, "null"));

        SipApplication late = container.deploy(TestServer.descriptor("late", Two.class));
        assertThat(router.told).contains(Map.of("deployed", List.of("late")));
        container.undeploy(late);
        assertThat(router.told).contains(Map.of("undeployed", List.of("late")));
        Noted next = new Noted("other");
        container.server.useRouter(new Provider(next));
        assertThat(router.told).endsWith("destroy");
        String second = request("OPTIONS");
        peer.send(second, container.port);
        assertThat(heard("SIP/2.0 200", second)).startsWith("SIP/2.0 200 One");
        assertThat(next.told).doesNotContain("destroy");
    }

    @Test
    @Proves("SipSession.setHandler")
    void aSessionsLaterRequestsGoToItsHandler() throws Exception {
        container.server.useRouter(new Provider(new Noted("other")));
        String invite = request("INVITE");
        peer.send(invite, container.port);
        String ok = heard("SIP/2.0 200", invite);
        String tag = RawPeer.toTag(ok);
        assertThat(ok).startsWith("SIP/2.0 200 One");
        peer.send(peer.request("ACK", container.port, callId(invite), tag, 1, ""), container.port);
        SipSession session = One.SESSIONS.get(callId(invite));
        assertThatThrownBy(() -> session.setHandler("Absent")).isInstanceOf(ServletException.class);
        session.setHandler("Two");
        peer.send(peer.request("BYE", container.port, callId(invite), tag, 2, ""), container.port);
        assertThat(heard("SIP/2.0 200", invite)).startsWith("SIP/2.0 200 Two");
    }

    @Test
    @Proves("SipSessionsUtil.getCorrespondingSipSession")
    void theSessionThatIsReplacedCorrespondsToTheReplacingOne() throws Exception {
        container.server.useRouter(new Provider(new Noted("script")));
        SipSessionsUtil sessions = container.application.sipSessionsUtil();
        String first = request("INVITE");
        SipSession replaced = inServlet(first, request -> {
            request.createResponse(200).send();
            return request.getSession();
        });
        String tag = RawPeer.toTag(heard("SIP/2.0 200", first));
        peer.send(peer.request("ACK", container.port, callId(first), tag, 1, ""), container.port);
        String second = request(
                "INVITE", "Replaces: " + callId(first) + ";to-tag=" + tag + ";from-tag=raw", "Require: replaces");
        check(second, request -> {
            assertThat(sessions.getCorrespondingSipSession(request.getSession(), "Replaces"))
                    .isEqualTo(replaced);
            assertThat(sessions.getCorrespondingSipSession(request.getSession(), "Join"))
                    .isNull();
            assertThat(request.getApplicationSession()).isEqualTo(replaced.getApplicationSession());
            request.createResponse(486).send();
        });
        assertThat(sessions.getCorrespondingSipSession(replaced, "Replaces")).isNull();
        heard("SIP/2.0 486", second);
    }
}
