// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.servlet.sip.Proxy;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.SipSession;
import javax.servlet.sip.ar.SipApplicationRouter;
import javax.servlet.sip.ar.SipApplicationRouterInfo;
import javax.servlet.sip.ar.SipApplicationRoutingDirective;
import javax.servlet.sip.ar.SipApplicationRoutingRegion;
import javax.servlet.sip.ar.SipRouteModifier;
import javax.servlet.sip.ar.SipTargetedRequestInfo;
import javax.servlet.sip.ar.spi.SipApplicationRouterProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several applications in one call (JSR 289 chapter 15). */
class CompositionTest {
    private static final List<String> EVENTS = new CopyOnWriteArrayList<>();
    private static volatile SipApplicationRoutingDirective directive;

    private TestServer container;
    private RawPeer caller;
    private RawPeer callee;
    private final Recording router = new Recording();

    @BeforeEach
    void start() throws Exception {
        EVENTS.clear();
        directive = null;
        container = new TestServer(List.of(
                TestServer.descriptor("b2bua", Relay.class),
                TestServer.descriptor("proxy", Passing.class),
                TestServer.descriptor("uas", Answering.class)));
        caller = new RawPeer();
        callee = new RawPeer();
    }

    @AfterEach
    void stop() {
        caller.close();
        callee.close();
        container.close();
    }

    private static void note(javax.servlet.sip.SipServletMessage message, String what) {
        SipSession session = message.getSession();
        EVENTS.add(session.getApplicationSession().getApplicationName() + " " + what);
    }

    /** A B2BUA that sends its copy to where the original goes. */
    public static final class Relay extends B2bua {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doInvite(SipServletRequest invite) throws IOException, ServletException {
            note(invite, "INVITE");
            SipServletRequest copy = invite.getB2buaHelper().createRequest(invite, true, null);
            if (directive != null) {
                copy.setRoutingDirective(directive, invite);
            }
            copy.send();
        }

        @Override
        protected void doResponse(SipServletResponse response) throws ServletException, IOException {
            note(response, Integer.toString(response.getStatus()));
            super.doResponse(response);
        }

        @Override
        protected void doBye(SipServletRequest bye) throws ServletException, IOException {
            note(bye, "BYE");
            super.doBye(bye);
        }
    }

    public static final class Passing extends SipServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doRequest(SipServletRequest request) throws IOException, ServletException {
            note(request, request.getMethod());
            if (request.isInitial()) {
                Proxy proxy = request.getProxy();
                proxy.setRecordRoute(true);
                proxy.proxyTo(request.getRequestURI());
            }
        }

        @Override
        protected void doResponse(SipServletResponse response) {
            note(response, Integer.toString(response.getStatus()));
        }
    }

    public static final class Answering extends Uas {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doRequest(SipServletRequest request) throws IOException, ServletException {
            note(request, request.getMethod());
            if (request.isInitial()) {
                EVENTS.add("region " + request.getSession().getRegion().getLabel() + " subscriber "
                        + request.getSession().getSubscriberURI());
            }
            super.doRequest(request);
        }

        @Override
        protected void doOptions(SipServletRequest options) throws IOException {
            options.createResponse(200).send();
        }
    }

    /** Says what it was told to say, and notes what it was asked. */
    private static final class Recording implements SipApplicationRouter {
        private final List<SipApplicationRouterInfo> answers = new CopyOnWriteArrayList<>();
        private final List<String> asked = new CopyOnWriteArrayList<>();

        void says(String application, SipApplicationRoutingRegion region, String state) {
            answers.add(new SipApplicationRouterInfo(
                    application, region, "sip:subscriber-" + state + "@home", null, SipRouteModifier.NO_ROUTE, state));
        }

        @Override
        public SipApplicationRouterInfo getNextApplication(
                SipServletRequest request,
                SipApplicationRoutingRegion region,
                SipApplicationRoutingDirective directive,
                SipTargetedRequestInfo target,
                Serializable state) {
            asked.add(directive + " " + (region == null ? null : region.getLabel()) + " " + state);
            if (answers.isEmpty()) {
                return new SipApplicationRouterInfo(null, null, null, null, null, null);
            }
            return answers.remove(0);
        }

        @Override
        public void applicationDeployed(List<String> names) {
            // it knows the names
        }

        @Override
        public void applicationUndeployed(List<String> names) {
            // it knows the names
        }

        @Override
        public void init() {
            // it needs nothing
        }

        @Override
        public void init(Properties properties) {
            // it needs nothing
        }

        @Override
        public void destroy() {
            // it has nothing
        }
    }

    private void use(SipApplicationRouter asked) {
        container.server.useRouter(new SipApplicationRouterProvider() {
            @Override
            public SipApplicationRouter getSipApplicationRouter() {
                return asked;
            }
        });
    }

    private String invite(String id) {
        return caller.request("INVITE", container.port, id, null, 1, Uas.SDP);
    }

    private String inviteCallee(String id) {
        return invite(id).replaceFirst("INVITE \\S+", "INVITE sip:callee@127.0.0.1:" + callee.port());
    }

    @Test
    @Proves({"J-15.1-a", "J-15.1-b", "J-15.1-c", "J-15.2-a"})
    void aCallPassesItsApplicationsInOrderAndItsAnswersInReverse() {
        use(router);
        router.says("proxy", SipApplicationRoutingRegion.ORIGINATING_REGION, "1");
        router.says("b2bua", SipApplicationRoutingRegion.ORIGINATING_REGION, "2");
        router.says("uas", SipApplicationRoutingRegion.TERMINATING_REGION, "3");

        caller.send(invite("chain"), container.port);
        String ok = caller.awaitOk("INVITE", "chain");

        assertThat(EVENTS)
                .startsWith(
                        "proxy INVITE",
                        "b2bua INVITE",
                        "uas INVITE",
                        "region TERMINATING subscriber sip:subscriber-3@home")
                .containsSubsequence("b2bua 180", "proxy 180")
                .containsSubsequence("b2bua 200", "proxy 200")
                .hasSize(8);
        assertThat(router.asked).containsExactly("NEW null null", "CONTINUE ORIGINATING 1", "CONTINUE ORIGINATING 2");

        EVENTS.clear();
        String contact = RawPeer.header(ok, "Contact").replaceAll("^.*<|>.*$", "");
        String route = "Route: " + RawPeer.header(ok, "Record-Route") + "\r\n";
        for (int cseq = 1; cseq <= 2; cseq++) {
            String method = cseq == 1 ? "ACK" : "BYE";
            caller.send(
                    caller.request(method, container.port, "chain", RawPeer.toTag(ok), cseq, "")
                            .replaceFirst(method + " \\S+", method + " " + contact)
                            .replaceFirst("Max-Forwards", route + "Max-Forwards"),
                    container.port);
        }
        caller.awaitOk("BYE", "chain");
        await().untilAsserted(
                        () -> assertThat(EVENTS).contains("proxy ACK", "uas ACK", "proxy BYE", "b2bua BYE", "uas BYE"));
        assertThat(router.asked).hasSize(3);
    }

    @Test
    @Proves("J-15.2-a")
    void aSessionOfAnOwnRequestHasNoRegion() throws Exception {
        var factory = container.application.sipFactory();
        SipServletRequest own = factory.createRequest(
                factory.createApplicationSession(), "OPTIONS", "sip:us@127.0.0.1", "sip:them@127.0.0.1");
        assertThatThrownBy(() -> own.getSession().getRegion()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> own.getSession().getSubscriberURI()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Proves("J-15.1-d")
    void aRequestThatNoApplicationWantsLeavesByItsRequestURI() {
        use(router);
        caller.send(inviteCallee("outside"), container.port);
        String passed = callee.await("INVITE sip:callee@127.0.0.1:" + callee.port());
        assertThat(RawPeer.header(passed, "Max-Forwards")).isEqualTo("69");
        callee.send(callee.response(passed, 200, "OK", Uas.SDP), container.port);
        caller.awaitOk("INVITE", "outside");
    }

    @Test
    @Proves("J-15.1-d")
    void aRequestThatNoApplicationWantsLeavesByItsRoute() {
        use(router);
        caller.send(
                invite("by-route")
                        .replaceFirst("INVITE \\S+", "INVITE sip:somebody@example.invalid")
                        .replaceFirst(
                                "Max-Forwards", "Route: <sip:127.0.0.1:" + callee.port() + ";lr>\r\nMax-Forwards"),
                container.port);
        assertThat(callee.await("INVITE")).startsWith("INVITE sip:somebody@example.invalid");
    }

    @Test
    void aRequestToTheContainerThatNoApplicationWantsIsNotFound() {
        use(router);
        caller.send(invite("nobody"), container.port);
        assertThat(caller.await("SIP/2.0 4", "nobody")).startsWith("SIP/2.0 404");
    }

    @Test
    @Proves("J-15.1.6-a")
    void newHandsTheRouterNoState() {
        use(router);
        router.says("b2bua", SipApplicationRoutingRegion.ORIGINATING_REGION, "1");
        directive = SipApplicationRoutingDirective.NEW;
        caller.send(inviteCallee("new"), container.port);
        callee.await("INVITE");
        assertThat(router.asked).containsExactly("NEW null null", "NEW null null");
    }

    @Test
    @Proves("J-15.1.6-a")
    void continueHandsTheRouterTheStateOfTheRequestBefore() {
        use(router);
        router.says("b2bua", SipApplicationRoutingRegion.ORIGINATING_REGION, "1");
        directive = SipApplicationRoutingDirective.CONTINUE;
        caller.send(inviteCallee("continue"), container.port);
        callee.await("INVITE");
        assertThat(router.asked).containsExactly("NEW null null", "CONTINUE ORIGINATING 1");
    }

    @Test
    @Proves("J-15.1.6-b")
    void reverseHandsTheRouterTheStateAndTheRegionMayChange() {
        use(router);
        router.says("b2bua", SipApplicationRoutingRegion.ORIGINATING_REGION, "1");
        router.says("uas", SipApplicationRoutingRegion.TERMINATING_REGION, "2");
        directive = SipApplicationRoutingDirective.REVERSE;
        caller.send(invite("reverse"), container.port);
        caller.awaitOk("INVITE", "reverse");
        assertThat(router.asked).containsExactly("NEW null null", "REVERSE ORIGINATING 1");
        assertThat(EVENTS).contains("region TERMINATING subscriber sip:subscriber-2@home");
    }

    @Test
    @Proves("J-15.4.1-a")
    void anExternalRouteTakesTheRequestOutWithoutAnApplication() {
        use(router);
        router.answers.add(new SipApplicationRouterInfo(
                "uas",
                SipApplicationRoutingRegion.NEUTRAL_REGION,
                "sip:somebody@home",
                new String[] {"<sip:127.0.0.1:" + callee.port() + ";first>", "sip:second.invalid"},
                SipRouteModifier.ROUTE,
                "1"));
        caller.send(invite("route"), container.port);
        String passed = callee.await("INVITE");
        assertThat(passed).startsWith("INVITE sip:service@127.0.0.1:" + container.port + " ");
        assertThat(passed.replace(", ", "\r\nRoute: "))
                .containsSubsequence("Route: <sip:127.0.0.1:" + callee.port(), "Route: <sip:second.invalid");
        callee.send(callee.response(passed, 200, "OK", Uas.SDP), container.port);
        caller.awaitOk("INVITE", "route");
        assertThat(EVENTS).isEmpty();
    }

    @Test
    @Proves("J-15.4.1-b")
    void aRequestThatWasSentAroundComesBackToItsState() {
        use(router);
        router.answers.add(new SipApplicationRouterInfo(
                null,
                SipApplicationRoutingRegion.ORIGINATING_REGION,
                null,
                new String[] {"sip:127.0.0.1:" + callee.port()},
                SipRouteModifier.ROUTE_BACK,
                "kept"));
        router.says("uas", SipApplicationRoutingRegion.TERMINATING_REGION, "2");
        caller.send(invite("back"), container.port);
        String around = callee.await("INVITE");
        String routes = RawPeer.header(around, "Route");
        String back = around.replaceFirst("(?s)Route: .*?(?=\r\n(?!Route))", "Route: " + ours(around));
        assertThat(routes).contains("127.0.0.1:" + callee.port());
        callee.send(
                back.replaceFirst(
                        "Via:", "Via: SIP/2.0/UDP 127.0.0.1:" + callee.port() + ";branch=z9hG4bK-around\r\nVia:"),
                container.port);
        String ok = callee.awaitOk("INVITE", "back");
        assertThat(router.asked).containsExactly("NEW null null", "NEW ORIGINATING kept");
        assertThat(EVENTS).contains("uas INVITE");
        assertThat(ok).contains("z9hG4bK-around");
    }

    /** The last Route of the message, which is the container's own. */
    private static String ours(String message) {
        String all = String.join(
                ",",
                message.lines()
                        .filter(l -> l.startsWith("Route:"))
                        .map(l -> l.substring(6))
                        .toList());
        return all.substring(all.lastIndexOf('<'));
    }

    @Test
    @Proves("J-15.4.1-c")
    void aRouterThatThrowsIsA500() {
        use(new Throwing());
        caller.send(invite("throws"), container.port);
        assertThat(caller.await("SIP/2.0 5", "throws")).startsWith("SIP/2.0 500");
    }

    private static final class Throwing implements SipApplicationRouter {
        @Override
        public SipApplicationRouterInfo getNextApplication(
                SipServletRequest request,
                SipApplicationRoutingRegion region,
                SipApplicationRoutingDirective directive,
                SipTargetedRequestInfo target,
                Serializable state) {
            throw new IllegalStateException("as the test wants it");
        }

        @Override
        public void applicationDeployed(List<String> names) {
            // does not matter
        }

        @Override
        public void applicationUndeployed(List<String> names) {
            // does not matter
        }

        @Override
        public void init() {
            // does not matter
        }

        @Override
        public void init(Properties properties) {
            // does not matter
        }

        @Override
        public void destroy() {
            // does not matter
        }
    }

    // ---- the default application router ----

    @Test
    void theDefaultRouterCallsTheApplicationsOfItsList() {
        container.server.configureRouter(Map.of(
                "INVITE",
                "(\"b2bua\", \"DAR:From\", \"ORIGINATING\", \"\", \"NO_ROUTE\", \"0\"), "
                        + "(\"not deployed\", \"DAR:To\", \"NEUTRAL\", \"\", \"NO_ROUTE\", \"1\"), "
                        + "(\"uas\", \"DAR:From\", \"TERMINATING\", \"\", \"NO_ROUTE\", \"2\")"));
        caller.send(invite("list"), container.port);
        caller.awaitOk("INVITE", "list");
        assertThat(EVENTS)
                .startsWith(
                        "b2bua INVITE",
                        "uas INVITE",
                        "region TERMINATING subscriber sip:raw@127.0.0.1:" + caller.port());
    }

    @Test
    void aFaultyConfigurationIsRefusedAndChangesNothing() {
        container.server.configureRouter(
                Map.of("ALL", "(\"uas\", \"DAR:To\", \"NEUTRAL\", \"\", \"NO_ROUTE\", \"0\")"));
        assertThatThrownBy(() -> container.server.configureRouter(Map.of("INVITE", "(\"uas\", \"DAR:To\")")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("INVITE")
                .hasMessageContaining("6 parts");
        for (String wrong : List.of(
                "",
                "uas",
                "(\"uas\", \"DAR:To\", \"HOME\", \"\", \"NO_ROUTE\", \"0\")",
                "(\"uas\", \"DAR:To\", \"NEUTRAL\", \"\", \"CLEAR\", \"0\")",
                "(\"uas\", \"DAR:To\", \"NEUTRAL\", \"\", \"ROUTE\", \"0\")",
                "(\"uas\", \"DAR:To\", \"NEUTRAL\", \"\", \"NO_ROUTE\", \"0\") more",
                "(\"uas\", \"DAR:To\", \"NEUTRAL\", \"\", \"NO_ROUTE\", \"0\"),")) {
            assertThatThrownBy(() -> container.server.configureRouter(Map.of("INVITE", wrong)))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("INVITE");
        }
        caller.send(invite("as-before"), container.port);
        caller.awaitOk("INVITE", "as-before");
    }

    @Test
    @Proves({"J-15-a", "J-15-b"})
    void theRoutersFileIsReadAndReadAnew(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("dar.properties");
        String before = System.setProperty("javax.servlet.sip.dar", file.toUri().toString());
        try {
            Files.writeString(file, """
                    # who is called
                    OPTIONS: ("uas", "DAR:To", "NEUTRAL", "", "NO_ROUTE", "0")
                    INVITE: ("b2bua", "DAR:From", "ORIGINATING", "", "NO_ROUTE", "0"), \\
                      ("uas", "sip:somebody@home", "TERMINATING", "", "NO_ROUTE", "1")
                    """);
            container.server.configureRouter(Map.of());
            caller.send(invite("file"), container.port);
            caller.awaitOk("INVITE", "file");
            assertThat(EVENTS)
                    .startsWith("b2bua INVITE", "uas INVITE", "region TERMINATING subscriber sip:somebody@home");

            Files.writeString(
                    file,
                    "INVITE: (\"\", \"\", \"NEUTRAL\", \"sip:127.0.0.1:" + callee.port() + "\", \"ROUTE\", \"0\")\n");
            container.deploy(TestServer.descriptor("one-more", Uas.class)); // JSR 289 appendix C: at each deployment
            caller.send(invite("file-again"), container.port);
            assertThat(callee.await("INVITE")).contains("file-again");
        } finally {
            if (before == null) {
                System.clearProperty("javax.servlet.sip.dar");
            } else {
                System.setProperty("javax.servlet.sip.dar", before);
            }
        }
    }

    @Test
    void aFaultyLineOfTheFileIsNamed(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("dar.properties"), """
                INVITE: ("a", "DAR:To", "NEUTRAL", "", "NO_ROUTE", "0")

                OPTIONS: ("a", "DAR:To", "NEUTRAL", "", "NO_ROUTE"
                """);
        assertThatThrownBy(() -> ApplicationRouterFile.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("dar.properties line 3")
                .hasMessageContaining("OPTIONS");
        assertThatThrownBy(() -> ApplicationRouterFile.read(directory.resolve("none")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none");
    }

    @Test
    void anApplicationIsNotGivenANewRequestOfItsOwn() throws Exception {
        container.server.configureRouter(
                Map.of("ALL", "(\"b2bua\", \"DAR:To\", \"NEUTRAL\", \"\", \"NO_ROUTE\", \"0\")"));
        var factory = container.application.sipFactory();
        factory.createRequest(
                        factory.createApplicationSession(),
                        "INVITE",
                        "sip:us@127.0.0.1",
                        "sip:callee@127.0.0.1:" + callee.port())
                .send();
        assertThat(callee.await("INVITE")).doesNotContain("Route:");
        assertThat(EVENTS).isEmpty();
    }
}
