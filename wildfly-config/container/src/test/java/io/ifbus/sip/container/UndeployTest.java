// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.servlet.sip.ServletTimer;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.TimerListener;
import javax.servlet.sip.TimerService;
import org.junit.jupiter.api.Test;

/** What an undeployed application leaves behind, and what it does to the others. */
class UndeployTest {
    /** Takes calls and sets a timer in each. */
    public static final class Tenant extends Uas implements TimerListener {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doInvite(SipServletRequest invite) throws jakarta.servlet.ServletException, IOException {
            TimerService timers = (TimerService) getServletContext().getAttribute(TIMER_SERVICE);
            timers.createTimer(invite.getApplicationSession(), 60_000, 1000, true, false, "still there");
            invite.getSession().setAttribute("own", this);
            super.doInvite(invite);
        }

        @Override
        public void timeout(ServletTimer timer) {
            throw new IllegalStateException("a minute has not passed");
        }
    }

    /** Loads the servlets of this test itself, as a deployment's loader would. */
    private static final class Deployment extends URLClassLoader {
        Deployment() {
            super(new URL[0], UndeployTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(Tenant.class.getName())) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                return known != null ? known : define(name);
            }
        }

        private Class<?> define(String name) {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] code = in.readAllBytes();
                return defineClass(name, code, 0, code.length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static ApplicationDescriptor tenant(String name) {
        return ApplicationDescriptor.of(
                name,
                null,
                List.of(TestServer.servlet(Tenant.class, 1, Map.of())),
                List.of(Tenant.class.getName()),
                0,
                3);
    }

    @Test
    void theClassesOfAnApplicationGoWithIt() throws Exception {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        SipServerSettings quick = SipServerSettings.DEFAULTS.withT1(java.time.Duration.ofMillis(20));
        try (TestServer container = new TestServer(quick, List.of());
                RawPeer caller = new RawPeer()) {
            for (int time = 0; time < 10; time++) {
                loaders.add(deployAndUndeploy(container, caller, "call-" + time));
            }
            await().atMost(60, TimeUnit.SECONDS)
                    .untilAsserted(
                            () -> { // the last transaction keeps the last one
                                System.gc();
                                assertThat(loaders).allMatch(loader -> loader.get() == null);
                            });
        }
    }

    private static WeakReference<ClassLoader> deployAndUndeploy(TestServer container, RawPeer caller, String call)
            throws Exception {
        Deployment loader = new Deployment();
        SipApplication application = container.deploy(tenant("tenant"), new TestEnvironment(Map.of(), loader));
        caller.send(caller.request("INVITE", container.port, call, null, 1, Uas.SDP), container.port);
        String ok = caller.awaitOk("INVITE", call);
        caller.send(caller.request("ACK", container.port, call, RawPeer.toTag(ok), 1, ""), container.port);
        container.undeploy(application); // with the call still up
        return new WeakReference<>(loader);
    }

    @Test
    void theCallsOfAnotherApplicationGoOn() throws Exception {
        try (TestServer container = new TestServer(List.of(TestServer.descriptor("stays", Uas.class)));
                RawPeer caller = new RawPeer()) {
            container.server.configureRouter(
                    Map.of("INVITE", "(\"stays\", \"DAR:To\", \"NEUTRAL\", \"\", \"NO_ROUTE\", \"0\")"));
            caller.send(caller.request("INVITE", container.port, "stays", null, 1, Uas.SDP), container.port);
            String ok = caller.awaitOk("INVITE", "stays");
            caller.send(caller.request("ACK", container.port, "stays", RawPeer.toTag(ok), 1, ""), container.port);
            SipApplication goes = container.deploy(tenant("goes"));

            container.undeploy(goes);

            caller.send(caller.request("BYE", container.port, "stays", RawPeer.toTag(ok), 2, ""), container.port);
            assertThat(caller.awaitOk("BYE", "stays")).startsWith("SIP/2.0 " + SipServletResponse.SC_OK);
        }
    }
}
