// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.behaviour;

import static javax.servlet.sip.SipSession.State.CONFIRMED;
import static javax.servlet.sip.SipSession.State.EARLY;
import static javax.servlet.sip.SipSession.State.INITIAL;
import static javax.servlet.sip.SipSession.State.TERMINATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.container.Proves;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.SipSession;
import javax.servlet.sip.SipSessionEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The life of a SipSession (JSR 289 section 6.2). */
class SessionStateTest {
    @RegisterExtension
    static final Exchange exchange = Exchange.usual();

    private Script script;
    private Phone alice;
    private Phone bob;

    @BeforeEach
    void scene() {
        script = exchange.script();
        alice = exchange.phone("alice");
        bob = exchange.phone("bob");
    }

    /** The callee's session of a call that was answered and acknowledged. */
    private SipServletRequest answeredCallOfAlice() throws Exception {
        alice.invites();
        SipServletRequest invite = script.gets("doInvite").request();
        exchange.sends(invite.createResponse(200));
        return invite;
    }

    @Test
    @Proves("J-6.2.1-a")
    void theSessionOfACallerFollowsItsDialog() throws Exception {
        SipServletRequest invite = exchange.request("INVITE", bob);
        SipSession session = invite.getSession();
        session.setInvalidateWhenReady(false);
        assertThat(session.getState()).isEqualTo(INITIAL);
        exchange.sends(invite);
        Message atBob = bob.hears("INVITE");
        bob.answers(atBob, 180);
        script.gets("doProvisionalResponse");
        assertThat(session.getState()).isEqualTo(EARLY);
        bob.accepts(atBob);
        SipServletResponse ok = script.gets("doSuccessResponse").response();
        assertThat(session.getState()).isEqualTo(CONFIRMED);
        exchange.sends(ok.createAck());
        exchange.sends(session.createRequest("BYE"));
        bob.answers(bob.hears("BYE"), 200);
        script.gets("doSuccessResponse");
        assertThat(session.getState()).isEqualTo(TERMINATED);
    }

    @Test
    @Proves("J-6.2.1-a")
    void theSessionOfACalleeFollowsItsDialog() throws Exception {
        alice.invites();
        SipServletRequest invite = script.gets("doInvite").request();
        SipSession session = invite.getSession();
        session.setInvalidateWhenReady(false);
        assertThat(session.getState()).isEqualTo(INITIAL);
        exchange.sends(invite.createResponse(180));
        assertThat(session.getState()).isEqualTo(EARLY);
        exchange.sends(invite.createResponse(200));
        assertThat(session.getState()).isEqualTo(CONFIRMED);
        Dialog ofAlice = alice.dialogBy(alice.hears(200));
        ofAlice.acks();
        ofAlice.sends("BYE");
        exchange.sends(script.gets("doBye").request().createResponse(200));
        alice.hears(200, "BYE");
        assertThat(session.getState()).isEqualTo(TERMINATED);
    }

    @Test
    @Proves("J-6.2.4-a")
    void aTerminatedSessionIsReadyToBeInvalidated() throws Exception {
        SipServletRequest invite = answeredCallOfAlice();
        invite.getSession().setInvalidateWhenReady(false);
        Dialog ofAlice = alice.dialogBy(alice.hears(200));
        ofAlice.acks();
        script.gets("doAck");
        assertThat(invite.getSession().isReadyToInvalidate()).isFalse();
        ofAlice.sends("BYE");
        exchange.sends(script.gets("doBye").request().createResponse(200));
        await().atMost(Phone.PATIENCE)
                .untilAsserted(() ->
                        assertThat(invite.getSession().isReadyToInvalidate()).isTrue());
    }

    @Test
    @Proves("J-6.2.4-a")
    void theSessionOfAProxyThatOnlyForwardsIsReadyAfterTheFinalAnswer() {
        script.onRequest("doInvite", invite -> {
            invite.getSession().setInvalidateWhenReady(false);
            invite.getProxy().proxyTo(exchange.uri(bob));
        });
        alice.invites();
        SipSession session = script.gets("doInvite").request().getSession();
        Message atBob = bob.hears("INVITE");
        assertThat(session.isReadyToInvalidate()).isFalse();
        bob.accepts(atBob);
        alice.hears(200);
        await().atMost(Phone.PATIENCE)
                .untilAsserted(() -> assertThat(session.isReadyToInvalidate()).isTrue());
    }

    @Test
    @Proves("J-6.2.6-a")
    void theHandlerOfASessionGetsItsLaterMessages() throws Exception {
        alice.invites();
        Script.Event event = script.gets("doInvite");
        assertThat(event.servlet()).isEqualTo("Attendant");
        SipSession session = event.request().getSession();
        session.setHandler("Deputy");
        exchange.sends(event.request().createResponse(200));
        Dialog ofAlice = alice.dialogBy(alice.hears(200));
        ofAlice.acks();
        assertThat(script.gets("doAck").servlet()).isEqualTo("Deputy");
        exchange.sends(session.createRequest("INFO"));
        alice.answers(alice.hears("INFO"), 200);
        assertThat(script.gets("doSuccessResponse").servlet()).isEqualTo("Deputy");
    }

    @Test
    @Proves("J-6.4.2-a")
    void theMessagesOfASessionComeInTheirOrder() throws Exception {
        answeredCallOfAlice();
        Dialog ofAlice = alice.dialogBy(alice.hears(200));
        ofAlice.acks();
        script.gets("doAck");
        script.onRequest("doInfo", info -> info.createResponse(200).send());
        List<Integer> sent = new ArrayList<>();
        IntStream.range(0, 100).forEach(i -> sent.add(ofAlice.sends("INFO").cseq()));
        await().atMost(Phone.PATIENCE)
                .untilAsserted(() -> assertThat(script.events("doInfo")).hasSizeGreaterThanOrEqualTo(100));
        assertThat(script.events("doInfo").stream()
                        .map(event -> Integer.valueOf(
                                event.request().getHeader("CSeq").split(" ")[0])))
                .containsExactlyElementsOf(sent);
    }

    @Test
    @Proves("J-6.2.1-b")
    void aCallerMayTryAgainInItsSessionAfterARefusal() throws Exception {
        SipServletRequest invite = exchange.request("INVITE", bob);
        SipSession session = invite.getSession();
        session.setInvalidateWhenReady(false);
        exchange.sends(invite);
        Message first = bob.hears("INVITE");
        bob.answers(first, 180);
        script.gets("doProvisionalResponse");
        assertThat(session.isReadyToInvalidate()).isFalse();
        bob.answers(first, 486);
        script.gets("doErrorResponse");
        assertThat(session.getState()).isEqualTo(INITIAL);
        exchange.sends(session.createRequest("INVITE"));
        Message second = bob.hears("INVITE");
        assertThat(second.callId()).isEqualTo(first.callId());
        assertThat(second.fromTag()).isEqualTo(first.fromTag());
        assertThat(second.cseq()).isGreaterThan(first.cseq());
        assertThat(second.toTag()).isNull();
        bob.accepts(second);
        script.gets("doSuccessResponse");
        assertThat(session.getState()).isEqualTo(CONFIRMED);
    }

    @Test
    @Proves("J-6.2.4-b")
    void aSessionStaysWhoseListenerWantsItToStay() throws Exception {
        SipServletRequest invite = answeredCallOfAlice();
        invite.getApplicationSession().setInvalidateWhenReady(false); // its end would be that of all its sessions
        script.on("sessionReadyToInvalidate", SipSessionEvent.class, event -> event.getSession()
                .setInvalidateWhenReady(false));
        hangUp();
        script.gets("sessionReadyToInvalidate");
        script.getsNo("sessionDestroyed", java.time.Duration.ofMillis(500));
        assertThat(invite.getSession().isValid()).isTrue();
    }

    @Test
    @Proves("J-6.2.4.1-a")
    void aSessionInUseIsNotInvalidated() throws Exception {
        alice.invites();
        SipServletRequest invite = script.gets("doInvite").request();
        SipSession session = invite.getSession();
        session.setInvalidateWhenReady(false);
        assertThatThrownBy(session::invalidate).as("INVITE not answered").isInstanceOf(IllegalStateException.class);
        exchange.sends(invite.createResponse(180));
        assertThatThrownBy(session::invalidate).as("EARLY").isInstanceOf(IllegalStateException.class);
        exchange.sends(invite.createResponse(200));
        Dialog ofAlice = alice.dialogBy(alice.hears(200));
        ofAlice.acks();
        script.gets("doAck");
        assertThatThrownBy(session::invalidate).as("CONFIRMED").isInstanceOf(IllegalStateException.class);
        ofAlice.sends("BYE");
        exchange.sends(script.gets("doBye").request().createResponse(200));
        exchange.inOrder(invite.getApplicationSession(), () -> {
            session.invalidate();
            return null;
        });
        assertThat(session.isValid()).isFalse();
    }

    private void hangUp() throws Exception {
        Dialog ofAlice = alice.dialogBy(alice.hears(200));
        ofAlice.acks();
        script.gets("doAck");
        ofAlice.sends("BYE");
        exchange.sends(script.gets("doBye").request().createResponse(200));
        alice.hears(200, "BYE");
    }
}
