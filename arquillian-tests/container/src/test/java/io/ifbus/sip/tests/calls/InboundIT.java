// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.Phone;
import io.ifbus.sip.phones.Ports;
import io.ifbus.sip.tests.server.ApiCall;
import java.io.IOException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Phones that call the server, which looks into its route table. */
class InboundIT {

    private static final double ALICES_TONE = 440;
    private static final double BOBS_TONE = 660;

    @RegisterExtension
    final Story story = new Story();

    private final Phone alice = story.phone("alice", ALICES_TONE);

    @Test
    void whoHasNoRouteIsNotFound() {
        alice.calls(story.server().sipUri("nobody"));
        alice.hears(404).isIdle();
        story.inbound().ends("failed", 404, "system");
    }

    @Nested
    class AtTheEcho {

        @ParameterizedTest
        @ValueSource(strings = {"", ";transport=tcp"})
        void callersHearThemselves(String transport) {
            alice.calls(story.server().sipUri("echo") + transport);
            alice.hears(200).talks().hearsTone(ALICES_TONE);
            ApiCall call = story.inbound().becomes("connected");
            alice.hangsUp();
            alice.hears(200, "BYE").isIdle();
            call.ends("completed", 200, "caller");
        }

        @Test
        void theApiHangsUp() {
            alice.calls(story.server().sipUri("echo"));
            alice.talks();
            story.inbound().hangUp().ends("completed", 200, "api");
            alice.hears("BYE").isIdle();
        }
    }

    @Nested
    class BehindARoute {

        private final Phone bob = story.phone("bob", BOBS_TONE);

        @Test
        void bothHearEachOtherAndTheCallerHangsUp() {
            ApiCall call = talking();
            alice.hearsTone(BOBS_TONE);
            bob.hearsTone(ALICES_TONE);
            alice.hangsUp();
            bob.hears("BYE").isIdle();
            alice.hears(200, "BYE").isIdle();
            call.ends("completed", 200, "caller");
            assertThat(call.states()).containsExactly("incoming", "connected", "hanging_up", "terminated");
        }

        @Test
        void theCalleeHangsUp() {
            ApiCall call = talking();
            bob.hangsUp();
            alice.hears("BYE").isIdle();
            bob.hears(200, "BYE").isIdle();
            call.ends("completed", 200, "callee");
        }

        @Test
        void theApiHangsUp() {
            ApiCall call = talking();
            call.hangUp();
            alice.hears("BYE").isIdle();
            bob.hears("BYE").isIdle();
            call.ends("completed", 200, "api");
        }

        @Test
        void theCallerHoldsAndResumes() {
            ApiCall call = talking();
            bob.hearsTone(ALICES_TONE);
            alice.holds().hearsSilence();
            alice.resumes().hearsTone(BOBS_TONE);
            bob.hearsTone(ALICES_TONE).hangsUp();
            alice.hears("BYE");
            call.ends("completed", 200, "callee");
        }

        @Test
        void theCallerGivesUp() {
            alice.calls(story.numberOf(bob));
            bob.rings();
            alice.hears(180).cancels();
            bob.hears("CANCEL").hears("ACK").isIdle();
            alice.hears(487).isIdle();
            story.inbound().ends("cancelled", 487, "caller");
        }

        @Test
        void theCalleeIsBusy() {
            alice.calls(story.numberOf(bob));
            bob.rejects(486).hears("ACK");
            alice.hears(486).isIdle();
            story.inbound().ends("busy", 486, "callee");
        }

        @Test
        void theApiHangsUpWhileItRings() {
            alice.calls(story.numberOf(bob));
            bob.rings();
            alice.hears(180);
            ApiCall call = story.inbound().hangUp();
            bob.hears("CANCEL").hears("ACK").isIdle();
            alice.isIdle();
            assertThat(alice.call().finalStatus().orElseThrow()).isGreaterThanOrEqualTo(400);
            call.ends("cancelled", 200, "api");
        }

        @Test
        void nobodyIsAtTheOtherEnd() throws IOException {
            alice.calls("sip:" + Ports.freeForSip() + "@localhost:"
                    + story.server().ports().sip());
            alice.waits("be refused", () -> alice.call().finalStatus().isPresent());
            // RFC 3261 section 16.7 step 6: a 503 of another's is not the caller's to act on
            assertThat(alice.call().finalStatus()).hasValue(500);
            story.inbound().ends("failed", 503, "callee");
        }

        private ApiCall talking() {
            alice.calls(story.numberOf(bob));
            bob.rings();
            alice.hears(180);
            bob.answers();
            alice.talks();
            bob.talks();
            return story.inbound().becomes("connected");
        }
    }

    @Nested
    class BehindARouteByTcp {

        @Test
        void bothHearEachOther() {
            Phone bob = story.phone("bob", BOBS_TONE);
            alice.calls(
                    "sip:" + bob.port() + "@localhost:" + story.server().ports().sip() + ";transport=tcp");
            bob.rings().answers();
            alice.talks().hearsTone(BOBS_TONE);
            bob.talks().hearsTone(ALICES_TONE);
            assertThat(bob.trace())
                    .filteredOn(message -> message.kind().equals("INVITE"))
                    .as("%s", bob.trace().get(0).text())
                    .allMatch(message -> message.header("Via").orElseThrow().startsWith("SIP/2.0/TCP"));
            bob.hangsUp();
            alice.hears("BYE").isIdle();
        }
    }
}
