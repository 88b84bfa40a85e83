// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.servlet.sip.ServletTimer;
import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.SipApplicationSessionEvent;
import javax.servlet.sip.SipApplicationSessionListener;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipSession;
import javax.servlet.sip.TimerListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How application sessions live and end (JSR 289 section 6.1). */
class ApplicationSessionTest {
    private static final List<String> EVENTS = new CopyOnWriteArrayList<>();

    private TestServer container;

    @BeforeEach
    void start() throws Exception {
        EVENTS.clear();
        container = new TestServer(Uas.class, Watcher.class);
    }

    @AfterEach
    void stop() {
        container.close();
    }

    public static final class Watcher implements SipApplicationSessionListener, TimerListener {
        @Override
        public void sessionCreated(SipApplicationSessionEvent event) {
            EVENTS.add("created");
        }

        @Override
        public void sessionDestroyed(SipApplicationSessionEvent event) {
            EVENTS.add("destroyed");
        }

        @Override
        public void sessionExpired(SipApplicationSessionEvent event) {
            EVENTS.add("expired");
            if (event.getApplicationSession().getAttribute("prolong") != null) {
                event.getApplicationSession().setExpires(2);
            }
        }

        @Override
        public void sessionReadyToInvalidate(SipApplicationSessionEvent event) {
            EVENTS.add("ready");
        }

        @Override
        public void timeout(ServletTimer timer) {
            EVENTS.add("timeout");
        }
    }

    private SipApplicationSession session() {
        return container.application.sipFactory().createApplicationSession();
    }

    @Test
    @Proves("J-6.1.2-a")
    void theLifetimeIsThatOfTheApplication() throws Exception {
        assertThat(minutesLeft(session())).isEqualTo(3); // as the fixture says, and JSR 289 where nobody does
        SipApplication longer = container.deploy(ApplicationDescriptor.of(
                "longer", null, List.of(TestServer.servlet(Uas.class, 1, Map.of())), List.of(), 0, 7));
        assertThat(minutesLeft(longer.sipFactory().createApplicationSession())).isEqualTo(7);
        SipApplication endless = container.deploy(ApplicationDescriptor.of(
                "endless", null, List.of(TestServer.servlet(Uas.class, 1, Map.of())), List.of(), 0, 0));
        assertThat(endless.sipFactory().createApplicationSession().getExpirationTime())
                .isZero();
    }

    private static long minutesLeft(SipApplicationSession session) {
        return Math.round((session.getExpirationTime() - System.currentTimeMillis()) / 60_000.0);
    }

    @Test
    @Proves({"J-6.1.2.1-a", "J-6.1.2.1-b"})
    void aSessionThatIsNotProlongedEndsWhenItsTimeIsUp() throws Exception {
        SipApplicationSession prolonged = session();
        prolonged.setAttribute("prolong", true);
        SipApplicationSession ending = session();
        SipSession leg = container
                .application
                .sipFactory()
                .createRequest(ending, "INVITE", "sip:us@127.0.0.1", "sip:them@127.0.0.1")
                .getSession();
        prolonged.setExpires(1); // the shortest that the API can say
        ending.setExpires(1);
        EVENTS.clear();

        await().atMost(80, TimeUnit.SECONDS).untilAsserted(() -> assertThat(EVENTS)
                .containsSubsequence("expired", "expired")
                .contains("destroyed"));

        assertThat(ending.isValid()).isFalse();
        assertThat(leg.isValid()).isFalse();
        assertThat(prolonged.isValid()).isTrue();
        assertThat(minutesLeft(prolonged)).isEqualTo(2);
    }

    @Test
    @Proves("J-6.1.2.2.1-a")
    void invalidateEndsSessionsAndTimers() throws Exception {
        SipApplicationSession session = session();
        SipServletRequest request = container
                .application
                .sipFactory()
                .createRequest(session, "INVITE", "sip:us@127.0.0.1", "sip:them@127.0.0.1");
        SipSession leg = request.getSession();
        container.application.timerService().createTimer(session, 300, false, null);
        session.invalidate();
        assertThat(EVENTS).containsExactly("created", "destroyed");
        assertThat(leg.isValid()).isFalse();
        assertThat(session.isValid()).isFalse();
        assertThatThrownBy(() -> session.setAttribute("a", "b")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(session::getSessions).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(session::invalidate).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> container.application.timerService().createTimer(session, 1, false, null))
                .isInstanceOf(IllegalStateException.class);
        long now = System.nanoTime();
        await().until(() -> System.nanoTime() - now > TimeUnit.MILLISECONDS.toNanos(600));
        assertThat(EVENTS).doesNotContain("timeout");
    }

    @Test
    @Proves("J-6.1.2.2.2-a")
    void aSessionWhoseCallsHaveEndedIsEndedByTheContainer() throws Exception {
        call();
        await().atMost(45, TimeUnit.SECONDS) // the transaction of the BYE lives for 64*T1
                .untilAsserted(() -> assertThat(EVENTS).containsExactly("created", "ready", "destroyed"));
        assertThat(container.application.sessionCount()).isZero();
    }

    private void call() throws Exception {
        try (RawPeer caller = new RawPeer()) {
            caller.send(caller.request("INVITE", container.port, "call", null, 1, Uas.SDP), container.port);
            String ok = caller.awaitOk("INVITE", "call");
            caller.send(caller.request("ACK", container.port, "call", RawPeer.toTag(ok), 1, ""), container.port);
            caller.send(caller.request("BYE", container.port, "call", RawPeer.toTag(ok), 2, ""), container.port);
            caller.awaitOk("BYE", "call");
        }
    }
}
