// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.dispatch.SerialQueues;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipServletContextEvent;
import javax.servlet.sip.SipServletListener;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.ar.SipApplicationRoutingDirective;
import javax.servlet.sip.ar.SipApplicationRoutingRegion;
import org.junit.jupiter.api.Test;
import org.mobicents.servlet.sip.core.session.MobicentsSipApplicationSession;
import org.mobicents.servlet.sip.core.session.SipApplicationSessionKey;

/** How applications, servers and routers come into service and go out of it. */
class ServiceTest {
    /** Makes a session as soon as it may, and is not put into service all the same. */
    public static final class Early extends Uas implements SipServletListener {
        private static final long serialVersionUID = 1L;

        @Override
        public void servletInitialized(SipServletContextEvent event) {
            ((SipFactory) getServletContext().getAttribute(SIP_FACTORY)).createApplicationSession();
            throw new IllegalStateException("broken on purpose");
        }
    }

    @Test
    void aDeploymentThatFailsLeavesNoSession() throws Exception {
        try (TestServer container = new TestServer(List.of())) {
            int timers = container.server.timers().size();
            assertThatThrownBy(() -> container.deploy(TestServer.descriptor("early", Early.class)))
                    .hasStackTraceContaining("broken on purpose");
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(container.server.queueNames())
                    .isZero());
            assertThat(container.server.timers().size()).isEqualTo(timers);
        }
    }

    @Test
    void anApplicationThatGoesOutOfServiceTakesNoCall() throws Exception {
        try (TestServer container = new TestServer(Uas.class);
                RawPeer caller = new RawPeer()) {
            container.application.endSessions();
            caller.send(caller.request("INVITE", container.port, "late", null, 1, Uas.SDP), container.port);
            assertThat(caller.await("SIP/2.0", "late")).startsWith("SIP/2.0 503");
            assertThat(container.application.sessionCount()).isZero();
        }
    }

    @Test
    void aServerThatCannotStartLeavesNoThreads() {
        SipServerSettings plain = SipServerSettings.DEFAULTS;
        SipServerSettings wrong = new SipServerSettings(
                plain.workerThreads(),
                plain.limits(),
                plain.t1(),
                plain.t2(),
                plain.t4(),
                Map.of("INVITE", "nonsense"));
        long before = threads();
        assertThatThrownBy(() -> SipServer.start(wrong)).isInstanceOf(IllegalArgumentException.class);
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(threads()).isLessThanOrEqualTo(before));
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("sip-"))
                .count();
    }

    /** Notes as whom its servlet runs. */
    private record Roles(TestEnvironment plain, BlockingQueue<String> seen) implements ApplicationEnvironment {
        @Override
        public ClassLoader classLoader() {
            return plain.classLoader();
        }

        @Override
        public ServletContext servletContext() {
            return plain.servletContext();
        }

        @Override
        public Instance instantiate(Class<?> type) throws Exception {
            return plain.instantiate(type);
        }

        @Override
        public Setup enter() {
            return plain.enter();
        }

        @Override
        public void runAs(ApplicationDescriptor.Servlet servlet, Principal caller, ServletCode code)
                throws ServletException, IOException {
            seen.add("as " + servlet.name() + " for " + caller);
            code.run();
            seen.add("done");
        }
    }

    @Test
    void aServletRunsWithinItsRole() throws Exception {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        try (TestServer container = new TestServer(List.of());
                RawPeer caller = new RawPeer()) {
            container.deploy(TestServer.descriptor("roles", Uas.class), new Roles(new TestEnvironment(), seen));
            caller.send(caller.request("INVITE", container.port, "role", null, 1, Uas.SDP), container.port);
            caller.awaitOk("INVITE", "role");
            assertThat(seen.poll(5, TimeUnit.SECONDS)).isEqualTo("as Uas for null");
            assertThat(seen.poll(5, TimeUnit.SECONDS)).isEqualTo("done");
        }
    }

    @Test
    void aRouterThatWasReplacedStillAnswersRequestsUnderWay() {
        DefaultRouter router =
                new DefaultRouter(Map.of("INVITE", "(\"here\", \"DAR:To\", \"NEUTRAL\", \"\", \"NO_ROUTE\", \"0\")"));
        router.applicationDeployed(List.of("here"));
        router.destroy();
        SipServletRequest invite = (SipServletRequest) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {SipServletRequest.class},
                (proxy, method, arguments) -> method.getName().equals("getMethod") ? "INVITE" : null);
        assertThat(router.getNextApplication(
                                invite,
                                SipApplicationRoutingRegion.NEUTRAL_REGION,
                                SipApplicationRoutingDirective.NEW,
                                null,
                                null)
                        .getNextApplicationName())
                .isEqualTo("here");
    }

    private static MobicentsSipApplicationSession session(String id) {
        SipApplicationSessionKey key = new SipApplicationSessionKey(id, "test", null);
        return (MobicentsSipApplicationSession) Proxy.newProxyInstance(
                ServiceTest.class.getClassLoader(),
                new Class<?>[] {MobicentsSipApplicationSession.class},
                (proxy, method, arguments) -> key);
    }

    @Test
    void whoCannotEnterASessionKeepsTheOneItIsIn() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            SerialQueues queues = new SerialQueues(pool, Duration.ofMillis(50), failure -> {});
            String outer = SerialQueues.sessionName("outer");
            String inner = SerialQueues.sessionName("inner");
            CountDownLatch busy = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            queues.bindHere(outer);
            queues.bindHere(inner);
            queues.execute(inner, () -> {
                busy.countDown();
                try {
                    release.await(10, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            assertThat(busy.await(5, TimeUnit.SECONDS)).isTrue();
            EngineThreads threads = new EngineThreads(new TestEnvironment(), queues);
            threads.enterSession(session("outer"));
            assertThatThrownBy(() -> threads.enterSession(session("inner"))).isInstanceOf(IllegalStateException.class);
            threads.exitSession(); // as the engine does
            CompletableFuture<Void> other =
                    CompletableFuture.runAsync(() -> queues.find(outer).enter(), pool);
            assertThatThrownBy(() -> other.get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(IllegalStateException.class);
            threads.exitSession();
            release.countDown();
        } finally {
            pool.shutdownNow();
        }
    }
}
