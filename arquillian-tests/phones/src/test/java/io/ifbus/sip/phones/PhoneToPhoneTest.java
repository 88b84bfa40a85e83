// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ifbus.sip.phones.PhoneCall.State;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneToPhoneTest {

    private final Phone alice = Phone.named("alice").tone(440).switchedOn();
    private final Phone bob = Phone.named("bob").tone(660).switchedOn();

    @AfterEach
    void switchOff() {
        alice.close();
        bob.close();
        assertThat(alice.failures()).isEmpty();
        assertThat(bob.failures()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void bothHearTheOther(boolean tcp) {
        alice.calls(bob.uri() + (tcp ? ";transport=tcp" : ""));
        bob.rings();
        alice.hears(180);
        bob.answers();
        alice.hears(200).talks().hearsTone(660);
        bob.hears("ACK").talks().hearsTone(440);
        assertThat(bob.call().audio().orElseThrow().packetsWith(660))
                .as("of himself, but for a straggler of an earlier call at the same port")
                .isLessThanOrEqualTo(1);
        assertThat(bob.trace().get(0).header("Via").orElseThrow()).startsWith(tcp ? "SIP/2.0/TCP" : "SIP/2.0/UDP");

        bob.hangsUp();
        alice.hears("BYE").isIdle();
        bob.hears(200, "BYE").isIdle();
        assertThat(bob.inviteRetransmissions()).isZero();
        assertThat(alice.duplicateOks()).isZero();
    }

    @Test
    void aPhoneThatPrefersTcpIsCalledAndCallsByTcp() {
        try (Phone carol = Phone.named("carol").overTcp().switchedOn()) {
            alice.calls(carol.uri());
            carol.answers().talks();
            carol.hangsUp();
            alice.hears("BYE").isIdle();
            carol.isIdle().calls(bob.uri());
            bob.answers().talks();
            bob.hangsUp();
            carol.hears("BYE").isIdle();
            assertThat(carol.trace())
                    .allMatch(line -> line.header("Via").orElseThrow().startsWith("SIP/2.0/TCP"));
        }
    }

    @Test
    void theAnswererMakesTheOfferWhenTheInviteHasNone() {
        alice.callsWithoutOffer(bob.uri());
        bob.rings().answers();
        alice.talks().hearsTone(660);
        bob.talks().hearsTone(440);
        assertThat(body(bob, "INVITE")).isEmpty();
        assertThat(body(alice, "200 INVITE")).contains("m=audio");
        assertThat(body(bob, "ACK")).contains("m=audio");
    }

    @Test
    void theTraceShowsEachMessageInOrder() {
        alice.calls(bob.uri());
        bob.rings().answers().talks();
        alice.talks();
        alice.hangsUp();
        bob.hears("BYE");
        alice.hears(200, "BYE").isIdle();
        assertThat(alice.trace())
                .extracting(line -> line.way() + " " + line.kind())
                .containsExactly(
                        "SENT INVITE",
                        "RECEIVED 180 INVITE",
                        "RECEIVED 200 INVITE",
                        "SENT ACK",
                        "SENT BYE",
                        "RECEIVED 200 BYE");
    }

    @Nested
    class BeforeTheAnswer {

        @Test
        void theCallerGivesUp() {
            alice.calls(bob.uri());
            bob.rings();
            alice.hears(180).cancels();
            bob.hears("CANCEL").isIdle();
            alice.hears(200, "CANCEL").hears(487).isIdle();
            bob.hears("ACK");
            assertThat(alice.call().finalStatus()).hasValue(487);
        }

        @Test
        void noCancelLeavesBeforeAProvisionalResponse() {
            alice.calls(bob.uri());
            alice.cancels();
            assertThat(alice.sent("CANCEL")).isZero();
            bob.rings().hears("CANCEL").isIdle();
            alice.hears(487).isIdle();
        }

        @Test
        void anAnswerThatCrossesTheCancelIsAcknowledgedAndHungUp() {
            alice.on("180 INVITE", PhoneCall::hangUp);
            bob.on("CANCEL", call -> {});
            bob.on("INVITE", call -> {
                call.ring();
                call.answer();
            });
            alice.calls(bob.uri());
            bob.hears("INVITE");
            bob.hears("BYE").isIdle();
            alice.isIdle();
            assertThat(alice.sent("ACK")).isPositive();
        }

        @Test
        void theCalleeIsBusy() {
            alice.calls(bob.uri());
            bob.rings().rejects(486);
            alice.hears(486).isIdle();
            bob.hears("ACK");
            assertThat(alice.call().finalStatus()).hasValue(486);
        }

        @Test
        void nobodyListensOnTcp() throws Exception {
            alice.calls("sip:nobody@127.0.0.1:" + Ports.freeForSip() + ";transport=tcp");
            alice.isIdle();
            assertThat(alice.call().finalStatus()).hasValue(503);
        }

        @Test
        void anOfferWithoutOurCodecIsRefused() {
            try (Phone odd =
                    Phone.named("odd").negotiates(media -> new OpusOnly()).switchedOn()) {
                odd.calls(bob.uri());
                bob.rings().answers();
                odd.hears(488).isIdle();
            }
        }
    }

    @Nested
    class OnceItIsUp {

        @Test
        void holdSilencesOnePartyAndResumeBringsItBack() {
            up();
            alice.holds().hearsSilence();
            assertThat(body(alice, "200 INVITE")).contains("a=recvonly");
            alice.resumes().hearsTone(660);
            bob.hearsTone(440);
            assertThat(alice.trace())
                    .filteredOn(
                            line -> line.way() == Traced.Way.SENT && line.kind().equals("INVITE"))
                    .extracting(line -> Sdp.parse(line.body()).version())
                    .containsExactly(1L, 2L, 3L);
        }

        @Test
        void bothHoldMeansSilence() {
            up();
            alice.holds();
            bob.holds();
            alice.hearsSilence();
            bob.hearsSilence();
            alice.resumes();
            assertThat(body(alice, "200 INVITE")).contains("a=sendonly");
            bob.resumes();
            alice.hearsTone(660);
            bob.hearsTone(440);
        }

        @Test
        void aReinviteWithoutAnOfferKeepsTheCallGoing() {
            up();
            alice.reinvitesWithoutOffer();
            bob.hears("ACK").hears("ACK");
            alice.hearsTone(660);
            assertThat(body(bob, "ACK")).contains("m=audio");
        }

        @Test
        void reinvitesThatMeetAreBothDoneInTheEnd() {
            up();
            alice.call().reinvite(true);
            bob.call().reinvite(true);
            alice.waits("finish", () -> !alice.call().isReinviting()).hearsSilence();
            bob.waits("finish", () -> !bob.call().isReinviting()).hearsSilence();
        }

        @Test
        void aCalleeThatHangsUpAtOnceWaitsForTheAck() {
            alice.calls(bob.uri());
            bob.rings();
            bob.answers().hangsUp();
            alice.hears("BYE").isIdle();
            bob.isIdle();
            assertThat(bob.trace()).extracting(Traced::kind).containsSubsequence("200 INVITE", "ACK", "BYE");
        }

        @Test
        void bothHangUpAtTheSameInstant() {
            up();
            alice.call().hangUp();
            bob.call().hangUp();
            alice.isIdle();
            bob.isIdle();
        }

        private void up() {
            alice.calls(bob.uri());
            bob.rings().answers().talks().hearsTone(440);
            alice.talks().hearsTone(660);
        }
    }

    @Nested
    class OnAutopilot {

        @Test
        void answersAndHangsUp() {
            bob.automatically(new Autopilot.HangsUp(Duration.ofMillis(100), Duration.ofMillis(100)));
            alice.calls(bob.uri());
            alice.hears(180).hears(200).talks().hears("BYE").isIdle();
        }

        @Test
        void takesManyCallsAtOnce() {
            bob.automatically(new Autopilot.Answers(Duration.ofMillis(50)));
            try (Phone crowd = Phone.named("crowd").withoutAudio().switchedOn()) {
                for (int i = 0; i < 20; i++) crowd.calls(bob.uri());
                crowd.waits("have all calls up", () -> crowd.allCalls().stream()
                        .allMatch(call -> call.state() == State.TALKING));
                crowd.allCalls().forEach(PhoneCall::hangUp);
                crowd.isIdle();
                bob.isIdle();
                assertThat(bob.allCalls()).hasSize(20);
            }
        }

        @Test
        void rejects() {
            bob.automatically(new Autopilot.Rejects(603));
            alice.calls(bob.uri());
            alice.hears(603).isIdle();
        }
    }

    @Test
    void aStepThatWaitsInVainTellsWhatThePhoneSaw() {
        alice.waitsAtMost(Duration.ofMillis(100)).calls(bob.uri());
        assertThatThrownBy(() -> alice.hears(486))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("alice did not hear 486 INVITE")
                .hasMessageContaining("-> INVITE");
    }

    @Test
    void extraHeadersGoOut() {
        alice.adds("X-IF-Trace-ID", "if://call/1").calls(bob.uri());
        bob.rings();
        assertThat(bob.trace().get(0).header("X-IF-Trace-ID")).hasValue("if://call/1");
    }

    private static String body(Phone phone, String kind) {
        return phone.trace().stream()
                .filter(line -> line.kind().equals(kind))
                .reduce((earlier, later) -> later)
                .orElseThrow()
                .body();
    }
}
