// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.container.ApplicationDescriptor;
import io.ifbus.sip.container.Proves;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.servlet.sip.ServletTimer;
import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.SipApplicationSessionBindingEvent;
import javax.servlet.sip.SipApplicationSessionBindingListener;
import javax.servlet.sip.SipApplicationSessionEvent;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipSession;
import javax.servlet.sip.SipSessionBindingEvent;
import javax.servlet.sip.SipSessionBindingListener;
import javax.servlet.sip.SipSessionEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Birth, attributes and end of application sessions (JSR 289 sections 6.1, 6.2.7 and 8). */
class SessionLifeTest {
    @RegisterExtension
    static final Exchange exchange = Exchange.usual();

    private static final Duration A_WHILE = Duration.ofMillis(500);

    private Script script;
    private Phone alice;

    @BeforeEach
    void scene() {
        script = exchange.script();
        alice = exchange.phone("alice");
    }

    @Test
    void aSessionLivesAsLongAsItsApplicationSays() throws Exception {
        for (int minutes : List.of(1, 7)) {
            exchange.deploysInstead(ApplicationDescriptor.of(
                    "test", null, List.of(Exchange.servlet("Attendant", 1)), List.of(), 0, minutes));
            long remaining =
                    exchange.factory().createApplicationSession().getExpirationTime() - System.currentTimeMillis();
            assertThat(Duration.ofMillis(remaining))
                    .isBetween(Duration.ofMinutes(minutes).minusSeconds(10), Duration.ofMinutes(minutes));
        }
        exchange.deploysInstead(
                ApplicationDescriptor.of("test", null, List.of(Exchange.servlet("Attendant", 1)), List.of(), 0, 0));
        assertThat(exchange.factory().createApplicationSession().getExpirationTime())
                .isZero();
    }

    /** The shortest life is a minute, so all that is to be seen at its end is seen in one test. */
    @Test
    @Proves({"J-6.1.2.1-a", "J-6.1.2.1-b", "J-8-b", "SipApplicationSessionListener.sessionExpired"})
    void aSessionEndsWhenItsTimeIsOverUnlessItsListenerProlongsIt() throws Exception {
        SipApplicationSession prolonged = exchange.factory().createApplicationSession();
        SipApplicationSession over = exchange.factory().createApplicationSession();
        assertThat(script.events("appSessionCreated"))
                .extracting(event -> ((SipApplicationSessionEvent) event.subject())
                        .getApplicationSession()
                        .getId())
                .containsExactly(prolonged.getId(), over.getId());
        SipSession child = exchange.factory()
                .createRequest(over, "INVITE", "sip:us@127.0.0.1", alice.uri())
                .getSession();
        script.on("appSessionExpired", SipApplicationSessionEvent.class, event -> {
            if (event.getApplicationSession().getId().equals(prolonged.getId())) {
                assertThat(event.getApplicationSession().setExpires(2)).isPositive();
            }
        });
        assertThat(prolonged.setExpires(1)).isEqualTo(1);
        assertThat(over.setExpires(1)).isEqualTo(1);
        long start = System.nanoTime();
        await().pollInterval(Duration.ofMillis(100))
                .atMost(Duration.ofSeconds(70))
                .untilAsserted(
                        () -> assertThat(script.events("appSessionExpired")).hasSize(2));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(58));
        SipApplicationSessionEvent destroyed =
                (SipApplicationSessionEvent) script.gets("appSessionDestroyed").subject();
        assertThat(destroyed.getApplicationSession().getId()).isEqualTo(over.getId());
        assertThat(over.isValid()).isFalse();
        assertThat(child.isValid()).isFalse();
        assertThat(prolonged.isValid()).isTrue();
        assertThat(prolonged.getExpirationTime()).isGreaterThan(System.currentTimeMillis() + 60_000);
        script.getsNo("appSessionDestroyed", A_WHILE);
    }

    @Test
    @Proves("J-6.1.2.2.1-a")
    void anInvalidatedSessionTakesItsSessionsAndTimersAlong() throws Exception {
        SipServletRequest invite = exchange.request("INVITE", alice);
        SipApplicationSession session = invite.getApplicationSession();
        SipSession child = invite.getSession();
        ServletTimer timer = exchange.application().timerService().createTimer(session, 200, false, null);
        assertThat(timer.getTimeRemaining()).isPositive();
        exchange.inOrder(session, () -> {
            session.invalidate();
            return null;
        });
        assertThat(script.gets("appSessionDestroyed").subject()).isInstanceOf(SipApplicationSessionEvent.class);
        assertThat(session.isValid()).isFalse();
        assertThat(child.isValid()).isFalse();
        assertThatThrownBy(() -> session.setAttribute("a", "b")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> session.getAttribute("a")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(session::getSessions).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(session::invalidate).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> child.setAttribute("a", "b")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> child.createRequest("INFO")).isInstanceOf(IllegalStateException.class);
        script.getsNo("timeout", A_WHILE);
    }

    /** Alice calls, is answered and hangs up. */
    private SipApplicationSession callOfAlice(boolean invalidateWhenReady) throws Exception {
        alice.invites();
        SipServletRequest invite = script.gets("doInvite").request();
        invite.getApplicationSession().setInvalidateWhenReady(invalidateWhenReady);
        exchange.sends(invite.createResponse(200));
        Dialog ofAlice = alice.dialogBy(alice.hears(200));
        ofAlice.acks();
        script.gets("doAck");
        ofAlice.sends("BYE");
        exchange.sends(script.gets("doBye").request().createResponse(200));
        alice.hears(200, "BYE");
        return invite.getApplicationSession();
    }

    @Test
    @Proves("J-6.1.2.2.2-b")
    void aSessionStaysThatShallNotEndByItself() throws Exception {
        SipApplicationSession session = callOfAlice(false);
        script.getsNo("appSessionDestroyed", Duration.ofSeconds(1));
        assertThat(session.isValid()).isTrue();
        assertThat(session.isReadyToInvalidate()).isTrue();
        session.invalidate();
        script.gets("appSessionDestroyed");
    }

    /** An attribute that notes when it is bound and unbound. */
    private static final class Tie implements SipSessionBindingListener, SipApplicationSessionBindingListener {
        private final List<String> notes = new CopyOnWriteArrayList<>();

        @Override
        public void valueBound(SipSessionBindingEvent event) {
            notes.add("bound " + event.getName());
        }

        @Override
        public void valueUnbound(SipSessionBindingEvent event) {
            notes.add("unbound " + event.getName());
        }

        @Override
        public void valueBound(SipApplicationSessionBindingEvent event) {
            notes.add("bound to app " + event.getName());
        }

        @Override
        public void valueUnbound(SipApplicationSessionBindingEvent event) {
            notes.add("unbound from app " + event.getName());
        }
    }

    @Test
    @Proves("J-6.2.7-a")
    void anAttributeIsToldWhenItIsBoundAndUnbound() throws Exception {
        SipServletRequest invite = exchange.request("INVITE", alice);
        SipSession session = invite.getSession();
        SipApplicationSession parent = invite.getApplicationSession();
        Tie tie = new Tie();
        session.setAttribute("a", tie);
        session.removeAttribute("a");
        session.setAttribute("b", tie);
        parent.setAttribute("c", tie);
        parent.removeAttribute("c");
        parent.setAttribute("d", tie);
        assertThat(tie.notes)
                .containsExactly(
                        "bound a", "unbound a", "bound b", "bound to app c", "unbound from app c", "bound to app d");
        parent.invalidate();
        assertThat(tie.notes).contains("unbound b", "unbound from app d").hasSize(8);
    }

    @Test
    @Proves("J-8-c")
    void listenersAreToldOfAttributesOfASession() throws Exception {
        SipServletRequest invite = exchange.request("INVITE", alice);
        SipSession session = invite.getSession();
        session.setAttribute("meal", "pizza");
        session.setAttribute("meal", "soup");
        session.removeAttribute("meal");
        assertAttribute("attributeAdded", "meal");
        assertAttribute("attributeReplaced", "meal");
        assertAttribute("attributeRemoved", "meal");
        assertThat(script.events("attributeAdded", "attributeReplaced", "attributeRemoved"))
                .hasSize(3);
    }

    private void assertAttribute(String hook, String name) {
        SipSessionBindingEvent event =
                (SipSessionBindingEvent) script.gets(hook).subject();
        assertThat(event.getName()).isEqualTo(name);
    }

    @Test
    @Proves("J-8-c")
    void listenersAreToldOfAttributesOfAnApplicationSession() {
        SipApplicationSession session = exchange.factory().createApplicationSession();
        session.setAttribute("meal", "pizza");
        session.setAttribute("meal", "soup");
        session.removeAttribute("meal");
        for (String hook : List.of("appAttributeAdded", "appAttributeReplaced", "appAttributeRemoved")) {
            SipApplicationSessionBindingEvent event =
                    (SipApplicationSessionBindingEvent) script.gets(hook).subject();
            assertThat(event.getName()).isEqualTo("meal");
            assertThat(event.getApplicationSession().getId()).isEqualTo(session.getId());
        }
        assertThat(script.events("appAttributeAdded", "appAttributeReplaced", "appAttributeRemoved"))
                .hasSize(3);
    }

    @Test
    @Proves({"J-6.2.4-b", "J-8-b"})
    void aSessionEndsAfterItsTimerWhenItsLastCallHasEnded() throws Exception {
        script.on("sessionReadyToInvalidate", SipSessionEvent.class, event -> assertThat(
                        event.getSession().isValid())
                .isTrue());
        script.on("appSessionReadyToInvalidate", SipApplicationSessionEvent.class, event -> assertThat(
                        event.getApplicationSession().isValid())
                .isTrue());
        script.onRequest("doAck", ack -> exchange.application()
                .timerService()
                .createTimer(ack.getApplicationSession(), 1500, false, null));
        SipApplicationSession session = callOfAlice(true);
        SipSession child = script.events("doAck").get(0).request().getSession();
        SipSessionEvent ready =
                (SipSessionEvent) script.gets("sessionReadyToInvalidate").subject();
        assertThat(ready.getSession().getId()).isEqualTo(child.getId());
        script.gets("sessionDestroyed");
        assertThat(child.isValid()).isFalse();
        script.gets("appSessionReadyToInvalidate");
        script.gets("appSessionDestroyed");
        assertThat(script.hooks())
                .containsSubsequence(
                        "timeout", "sessionDestroyed", "appSessionReadyToInvalidate", "appSessionDestroyed");
        assertThat(session.isValid()).isFalse();
    }
}
