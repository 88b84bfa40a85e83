// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.container.Proves;
import java.time.Duration;
import javax.servlet.sip.SipErrorEvent;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What happens when 64 times T1 have passed (JSR 289 sections 6.2.4 and 8). */
class TimeOutTest {
    @RegisterExtension
    static final Exchange exchange = Exchange.withT1(Duration.ofMillis(50));

    private Script script;
    private Phone alice;

    @BeforeEach
    void scene() {
        script = exchange.script();
        alice = exchange.phone("alice");
    }

    @Test
    @Proves("J-8-d")
    void theApplicationIsToldOfAnAckThatDoesNotCome() {
        script.onRequest("doInvite", invite -> invite.createResponse(200).send());
        Message invite = alice.invites();
        Message ok = alice.hears(200);
        Script.Event told = script.gets("noAckReceived");
        SipErrorEvent event = (SipErrorEvent) told.subject();
        assertThat(Duration.ofNanos(System.nanoTime() - ok.at()))
                .isGreaterThan(exchange.t1().multipliedBy(60));
        assertThat(event.getRequest().getCallId()).isEqualTo(invite.callId());
        assertThat(event.getRequest().getMethod()).isEqualTo("INVITE");
        assertThat(event.getResponse().getStatus()).isEqualTo(200);
        assertThat(alice.copiesOf(ok)).hasSizeGreaterThan(3);
    }

    @Test
    @Proves("J-8-d")
    void theApplicationIsNotToldOfAnAckThatCame() {
        script.onRequest("doInvite", invite -> invite.createResponse(200).send());
        alice.invites();
        alice.dialogBy(alice.hears(200)).acks();
        script.gets("doAck");
        script.getsNo("noAckReceived", exchange.t1().multipliedBy(70));
    }

    @Test
    @Proves("J-6.2.4-a")
    void theSessionOfARefusedCallerIsReadyWhenItsTransactionHasEnded() throws Exception {
        SipServletRequest invite = exchange.request("INVITE", alice);
        SipSession session = invite.getSession();
        session.setInvalidateWhenReady(false);
        exchange.sends(invite);
        Message atAlice = alice.hears("INVITE");
        alice.answers(atAlice, 180);
        script.gets("doProvisionalResponse");
        assertThat(session.isReadyToInvalidate()).isFalse();
        alice.answers(atAlice, 486);
        script.gets("doErrorResponse");
        assertThat(session.getState()).isEqualTo(SipSession.State.INITIAL);
        await().atMost(Phone.PATIENCE)
                .untilAsserted(() -> assertThat(session.isReadyToInvalidate()).isTrue());
        assertThat(session.getState()).isEqualTo(SipSession.State.INITIAL);
    }
}
