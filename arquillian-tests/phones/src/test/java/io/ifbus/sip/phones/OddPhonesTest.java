// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.PhoneCall.State;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Phones that answer a first INVITE late, wrongly or not at all, because the story has it so. */
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
            assertThat(bob.lastReceived("INVITE").header("Via").orElseThrow()).startsWith("SIP/2.0/UDP");
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
