// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.container.Proves;
import java.time.Duration;
import javax.servlet.sip.Rel100Exception;
import javax.servlet.sip.SipErrorEvent;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Provisional answers that are acknowledged by PRACK (JSR 289 section 5.7.1, RFC 3262). */
class ReliableAnswersTest {
    @RegisterExtension
    static final Exchange exchange = Exchange.withT1(Duration.ofMillis(50));

    private Script script;
    private Phone alice;
    private Phone bob;

    @BeforeEach
    void scene() {
        script = exchange.script();
        alice = exchange.phone("alice");
        bob = exchange.phone("bob");
    }

    private Message invitesWith100rel() {
        return alice.request("INVITE")
                .header("Supported", "100rel")
                .body("application/sdp", Phone.SDP)
                .send();
    }

    private Draft prack(Message ringing) {
        return alice.dialogBy(ringing)
                .request("PRACK")
                .header("RAck", ringing.header("RSeq") + " " + ringing.header("CSeq"));
    }

    @Test
    @Proves({"J-5.7.1-a", "J-2.3-k"})
    void aReliableAnswerIsRepeatedUntilItsPrackComes() {
        script.onRequest("doInvite", invite -> invite.createResponse(180).sendReliably());
        script.onRequest("doPrack", prack -> {
            SipServletResponse ok = prack.createResponse(200);
            ok.setHeader("X-By", "servlet");
            ok.send();
        });
        invitesWith100rel();
        Message ringing = alice.hears(180);
        assertThat(ringing.headers("Require")).contains("100rel");
        assertThat(ringing.header("RSeq")).matches("\\d+");
        await().atMost(Phone.PATIENCE)
                .untilAsserted(() -> assertThat(alice.copiesOf(ringing)).hasSizeGreaterThan(1));

        prack(ringing).send();
        assertThat(alice.hears(200, "PRACK").header("X-By")).isEqualTo("servlet");
        script.gets("doPrack");
        int copies = alice.copiesOf(ringing).size();
        alice.hearsNo(408, Duration.ofSeconds(1));
        assertThat(alice.copiesOf(ringing)).hasSize(copies);
    }

    @Test
    @Proves({"J-5.7.1-b", "3262-3-a"})
    void anAnswerIsNotReliableForACallerWhoDoesNotSupportIt() {
        script.onRequest("doInvite", invite -> {
            assertThatThrownBy(() -> invite.createResponse(180).sendReliably()).isInstanceOf(Rel100Exception.class);
            invite.createResponse(183).send();
        });
        alice.invites();
        Message progress = alice.hears(183);
        assertThat(progress.header("RSeq")).isNull();
        assertThat(progress.headers("Require")).doesNotContain("100rel");
    }

    @Test
    @Proves({"J-5.7.1-b", "3262-3-a"})
    void a100AndAFinalAnswerAreNeverReliable() {
        script.onRequest("doInvite", invite -> {
            assertThatThrownBy(() -> invite.createResponse(100).sendReliably()).isInstanceOf(Rel100Exception.class);
            assertThatThrownBy(() -> invite.createResponse(200).sendReliably()).isInstanceOf(Rel100Exception.class);
            invite.createResponse(180).sendReliably();
        });
        invitesWith100rel();
        prack(alice.hears(180)).send();
        script.gets("doPrack");
        assertThat(alice.heard()).noneMatch(message -> message.status() == 200);
    }

    /** The container may refuse what cannot be sent yet, or keep it back. */
    private static boolean sentReliably(SipServletResponse response) throws Exception {
        try {
            response.sendReliably();
            return true;
        } catch (IllegalStateException tooEarly) {
            return false;
        }
    }

    @Test
    @Proves("3262-3-f")
    void theNextReliableAnswerIsOneHigherAndWaitsForThePrackOfTheFirst() throws Exception {
        script.onRequest("doInvite", invite -> invite.createResponse(180).sendReliably());
        script.onRequest("doPrack", prack -> prack.createResponse(200).send());
        invitesWith100rel();
        Message first = alice.hears(180);
        SipServletRequest invite = script.gets("doInvite").request();
        boolean sent = exchange.inOrder(invite.getApplicationSession(), () -> sentReliably(invite.createResponse(183)));
        alice.hearsNo(183, Duration.ofMillis(300));
        prack(first).send();
        alice.hears(200, "PRACK");
        if (!sent) {
            exchange.inOrder(invite.getApplicationSession(), () -> sentReliably(invite.createResponse(183)));
        }
        Message second = alice.hears(183);
        assertThat(Integer.parseInt(second.header("RSeq"))).isEqualTo(Integer.parseInt(first.header("RSeq")) + 1);
    }

    private Message ringingAcknowledged(Message atBob) throws Exception {
        Message ringing = bob.answer(atBob, 180)
                .header("Require", "100rel")
                .header("RSeq", 10)
                .send();
        exchange.sends(script.gets("doProvisionalResponse").response().createPrack());
        bob.answers(bob.hears("PRACK"), 200);
        script.gets("doSuccessResponse");
        return ringing;
    }

    private Message callsBobWith100rel() throws Exception {
        SipServletRequest invite = exchange.request("INVITE", bob);
        invite.addHeader("Supported", "100rel");
        exchange.sends(invite);
        return bob.hears("INVITE");
    }

    @Test
    @Proves("3262-4-a")
    void aReliableAnswerThatIsRepeatedIsNotShownAgain() throws Exception {
        bob.repeats(ringingAcknowledged(callsBobWith100rel()));
        script.getsNo("doProvisionalResponse", Duration.ofMillis(400));
    }

    @Test
    @Proves({"J-5.7.1-c", "3262-7.2-a"})
    void aReliableAnswerIsAcknowledgedByItsNumber() throws Exception {
        SipServletRequest invite = exchange.request("INVITE", bob);
        invite.addHeader("Supported", "100rel");
        exchange.sends(invite);
        Message atBob = bob.hears("INVITE");
        bob.answers(atBob, 183);
        SipServletResponse unreliable = script.gets("doProvisionalResponse").response();
        assertThatThrownBy(unreliable::createPrack).isInstanceOf(Rel100Exception.class);
        bob.answer(atBob, 180).header("Require", "100rel").header("RSeq", 777).send();
        SipServletResponse ringing = script.gets("doProvisionalResponse").response();
        exchange.sends(ringing.createPrack());
        Message prack = bob.hears("PRACK");
        assertThat(prack.header("RAck")).isEqualTo("777 " + atBob.cseq() + " INVITE");
        assertThat(prack.toTag()).isEqualTo("bob");
        assertThat(prack.callId()).isEqualTo(atBob.callId());
        assertThat(prack.cseq()).isGreaterThan(atBob.cseq());
        bob.answers(prack, 200);
        script.gets("doSuccessResponse");
        bob.accepts(atBob);
        SipServletResponse ok = script.gets("doSuccessResponse").response();
        assertThatThrownBy(ok::createPrack).isInstanceOf(Rel100Exception.class);
    }

    @Test
    @Proves({"J-5.7.1-d", "3262-3-e"})
    void aPrackForNothingIsAnswered481() {
        script.onRequest("doInvite", invite -> invite.createResponse(180).sendReliably());
        invitesWith100rel();
        Message ringing = alice.hears(180);
        int other = Integer.parseInt(ringing.header("RSeq")) + 5;
        prack(ringing).with("RAck", other + " " + ringing.header("CSeq")).send();
        alice.hears(481, "PRACK");
        assertThat(script.events("doPrack")).isEmpty();
    }

    @Test
    @Proves({"J-8-e", "3262-3-d"})
    void theApplicationIsToldOfAPrackThatDoesNotComeAndTheCallIsRefused() {
        script.onRequest("doInvite", invite -> invite.createResponse(180).sendReliably());
        invitesWith100rel();
        alice.hears(180);
        SipErrorEvent event = (SipErrorEvent) script.gets("noPrackReceived").subject();
        assertThat(event.getRequest().getMethod()).isEqualTo("INVITE");
        assertThat(event.getResponse().getStatus()).isEqualTo(180);
        assertThat(alice.hears("5xx", message -> message.status() / 100 == 5).method())
                .isEqualTo("INVITE");
    }

    @Test
    @Proves("3262-3-g")
    void a200WaitsForThePrackOfAnAnswerWithASessionDescription() throws Exception {
        script.onRequest("doInvite", invite -> {
            SipServletResponse progress = invite.createResponse(183);
            progress.setContent(Phone.SDP, "application/sdp");
            progress.sendReliably();
        });
        script.onRequest("doPrack", prack -> prack.createResponse(200).send());
        invitesWith100rel();
        Message progress = alice.hears(183);
        SipServletRequest invite = script.gets("doInvite").request();
        boolean sent = exchange.inOrder(invite.getApplicationSession(), () -> {
            try {
                invite.createResponse(200).send();
                return true;
            } catch (IllegalStateException tooEarly) {
                return false;
            }
        });
        alice.hearsNo(200, Duration.ofMillis(300));
        prack(progress).send();
        alice.hears(200, "PRACK");
        if (!sent) {
            exchange.sends(invite.createResponse(200));
        }
        alice.hears(200, "INVITE");
    }

    @Test
    @Proves("3262-4-a")
    void aReliableAnswerThatIsOutOfOrderIsNotShown() throws Exception {
        Message atBob = callsBobWith100rel();
        ringingAcknowledged(atBob);
        bob.answer(atBob, 183).header("Require", "100rel").header("RSeq", 12).send();
        script.getsNo("doProvisionalResponse", Duration.ofMillis(400));
    }

    @Test
    @Proves("3262-3-b")
    void aCallerWhoRequiresReliabilityGetsNoOtherProvisionalAnswers() {
        script.onRequest("doInvite", invite -> invite.createResponse(180).send());
        alice.request("INVITE").header("Require", "100rel").send();
        assertThat(alice.hears(180).headers("Require")).contains("100rel");
    }
}
