// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.PhoneCall.State;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Phones that answer late, wrongly or not at all once a call is up, because the story has it so. */
class OddTalksTest {

    private final Phone alice = Phone.named("alice").withoutAudio().switchedOn();
    private final Phone bob = Phone.named("bob").withoutAudio().switchedOn();

    @AfterEach
    void switchOff() {
        for (Phone phone : new Phone[] {alice, bob}) {
            phone.close();
            assertThat(phone.failures()).as(phone.name()).isEmpty();
        }
    }

    @BeforeEach
    void up() {
        alice.calls(bob.uri());
        bob.rings().answers().talks();
        alice.talks();
    }

    @Test
    void inactiveIsAnsweredInactive() {
        alice.holdsInactive();
        assertThat(alice.lastReceived("200 INVITE").body()).contains("a=inactive");
        alice.resumes();
        assertThat(alice.lastReceived("200 INVITE").body()).contains("a=sendrecv");
    }

    @ParameterizedTest
    @ValueSource(ints = {488, 500})
    void aRefusedChangeChangesNothing(int status) {
        bob.nextTime("INVITE", Reply.of(status));
        alice.holds().hears(status).talks();
        alice.reinvites();
        assertThat(alice.lastSent("INVITE").body()).contains("a=sendrecv");
    }

    @Test
    void aChangeThatMeetsAnotherIsTriedAgain() {
        bob.nextTime("INVITE", Reply.of(491));
        alice.call().reinvite(true);
        alice.hears(491).waits("try again", () -> !alice.call().isReinviting());
    }

    @Test
    void whoKnowsNothingOfTheCallEndsIt() {
        bob.nextTime("INVITE", Reply.of(481));
        alice.call().reinvite(true);
        alice.hears(481).isIdle();
        bob.hears("BYE").isIdle();
    }

    @Test
    void aChangeIsAnsweredLate() {
        bob.nextTime("INVITE", Reply.usual().after(Duration.ofMillis(400)));
        alice.holds();
        assertThat(alice.received("100 INVITE")).isEqualTo(1);
        bob.defers("INVITE");
        alice.call().reinvite(false);
        bob.answersDeferred("INVITE", Reply.usual());
        alice.waits("get its answer", () -> !alice.call().isReinviting());
    }

    @Test
    void aChangeIsNotHeard() {
        bob.deafTo("INVITE");
        alice.call().reinvite(true);
        bob.waits("see three copies", () -> bob.received("INVITE") == 4);
        assertThat(alice.received("100 INVITE")).isZero();
        assertThat(alice.call().isReinviting()).isTrue();
    }

    @Test
    void updatesWithAnOfferAndWithout() {
        alice.updates().hears(200, "UPDATE");
        assertThat(bob.lastReceived("UPDATE").body()).isEmpty();
        alice.updates(Direction.SENDONLY).hears(200, "UPDATE");
        assertThat(alice.lastReceived("200 UPDATE").body()).contains("a=recvonly");
        bob.updates().hears(200, "UPDATE");
        bob.nextTime("UPDATE", Reply.of(491).with("X-IF-Why", "glare"));
        alice.updates(Direction.SENDRECV).hears(491, "UPDATE");
        assertThat(alice.lastReceived("491 UPDATE").header("X-IF-Why")).hasValue("glare");
    }

    @Test
    void aPhoneWithoutUpdateSaysSo() {
        try (Phone carol = Phone.named("carol").withoutAudio().without("UPDATE").switchedOn()) {
            alice.calls(carol.uri());
            carol.answers().talks();
            alice.talks();
            assertThat(alice.lastReceived("200 INVITE").header("Allow").orElseThrow())
                    .doesNotContain("UPDATE");
            alice.updates().hears(405, "UPDATE");
        }
    }

    @Test
    void keysArePressed() {
        alice.presses("12#");
        bob.hearsKeys("12#").presses("*0");
        alice.hearsKeys("*0");
        assertThat(bob.lastReceived("INFO").header("Content-Type")).hasValue("application/dtmf-relay");
        assertThat(bob.lastReceived("INFO").body()).isEqualTo("Signal=#\r\nDuration=160\r\n");
    }

    @Test
    void anInfoThatIsRepeatedIsOneKey() {
        alice.presses("7");
        bob.hearsKeys("7");
        String text = bob.lastReceived("INFO").text();
        alice.hears(200, "INFO").updates().hears(200, "UPDATE").repeats("INFO");
        bob.waits("get it twice", () -> bob.received("INFO") == 2);
        assertThat(bob.lastReceived("INFO").text()).isEqualTo(text);
        alice.waits("get the same answer twice", () -> alice.received("200 INFO") == 2);
        assertThat(bob.call().digits()).isEqualTo("7");
    }

    @Test
    void anotherInfoWithTheSameCSeqIsNoKey() {
        alice.presses("7").hears(200, "INFO").repeatsAnew("INFO");
        bob.waits("see both", () -> bob.received("INFO") == 2);
        assertThat(bob.trace().stream()
                        .filter(line -> line.kind().equals("INFO"))
                        .map(Traced::transaction))
                .doesNotHaveDuplicates();
        alice.presses("8");
        bob.waits("hear the next key", () -> bob.call().digits().endsWith("8"));
        assertThat(bob.call().digits()).isEqualTo("78");
    }

    @Test
    void theFarSideStaysSilentWhenHungUp() {
        bob.deafTo("BYE");
        alice.hangsUp();
        bob.waits("see the BYE twice", () -> bob.received("BYE") == 2);
        assertThat(alice.call().state()).isEqualTo(State.HANGING_UP);
        bob.talks().call().forget();
        bob.isIdle();
    }

    @Test
    void theFarSideHearsTheByeButSaysNothing() {
        bob.eachTime("BYE", Reply.silence());
        alice.hangsUp();
        bob.hears("BYE").isIdle();
        assertThat(bob.sent("200 BYE")).isZero();
    }

    @Test
    void byesCrossAndOursIsAnsweredFirst() {
        bob.defers("BYE");
        alice.defers("BYE");
        alice.hangsUp();
        bob.hears("BYE").hangsUp();
        alice.hears("BYE");
        alice.answersDeferred("BYE", Reply.usual());
        bob.hears(200, "BYE");
        assertThat(alice.call().state()).isEqualTo(State.ENDED);
        bob.answersDeferred("BYE", Reply.usual());
        alice.hears(200, "BYE").isIdle();
        bob.isIdle();
    }

    @Test
    void byesCrossAndTheirsIsAnsweredFirst() {
        bob.defers("BYE");
        alice.defers("BYE").hangsUp();
        bob.hears("BYE").hangsUp();
        alice.hears("BYE");
        bob.answersDeferred("BYE", Reply.usual());
        alice.hears(200, "BYE");
        alice.answersDeferred("BYE", Reply.of(481));
        bob.hears(481, "BYE").isIdle();
        alice.isIdle();
    }

    @Test
    void hangsUpWithAReason() {
        alice.addsTo("BYE", "Reason", "SIP;cause=200;text=\"Call completed elsewhere\"")
                .hangsUp()
                .isIdle();
        assertThat(bob.lastReceived("BYE").header("Reason").orElseThrow()).startsWith("SIP;cause=200");
    }
}
