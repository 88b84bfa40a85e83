// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.container.ServletSelection.Condition;
import io.ifbus.sip.container.ServletSelection.Condition.And;
import io.ifbus.sip.container.ServletSelection.Condition.Contains;
import io.ifbus.sip.container.ServletSelection.Condition.Equal;
import io.ifbus.sip.container.ServletSelection.Condition.Exists;
import io.ifbus.sip.container.ServletSelection.Condition.Not;
import io.ifbus.sip.container.ServletSelection.Condition.Or;
import io.ifbus.sip.container.ServletSelection.Condition.SubdomainOf;
import io.ifbus.sip.container.ServletSelection.Mapping;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which servlet gets an initial request (JSR 289 chapter 16). */
class ServletMappingTest {
    private static final String URI = "sip:+49-30-1234@research.Example.com:5080;user=phone;color=Red";
    private static final String FROM = "\"Alice Doe\" <sip:alice@wonder.land>;tag=raw";
    private static final String TO = "<tel:+1-212-555-1212;ext=7>";

    private TestServer container;
    private RawPeer caller;

    @BeforeEach
    void start() throws Exception {
        container = new TestServer(List.of());
        caller = new RawPeer();
    }

    @AfterEach
    void stop() {
        caller.close();
        container.close();
    }

    /** Says who it is. */
    public static class First extends SipServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doRequest(SipServletRequest request) throws IOException {
            SipServletResponse ok = request.createResponse(200);
            ok.setHeader("X-Servlet", getServletName());
            ok.send();
        }
    }

    public static final class Second extends First {
        private static final long serialVersionUID = 1L;
    }

    public static final class Third extends First {
        private static final long serialVersionUID = 1L;
    }

    @Test
    @Proves("J-16-a")
    void theMainServletGetsEveryInitialRequest() throws Exception {
        assertThat(servletFor(new ServletSelection.Main("Second"), First.class, Second.class))
                .isEqualTo("Second");
    }

    @Test
    @Proves("J-16-a")
    void theOnlyServletIsTheMainServlet() throws Exception {
        assertThat(servletFor(ServletSelection.NONE, Third.class)).isEqualTo("Third");
    }

    @Test
    @Proves("J-16-b")
    void theFirstMappingThatMatchesWins() throws Exception {
        ServletSelection mappings = new ServletSelection.Mappings(List.of(
                new Mapping("First", new Equal("request.method", "INVITE", false)),
                new Mapping("Third", new Equal("request.method", "OPTIONS", false)),
                new Mapping("Second", new Equal("request.method", "OPTIONS", false))));
        assertThat(servletFor(mappings, First.class, Second.class, Third.class)).isEqualTo("Third");
    }

    @Test
    void aRequestThatNoMappingMatchesIsNotFound() throws Exception {
        ServletSelection mappings = new ServletSelection.Mappings(
                List.of(new Mapping("First", new Equal("request.method", "INVITE", false))));
        assertThat(servletFor(mappings, First.class, Second.class)).isEqualTo("404");
    }

    @Test
    @Proves("J-16-c")
    void equalMindsCaseUnlessToldOtherwise() throws Exception {
        assertMatches(new Equal("request.uri.host", "research.Example.com", false));
        assertMatchesNot(new Equal("request.uri.host", "research.example.com", false));
        assertMatches(new Equal("request.uri.host", "RESEARCH.example.com", true));
        assertMatchesNot(new Equal("request.uri.host", "example.com", true));
    }

    @Test
    @Proves("J-16-d")
    void containsWantsAPartAndExistsAValue() throws Exception {
        assertMatches(new Contains("request.from.display-name", "ice", false));
        assertMatchesNot(new Contains("request.from.display-name", "ICE", false));
        assertMatches(new Contains("request.from.display-name", "ICE", true));
        assertMatches(new Exists("request.uri.param.color"));
        assertMatchesNot(new Exists("request.uri.param.shape"));
        assertMatchesNot(new Exists("request.to.display-name"));
        assertMatchesNot(new Exists("request.no-such-variable"));
    }

    @Test
    @Proves("J-16-e")
    void aSubdomainEndsAtADotAndANumberBeginsSo() throws Exception {
        assertMatches(new SubdomainOf("request.uri.host", "example.com"));
        assertMatches(new SubdomainOf("request.uri.host", "research.example.com"));
        assertMatchesNot(new SubdomainOf("request.uri.host", "ample.com"));
        assertMatchesNot(new SubdomainOf("request.uri.host", "lab.research.example.com"));
        assertMatches(new SubdomainOf("request.to.uri.tel", "+1 212"));
        assertMatchesNot(new SubdomainOf("request.to.uri.tel", "+1 213"));
        assertMatches(new SubdomainOf("request.uri.tel", "+4930"));
    }

    @Test
    @Proves("J-16-f")
    void conditionsCombineAndNest() throws Exception {
        Condition yes = new Equal("request.method", "OPTIONS", false);
        Condition no = new Equal("request.method", "INVITE", false);
        assertMatches(new And(List.of(yes, yes)));
        assertMatchesNot(new And(List.of(yes, no)));
        assertMatches(new Or(List.of(no, yes)));
        assertMatchesNot(new Or(List.of(no, no)));
        assertMatches(new Not(no));
        assertMatchesNot(new Not(yes));
        assertMatches(new And(List.of(new Or(List.of(no, yes)), new Not(new And(List.of(yes, no))))));
    }

    @Test
    @Proves("J-16-g")
    void thePartsOfURIsAndAddressesHaveTheRequestsValues() throws Exception {
        assertMatches(new Equal("request.uri", URI, true));
        assertMatches(new Equal("request.uri.scheme", "sip", false));
        assertMatches(new Equal("request.uri.user", "+49-30-1234", false));
        assertMatches(new Equal("request.uri.port", "5080", false));
        assertMatches(new Equal("request.uri.tel", "+49301234", false));
        assertMatches(new Equal("request.uri.param.color", "Red", false));
        assertMatches(new Equal("request.from.uri", "sip:alice@wonder.land", false));
        assertMatches(new Equal("request.from.uri.user", "alice", false));
        assertMatches(new Equal("request.from.uri.port", "5060", false)); // the default one of UDP
        assertMatches(new Equal("request.from.display-name", "Alice Doe", false));
        assertMatchesNot(new Exists("request.from.uri.tel")); // no user=phone
        assertMatches(new Equal("request.to.uri.scheme", "tel", false));
        assertMatches(new Equal("request.to.uri.tel", "+12125551212", false));
        assertMatches(new Equal("request.to.uri.param.ext", "7", false));
        assertMatchesNot(new Exists("request.to.uri.host"));
        assertMatches(new Equal("request.route.uri.param.here", "yes", false));
    }

    private void assertMatches(Condition condition) throws Exception {
        assertThat(servletFor(mapping(condition), First.class))
                .as("%s", condition)
                .isEqualTo("First");
    }

    private void assertMatchesNot(Condition condition) throws Exception {
        assertThat(servletFor(mapping(condition), First.class))
                .as("%s", condition)
                .isEqualTo("404");
    }

    private static ServletSelection mapping(Condition condition) {
        return new ServletSelection.Mappings(List.of(new Mapping("First", condition)));
    }

    /** Who answers, of an application with that rule and those servlets; or the status of a refusal. */
    private String servletFor(ServletSelection selection, Class<?>... servlets) throws Exception {
        SipApplication application = container.deploy(TestServer.descriptor("mapped", selection, servlets));
        try {
            String id = UUID.randomUUID().toString();
            String request = caller.request("OPTIONS", container.port, id, null, 1, "")
                    .replaceFirst("OPTIONS \\S+ ", "OPTIONS " + URI + " ")
                    .replaceFirst("From: .*\r\n", "From: " + FROM + "\r\n")
                    .replaceFirst(
                            "To: .*\r\n",
                            "To: " + TO + "\r\nRoute: <sip:127.0.0.1:" + container.port + ";lr;here=yes>\r\n");
            caller.send(request, container.port);
            String answer = caller.await("SIP/2.0", id);
            return answer.startsWith("SIP/2.0 200")
                    ? RawPeer.header(answer, "X-Servlet")
                    : answer.substring("SIP/2.0 ".length(), "SIP/2.0 404".length());
        } finally {
            container.undeploy(application);
        }
    }
}
