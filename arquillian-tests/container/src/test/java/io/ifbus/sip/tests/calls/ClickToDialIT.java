// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.Phone;
import io.ifbus.sip.phones.RawPeer;
import io.ifbus.sip.phones.Traced;
import io.ifbus.sip.phones.Traced.Way;
import io.ifbus.sip.tests.server.ApiCall;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two people whom the API brings together. */
class ClickToDialIT {

    private static final double ALICES_TONE = 440;
    private static final double BOBS_TONE = 660;

    @RegisterExtension
    final Story story = new Story();

    private final Phone alice = story.phone("alice", ALICES_TONE);
    private final Phone bob = story.phone("bob", BOBS_TONE);

    @Test
    void bothAreRungAndHearEachOther() {
        ApiCall call = story.connects(alice, bob);
        alice.rings();
        call.becomes("ringing");
        assertThat(bob.trace()).isEmpty();
        alice.answers();
        bob.rings().answers();
        alice.talks().hearsTone(BOBS_TONE);
        bob.talks().hearsTone(ALICES_TONE);
        call.becomes("connected").hangUp();
        alice.hears("BYE").isIdle();
        bob.hears("BYE").isIdle();
        call.ends("completed", 200, "api");
        assertThat(call.states())
                .containsExactly("created", "dialing", "ringing", "connected", "hanging_up", "terminated");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void byTcpTheyHearEachOtherToo(boolean both) {
        Phone carol = story.phone(Phone.named("carol").tone(880).overTcp());
        Phone dave = both ? story.phone(Phone.named("dave").tone(BOBS_TONE).overTcp()) : bob;
        ApiCall call = story.talking(carol, dave);
        carol.hearsTone(BOBS_TONE);
        dave.hearsTone(880);
        assertThat(carol.trace())
                .filteredOn(message ->
                        message.way() == Way.RECEIVED && !message.kind().contains(" "))
                .isNotEmpty()
                .allMatch(message -> message.header("Via").orElseThrow().startsWith("SIP/2.0/TCP"));
        carol.hangsUp();
        dave.hears("BYE");
        call.ends("completed", 200, "caller");
    }

    @Nested
    class BeforeAnyoneAnswers {

        @Test
        void hangingUpCancelsTheFirst() {
            ApiCall call = story.connects(alice, bob);
            alice.rings();
            call.becomes("ringing").hangUp();
            alice.hears("CANCEL").hears("ACK").isIdle();
            assertThat(alice.sent("487 INVITE")).isOne();
            call.ends("cancelled", 200, "api");
            assertThat(bob.trace()).isEmpty();
        }

        /** RFC 3261 section 9.1: no CANCEL before a provisional response. */
        @Test
        void hangingUpWaitsForAnyAnswerBeforeItCancels() throws IOException {
            try (RawPeer peer = new RawPeer()) {
                ApiCall call = story.api().connect(peer.uri(), bob.uri());
                peer.hears("INVITE");
                call.hangUp().becomes("hanging_up");
                peer.hearsOnly("INVITE", Duration.ofMillis(1200));
                peer.hears("INVITE").answers(180, "Ringing");
                peer.hears("CANCEL").answers(200, "OK").answersInvite(487, "Request Terminated");
                peer.hears("ACK");
                call.ends("cancelled", 200, "api");
            }
        }

        @Test
        void theFirstRejects() {
            ApiCall call = story.connects(alice, bob);
            alice.rings().rejects(603).hears("ACK");
            call.ends("failed", 603, "caller");
            assertThat(bob.trace()).isEmpty();
        }

        @Test
        void theFirstIsBusy() {
            ApiCall call = story.connects(alice, bob);
            alice.rejects(486).hears("ACK");
            call.ends("busy", 486, "caller");
        }

        @Test
        void nobodyIsThere() {
            ApiCall call = story.connects(alice, bob, Map.of("timeout", 1));
            alice.rings().hears("CANCEL").hears("ACK").isIdle();
            call.ends("no_answer", 408, "system");
        }
    }

    @Nested
    class WhileTheSecondRings {

        private ApiCall call;

        private ApiCall secondRings(Map<String, ?> options) {
            call = story.connects(alice, bob, options);
            alice.rings().answers();
            bob.rings();
            return call.becomes("ringing");
        }

        @Test
        void hangingUpEndsBoth() {
            secondRings(Map.of()).hangUp();
            bob.hears("CANCEL").hears("ACK").isIdle();
            alice.hears("BYE").isIdle();
            assertThat(bob.sent("487 INVITE")).isOne();
            call.ends("cancelled", 200, "api");
        }

        @Test
        void theFirstHangsUp() {
            secondRings(Map.of());
            alice.talks().hangsUp();
            bob.hears("CANCEL").hears("ACK").isIdle();
            alice.hears(200, "BYE").isIdle();
            call.ends("cancelled", 487, "caller");
        }

        @Test
        void theSecondIsBusyAndTheFirstIsToldWhy() {
            secondRings(Map.of());
            bob.rejects(486).hears("ACK");
            alice.hears("BYE").isIdle();
            assertThat(heard(alice, "BYE").header("Reason").orElseThrow())
                    .startsWith("SIP")
                    .contains("cause=486");
            call.ends("busy", 486, "callee");
        }

        @Test
        void theSecondRejects() {
            secondRings(Map.of());
            bob.rejects(603).hears("ACK");
            alice.hears("BYE").isIdle();
            call.ends("failed", 603, "callee");
        }

        @Test
        void theSecondDoesNotAnswer() {
            secondRings(Map.of("timeout", 1));
            bob.hears("CANCEL").hears("ACK").isIdle();
            alice.hears("BYE").isIdle();
            assertThat(heard(alice, "BYE").header("Reason").orElseThrow()).contains("cause=480");
            call.ends("no_answer", 408, "system");
        }
    }

    @Nested
    class OnceTheyTalk {

        @Test
        void theFirstHangsUp() {
            ApiCall call = story.talking(alice, bob);
            alice.hangsUp();
            bob.hears("BYE").isIdle();
            alice.hears(200, "BYE").isIdle();
            call.ends("completed", 200, "caller");
        }

        @Test
        void theSecondHangsUp() {
            ApiCall call = story.talking(alice, bob);
            bob.hangsUp();
            alice.hears("BYE").isIdle();
            bob.hears(200, "BYE").isIdle();
            call.ends("completed", 200, "callee");
        }

        @Test
        void bothHangUpAtOnce() {
            ApiCall call = story.talking(alice, bob);
            alice.hangsUp();
            bob.hangsUp();
            alice.hears(200, "BYE").isIdle();
            bob.hears(200, "BYE").isIdle();
            call.becomes("terminated");
            assertThat(call.look().text("result")).isEqualTo("completed");
        }

        @Test
        void oneHoldsAndResumes() {
            ApiCall call = story.talking(alice, bob);
            bob.hearsTone(ALICES_TONE);
            alice.holds().hearsSilence();
            alice.resumes().hearsTone(BOBS_TONE);
            bob.hearsTone(ALICES_TONE);
            call.hangUp().ends("completed", 200, "api");
        }

        @Test
        void hangingUpTwiceIsHangingUpOnce() {
            ApiCall call = story.talking(alice, bob);
            call.hangUp().hangUp();
            alice.hears("BYE").isIdle();
            bob.hears("BYE").isIdle();
            call.ends("completed", 200, "api").hangUp().ends("completed", 200, "api");
            assertThat(alice.received("BYE")).isOne();
            assertThat(bob.received("BYE")).isOne();
        }
    }

    private static Traced heard(Phone phone, String kind) {
        return phone.trace().stream()
                .filter(message ->
                        message.way() == Way.RECEIVED && message.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }
}
