// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.servlet.sip.Proxy;
import javax.servlet.sip.ServletTimer;
import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.TimerListener;
import org.junit.jupiter.api.Test;

/** Timers of sessions that are busy when the time comes. */
class TimersTest {
    private static final List<Long> STARTS = new CopyOnWriteArrayList<>();
    private static volatile long work;

    public static final class Ticking extends SipServlet implements TimerListener {
        private static final long serialVersionUID = 1L;

        @Override
        public void timeout(ServletTimer timer) {
            STARTS.add(System.nanoTime());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(work));
        }
    }

    /** Keeps the session's queue busy until the latch is opened. */
    private static CountDownLatch block(SipApplication application, SipApplicationSession session) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        application.serialExecution().execute(session, () -> {
            begun.countDown();
            try {
                release.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(begun.await(5, TimeUnit.SECONDS)).isTrue();
        return release;
    }

    @Test
    void theExpiriesOfABusySessionDoNotPileUpAndAreMadeUpFor() throws Exception {
        STARTS.clear();
        work = 0;
        try (TestServer container = new TestServer(Ticking.class)) {
            SipApplicationSession session = container.application.sipFactory().createApplicationSession();
            container.application.timerService().createTimer(session, 1000, 200, false, false, null);
            CountDownLatch release = block(container.application, session);
            long blocked = System.nanoTime();
            await().until(() -> System.nanoTime() - blocked > TimeUnit.SECONDS.toNanos(3)); // ten expiries
            assertThat(container.server.queuedTasks()).isEqualTo(1);
            release.countDown();
            await().untilAsserted(() -> assertThat(STARTS).hasSizeGreaterThan(10));
            assertThat(STARTS.get(8) - STARTS.get(0)).isLessThan(TimeUnit.SECONDS.toNanos(1)); // of 1.6 s
        }
    }

    @Test
    void aFixedDelayBeginsWhenTheListenerHasReturned() throws Exception {
        STARTS.clear();
        work = 300;
        try (TestServer container = new TestServer(Ticking.class)) {
            SipApplicationSession session = container.application.sipFactory().createApplicationSession();
            ServletTimer timer = container.application.timerService().createTimer(session, 10, 200, true, false, null);
            await().untilAsserted(() -> assertThat(STARTS).hasSizeGreaterThan(2));
            timer.cancel();
            assertThat(STARTS.get(1) - STARTS.get(0)).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(490));
            assertThat(STARTS.get(2) - STARTS.get(1)).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(490));
        }
    }

    public static final class Impatient extends SipServlet {
        private static final long serialVersionUID = 1L;
        private static volatile SipApplicationSession session;

        @Override
        protected void doInvite(SipServletRequest invite) throws ServletException, IOException {
            session = invite.getApplicationSession();
            Proxy proxy = invite.getProxy();
            proxy.setProxyTimeout(1);
            proxy.proxyTo(invite.getRequestURI());
        }
    }

    @Test
    void theTimerOfAProxyIsNotLostWhenItsSessionIsBusy() throws Exception {
        try (TestServer container = new TestServer(Impatient.class);
                RawPeer caller = new RawPeer();
                RawPeer callee = new RawPeer()) {
            caller.send(
                    caller.request("INVITE", container.port, "slow", null, 1, Uas.SDP)
                            .replaceFirst("INVITE \\S+", "INVITE sip:callee@127.0.0.1:" + callee.port()),
                    container.port);
            String invite = callee.await("INVITE");
            callee.send(callee.response(invite, 180, "Ringing", ""), container.port);
            caller.await("SIP/2.0 180");
            CountDownLatch release = block(container.application, Impatient.session);
            long blocked = System.nanoTime();
            await().until(() -> System.nanoTime() - blocked > TimeUnit.SECONDS.toNanos(4));
            release.countDown();
            assertThat(callee.await("CANCEL")).contains("slow");
        }
    }
}
