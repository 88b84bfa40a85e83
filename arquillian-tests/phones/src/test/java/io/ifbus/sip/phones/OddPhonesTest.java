// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.PhoneCall.State;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Phones that answer late, wrongly or not at all, because the story has it so. */
class OddPhonesTest {

    private final Phone alice = Phone.named("alice").withoutAudio().switchedOn();
    private final Phone bob = Phone.named("bob").withoutAudio().switchedOn();

    @AfterEach
    void switchOff() {
        for (Phone phone : new Phone[] {alice, bob}) {
            phone.close();
            assertThat(phone.failures()).as(phone.name()).isEmpty();
        }
    }

    @Nested
    class ToAFirstInvite {

        @Test
        void ringsLateAndAfterSeveralOthers() {
            bob.automatically(new Autopilot.RingsLate(Duration.ofMillis(400)));
            alice.calls(bob.uri()).hears(100).hears(180);
            bob.call().progress(181);
            bob.call().progress(183);
            alice.hears(181).hears(183);
            assertThat(alice.lastReceived("183 INVITE").body()).contains("m=audio");
            bob.answers().talks();
            alice.talks();
        }

        @Test
        void redirects() {
            alice.calls(bob.uri());
            bob.redirects("sip:carol@127.0.0.1:5090", "sip:dave@127.0.0.1:5091");
            alice.hears(302).isIdle();
            assertThat(alice.lastReceived("302 INVITE").text())
                    .contains("<sip:carol@127.0.0.1:5090>;q=1.0", "<sip:dave@127.0.0.1:5091>;q=0.9");
        }

        @Test
        void saysWhenToComeAgain() {
            alice.calls(bob.uri());
            bob.rejects(503, Map.of("Retry-After", "7"));
            alice.hears(503).isIdle();
            assertThat(alice.lastReceived("503 INVITE").header("Retry-After")).hasValue("7");
        }

        @Test
        void doesNotEvenHearIt() {
            bob.deafTo("INVITE");
            alice.calls(bob.uri());
            bob.waits("see two copies", () -> bob.received("INVITE") == 2);
            assertThat(alice.received("100 INVITE")).isZero();
            assertThat(bob.allCalls()).isEmpty();
            bob.hearsAgain("INVITE").rings();
            alice.hears(180);
        }

        @ParameterizedTest
        @CsvSource({"401, MD5", "407, MD5", "401, SHA-256", "407, SHA-256"})
        void asksForCredentials(int status, String algorithm) {
            bob.challenges(status, algorithm, "alice", "secret");
            alice.knows("alice", "secret").calls(bob.uri()).hears(status);
            bob.answers().talks();
            alice.talks();
            assertThat(bob.received("INVITE")).isEqualTo(2);
        }

        @Test
        void refusesWrongCredentials() {
            bob.challenges(401, "MD5", "alice", "secret");
            alice.knows("alice", "wrong").calls(bob.uri());
            alice.hears(401).hears(401).isIdle();
            assertThat(bob.allCalls()).isEmpty();
        }

        @Test
        void refusesWhoHasNoCredentials() {
            bob.challenges(407, "SHA-256", "alice", "secret");
            alice.calls(bob.uri()).hears(407).isIdle();
            assertThat(alice.call().finalStatus()).hasValue(407);
        }

        @Test
        void isAnsweredThoughItWasCancelled() {
            bob.nextTime("CANCEL", Reply.of(200));
            alice.calls(bob.uri());
            bob.rings();
            alice.hears(180).cancels().hears(200, "CANCEL");
            bob.answers();
            bob.hears("BYE").isIdle();
            alice.hears(200).isIdle();
            assertThat(alice.trace())
                    .extracting(Traced::kind)
                    .containsSubsequence("200 CANCEL", "200 INVITE", "ACK", "BYE");
        }

        @Test
        void isCancelledThoughItWasAnswered() {
            alice.deafTo("200 INVITE").calls(bob.uri());
            bob.rings();
            alice.hears(180);
            bob.answers();
            alice.cancels();
            bob.waits("see the CANCEL", () -> bob.received("CANCEL") == 1); // the stack answers it by itself
            alice.hearsAgain("200 INVITE").hears(200);
            bob.hears("BYE").isIdle();
            assertThat(bob.sent("487 INVITE")).isZero();
        }

        @Test
        void isNeverAcknowledged() {
            alice.neverAcknowledges().calls(bob.uri());
            bob.answers();
            alice.talks();
            bob.waits("say it again", () -> bob.sent("200 INVITE") == 3);
            assertThat(alice.sent("ACK")).isZero();
            assertThat(bob.call().state()).isEqualTo(State.ANSWERED);
        }

        @Test
        void isBiggerThanAFrame() {
            try (Phone carol = Phone.named("carol").withoutAudio().wordy(1500).switchedOn()) {
                carol.calls(bob.uri());
                bob.rings().answers();
                carol.talks();
                assertThat(bob.lastReceived("INVITE").body().length()).isGreaterThan(1500);
                assertThat(bob.lastReceived("INVITE").header("Via").orElseThrow())
                        .startsWith("SIP/2.0/UDP");
                bob.calls(carol.uri());
                carol.answers();
                bob.talks();
                assertThat(bob.lastReceived("200 INVITE").body().length()).isGreaterThan(1500);
            }
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                Session-ID          | 47755a9de7794ba387653f2099600ef2;remote=00000000000000000000000000000000
                History-Info        | <sip:bob@127.0.0.1>;index=1, <sip:carol@127.0.0.1>;index=1.1
                Reason              | SIP;cause=480;text="Not there"
                Privacy             | id
                P-Asserted-Identity | "Alice" <sip:+441234@127.0.0.1>
                X-IF-Trace-ID       | if://call/1
                """)
        void hasSpecialHeaders(String name, String value) {
            alice.adds(name, value).calls(bob.uri());
            bob.rings();
            String first = value.split(", ")[0];
            assertThat(bob.lastReceived("INVITE").header(name).orElseThrow()).startsWith(first);
            assertThat(bob.lastReceived("INVITE").text())
                    .contains(value.substring(value.lastIndexOf(", ") + 1).trim());
        }
    }

    @Nested
    class OnceItIsUp {

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
            try (Phone carol =
                    Phone.named("carol").withoutAudio().without("UPDATE").switchedOn()) {
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
            alice.hears(200, "INFO").repeats("INFO");
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
}
