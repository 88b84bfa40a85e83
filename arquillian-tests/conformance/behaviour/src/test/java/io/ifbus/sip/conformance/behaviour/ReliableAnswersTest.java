// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.container.Proves;
import java.time.Duration;
import javax.servlet.sip.Rel100Exception;
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
}
