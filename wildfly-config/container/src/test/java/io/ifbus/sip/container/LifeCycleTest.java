// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.UnavailableException;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletContextEvent;
import javax.servlet.sip.SipServletListener;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Servlets come and go with their application (JSR 289 section 2.1). */
class LifeCycleTest {
    private static final List<String> EVENTS = new CopyOnWriteArrayList<>();

    @BeforeEach
    void forget() {
        EVENTS.clear();
    }

    /** Notes what happens to it. */
    public static class Noting extends SipServlet {
        private static final long serialVersionUID = 1L;

        @Override
        public void init(ServletConfig config) throws ServletException {
            super.init(config);
            EVENTS.add("init " + getServletName());
        }

        @Override
        protected void doOptions(SipServletRequest options) throws IOException {
            EVENTS.add("message " + getServletName());
            SipServletResponse ok = options.createResponse(200);
            ok.setHeader(
                    "X-Parameters", Collections.list(getInitParameterNames()) + " " + getInitParameter("greeting"));
            ok.send();
        }

        @Override
        public void destroy() {
            EVENTS.add("destroy " + getServletName());
        }
    }

    public static final class Other extends Noting {
        private static final long serialVersionUID = 1L;
    }

    public static final class Lazy extends Noting {
        private static final long serialVersionUID = 1L;
    }

    public static final class Watcher implements SipServletListener {
        @Override
        public void servletInitialized(SipServletContextEvent event) {
            assertThat(event.getServletContext()).isSameAs(event.getSipServlet().getServletContext());
            EVENTS.add("initialized " + event.getSipServlet().getServletName());
        }
    }

    private static ApplicationDescriptor.Servlet servlet(Class<?> type, int loadOnStartup) {
        return TestServer.servlet(type, loadOnStartup, Map.of("greeting", "hello"));
    }

    private static ApplicationDescriptor application(String main, ApplicationDescriptor.Servlet... servlets) {
        return ApplicationDescriptor.of("test", main, List.of(servlets), List.of(Watcher.class.getName()), 0, 3);
    }

    @Test
    @Proves({"J-2.1-a", "J-2.1-b", "J-2.1.1-a"})
    void servletsAreInitialisedInTheirOrderAndDestroyedOnce() throws Exception {
        try (TestServer container = new TestServer(List.of());
                RawPeer caller = new RawPeer()) {
            SipApplication application = container.deploy(
                    application("Lazy", servlet(Noting.class, 7), servlet(Other.class, 0), servlet(Lazy.class, -1)));
            assertThat(EVENTS).containsExactly("init Other", "init Noting", "initialized Noting", "initialized Other");

            EVENTS.clear();
            options(container, caller, "lazy");
            assertThat(EVENTS).containsExactly("init Lazy", "initialized Lazy", "message Lazy");

            EVENTS.clear();
            container.undeploy(application);
            assertThat(EVENTS).containsExactlyInAnyOrder("destroy Noting", "destroy Other", "destroy Lazy");
            caller.send(caller.request("OPTIONS", container.port, "after", null, 1, ""), container.port);
            assertThat(caller.await("SIP/2.0", "after")).startsWith("SIP/2.0 404");
            assertThat(EVENTS).doesNotContain("message Lazy").hasSize(3);
        }
    }

    @Test
    @Proves("J-2.1-c")
    void initParametersAreThoseOfTheDescriptor() throws Exception {
        try (TestServer container = new TestServer(List.of(application(null, servlet(Noting.class, 1))));
                RawPeer caller = new RawPeer()) {
            assertThat(RawPeer.header(options(container, caller, "parameters"), "X-Parameters"))
                    .isEqualTo("[greeting] hello");
        }
    }

    public static final class Broken extends Noting {
        private static final long serialVersionUID = 1L;

        @Override
        public void init(ServletConfig config) throws ServletException {
            throw new ServletException("as the test wants it");
        }
    }

    @Test
    void aServletThatCannotBeInitialisedKeepsItsApplicationOut() throws Exception {
        try (TestServer container = new TestServer(List.of())) {
            assertThatThrownBy(() ->
                            container.deploy(application("Noting", servlet(Noting.class, 1), servlet(Broken.class, 2))))
                    .isInstanceOf(ServletException.class)
                    .hasMessageContaining("as the test wants it");
            assertThat(EVENTS).containsExactly("init Noting", "destroy Noting");
            container.deploy(application("Noting", servlet(Noting.class, 1))); // nothing is in the way of the next try
        }
    }

    public static final class BrokenListener implements SipServletListener {
        @Override
        public void servletInitialized(SipServletContextEvent event) {
            throw new IllegalStateException("as the test wants it");
        }
    }

    @Test
    void aListenerThatFailsAtDeploymentKeepsItsApplicationOut() throws Exception {
        try (TestServer container = new TestServer(List.of())) {
            ApplicationDescriptor broken = ApplicationDescriptor.of(
                    "test", null, List.of(servlet(Noting.class, 1)), List.of(BrokenListener.class.getName()), 0, 3);
            assertThatThrownBy(() -> container.deploy(broken)).hasStackTraceContaining("as the test wants it");
            assertThat(EVENTS).containsExactly("init Noting", "destroy Noting");
            container.deploy(application(null, servlet(Noting.class, 1)));
        }
    }

    public static final class AwayForASecond extends Noting {
        private static final long serialVersionUID = 1L;

        @Override
        public void init(ServletConfig config) throws ServletException {
            super.init(config);
            if (EVENTS.size() == 1) {
                throw new UnavailableException("as the test wants it", 1);
            }
        }
    }

    @Test
    void aServletThatIsUnavailableForATimeComesBack() throws Exception {
        try (TestServer container = new TestServer(List.of(application(null, servlet(AwayForASecond.class, 1))));
                RawPeer caller = new RawPeer()) {
            caller.send(caller.request("OPTIONS", container.port, "away", null, 1, ""), container.port);
            String refusal = caller.await("SIP/2.0", "away");
            assertThat(refusal).startsWith("SIP/2.0 503");
            assertThat(RawPeer.header(refusal, "Retry-After")).isEqualTo("1");
            int[] tries = new int[1];
            await().untilAsserted(() -> {
                String id = "back-" + tries[0]++;
                caller.send(caller.request("OPTIONS", container.port, id, null, 1, ""), container.port);
                assertThat(caller.await("SIP/2.0", id)).startsWith("SIP/2.0 200");
            });
        }
    }

    public static final class Quitting extends Noting {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doOptions(SipServletRequest options) throws IOException {
            throw new Unchecked();
        }

        @Override
        public void service(jakarta.servlet.ServletRequest request, jakarta.servlet.ServletResponse response)
                throws ServletException, IOException {
            try {
                super.service(request, response);
            } catch (Unchecked e) {
                throw new UnavailableException("as the test wants it");
            }
        }

        private static final class Unchecked extends RuntimeException {
            private static final long serialVersionUID = 1L;
        }
    }

    @Test
    void aServletThatQuitsIsDestroyedAndItsRequestsAreRefused() throws Exception {
        try (TestServer container = new TestServer(List.of(application(null, servlet(Quitting.class, 1))));
                RawPeer caller = new RawPeer()) {
            for (String id : List.of("quits", "stays away")) {
                String call = id.replace(' ', '-');
                caller.send(caller.request("OPTIONS", container.port, call, null, 1, ""), container.port);
                String refusal = caller.await("SIP/2.0", call);
                assertThat(refusal).startsWith("SIP/2.0 503").doesNotContain("Retry-After");
            }
            assertThat(EVENTS).containsExactly("init Quitting", "initialized Quitting", "destroy Quitting");
        }
    }

    private static String options(TestServer container, RawPeer caller, String id) {
        caller.send(caller.request("OPTIONS", container.port, id, null, 1, ""), container.port);
        return caller.awaitOk("OPTIONS", id);
    }
}
