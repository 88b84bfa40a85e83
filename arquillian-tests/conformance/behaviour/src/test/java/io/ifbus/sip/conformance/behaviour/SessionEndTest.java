// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.container.Proves;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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
class SessionEndTest {
    @RegisterExtension
    static final Exchange exchange = Exchange.usual();

    private Script script;
    private Phone alice;

    @BeforeEach
    void scene() {
        script = exchange.script();
        alice = exchange.phone("alice");
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
    @Proves("J-6.1.2.2.2-a")
    void aSessionEndsWhenItsLastCallHasEndedAndItsLastTimerRun() throws Exception {
        script.on("sessionReadyToInvalidate", SipSessionEvent.class, event -> assertThat(
                        event.getSession().isValid())
                .isTrue());
        script.on("appSessionReadyToInvalidate", SipApplicationSessionEvent.class, event -> assertThat(
                        event.getApplicationSession().isValid())
                .isTrue());
        script.onRequest("doAck", ack -> exchange.application()
                .timerService()
                .createTimer(ack.getApplicationSession(), 9500, false, null));
        SipApplicationSession session = callOfAlice(true);
        SipSession child = script.events("doAck").get(0).request().getSession();
        SipSessionEvent ready =
                (SipSessionEvent) script.gets("sessionReadyToInvalidate").subject();
        assertThat(ready.getSession().getId()).isEqualTo(child.getId());
        script.gets("sessionDestroyed");
        assertThat(child.isValid()).isFalse();
        assertThat(session.isValid()).isTrue();
        script.gets("timeout");
        script.gets("appSessionReadyToInvalidate");
        script.gets("appSessionDestroyed");
        assertThat(script.hooks())
                .containsSubsequence(
                        "sessionDestroyed", "timeout", "appSessionReadyToInvalidate", "appSessionDestroyed");
        assertThat(session.isValid()).isFalse();
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
}
