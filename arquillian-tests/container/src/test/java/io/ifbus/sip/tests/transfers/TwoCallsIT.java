// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.transfers;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.Phone;
import io.ifbus.sip.phones.PhoneCall;
import io.ifbus.sip.phones.Referral;
import io.ifbus.sip.phones.Replaced;
import io.ifbus.sip.phones.Reply;
import io.ifbus.sip.tests.server.ApiCall;
import io.ifbus.sip.tests.server.ApiTransfer;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The target is a party of another call. */
class TwoCallsIT extends Cast {

    private static final Replaced NOBODYS = new Replaced("nobody@127.0.0.1", "a", "b", false);

    private void areJoined(ApiCall first) {
        hearEachOther(alice, carol);
        carol.hangsUp();
        alice.hears("BYE").isIdle();
        first.ends("completed", 200, "callee");
    }

    @Nested
    class JoinedByAClient {

        private final Phone dave = dave();
        private ApiCall first;
        private ApiCall second;

        @ParameterizedTest(name = "the first on hold {0}, the second on hold {1}")
        @CsvSource({"false, false", "true, false", "false, true", "true, true"})
        void theyAreJoined(boolean firstHeld, boolean secondHeld) {
            first = talking(alice, bob);
            second = talking(dave, carol);
            if (firstHeld) first.hold().becomes("on_hold");
            if (secondHeld) second.hold().becomes("on_hold");
            first.transfers(Map.of("replaces", second.id())).becomes("completed");
            bob.hears("BYE").isIdle();
            dave.hears("BYE").isIdle();
            second.ends("completed", 200, "api");
            assertThat(second.states()).endsWith("transferring", "hanging_up", "terminated");
            first.becomes("connected");
            areJoined(first);
        }

        @ParameterizedTest(name = "{0} does not take the other''s media: both calls are as before")
        @ValueSource(strings = {"alice", "carol"})
        void oneOfThemRefuses(String who) {
            first = talking(alice, bob);
            second = talking(dave, carol);
            (who.equals("alice") ? alice : carol).nextTime("INVITE", Reply.of(488));
            first.transfers(Map.of("replaces", second.id())).fails(488);
            second.becomes("connected");
            hearEachOther(dave, carol);
            isRestored(first, alice, bob);
            isRestored(second, dave, carol);
        }

        @Test
        void aCallThatIsOverHasNobodyToGive() {
            first = talking(alice, bob);
            second = talking(dave, carol);
            second.hangUp().ends("completed", 200, "api");
            first.transfers(Map.of("replaces", second.id())).fails(603);
            isRestored(first, alice, bob);
        }

        @Test
        void oneThatRingsHasNobodyToGive() {
            first = talking(alice, bob);
            second = watched(story.connects(dave, carol));
            dave.rings().answers();
            carol.rings();
            first.transfers(Map.of("replaces", second.id())).fails(481);
            carol.answers();
            isRestored(second, dave, carol);
            isRestored(first, alice, bob);
        }
    }

    @Nested
    class JoinedByAPhone {

        private ApiCall first;
        private ApiCall second;
        private PhoneCall withAlice;
        private PhoneCall withCarol;

        private void twoCalls() {
            first = talking(alice, bob);
            withAlice = bob.call();
            second = talking(bob, carol);
            withCarol = bob.call();
        }

        @ParameterizedTest(name = "it {0} the news")
        @ValueSource(strings = {"wants", "does not want"})
        void theyAreJoined(String wants) {
            twoCalls();
            Referral asked = Referral.to(carol.uri()).replacing(withCarol.replaceable());
            bob.picks(withAlice).refers(wants.equals("wants") ? asked : asked.withoutSubscription());
            bob.hears(202, "REFER").isIdle();
            first.lastTransfer().becomes("completed");
            second.ends("completed", 200, "api");
            if (wants.equals("wants")) assertTold(withAlice, 100, 200);
            else assertThat(bob.received("NOTIFY")).isZero();
            areJoined(first);
        }

        @Test
        void whatIsNoCallOfTheServerIsNotReplaced() {
            twoCalls();
            bob.picks(withAlice)
                    .refers(Referral.to(carol.uri()).replacing(NOBODYS))
                    .hears(202, "REFER")
                    .hearsProgress(481);
            assertTold(withAlice, 100, 481);
            first.lastTransfer().fails(481);
            hearEachOther(alice, bob);
            isRestored(first, bob, alice);
            second.hangUp().ends("completed", 200, "api");
        }

        @Test
        void aCallThatIsOverIsNotReplaced() {
            twoCalls();
            Replaced over = withCarol.replaceable();
            carol.hangsUp();
            second.becomes("terminated");
            bob.picks(withAlice).refers(Referral.to(carol.uri()).replacing(over));
            bob.hears(202, "REFER").hearsProgress(603);
            isRestored(first, bob, alice);
        }

        @ParameterizedTest(name = "{0} does not take the other''s media: both calls are as before")
        @ValueSource(strings = {"alice", "carol"})
        void oneOfThemRefuses(String who) {
            twoCalls();
            (who.equals("alice") ? alice : carol).nextTime("INVITE", Reply.of(488));
            bob.picks(withAlice).refersTo(carol.uri(), withCarol);
            bob.hearsProgress(488);
            assertTold(withAlice, 100, 488);
            first.lastTransfer().fails(488);
            second.becomes("connected");
            bob.picks(withCarol);
            hearEachOther(bob, carol);
            second.hangUp().ends("completed", 200, "api");
            bob.picks(withAlice);
            isRestored(first, alice, bob);
        }
    }

    @Nested
    class ReplacedByAnInvite {

        private ApiCall call;

        private void calls(Replaced replaced) {
            carol.callsReplacing(story.server().sipUri("anyone"), replaced);
        }

        @ParameterizedTest(name = "the {0} is replaced")
        @ValueSource(strings = {"caller", "callee"})
        void anotherPhoneTakesThePlace(String side) {
            call = side.equals("callee") ? talking(alice, bob) : talking(bob, alice);
            calls(bob.call().replaceable());
            carol.hears(200).talks();
            bob.hears("BYE").isIdle();
            call.lastTransfer().becomes("completed");
            assertThat(call.lastTransfer().look().text("kind")).isEqualTo("replacement");
            hearEachOther(alice, carol);
            ApiCall arrived = watched(story.inbound());
            assertThat(arrived.states()).startsWith("incoming");
            carol.hangsUp();
            alice.hears("BYE").isIdle();
            call.ends("completed", 200, side);
            arrived.becomes("terminated");
            System.err.println("DBG" + side + "\n"
                    + carol.trace().stream().map(Object::toString).collect(java.util.stream.Collectors.joining("\n"))
                    + "\nALICE\n"
                    + alice.trace().stream()
                            .map(Object::toString)
                            .collect(java.util.stream.Collectors.joining("\n"))); // DBG
        }

        @Test
        void nobodysPlaceCannotBeTaken() {
            calls(NOBODYS);
            carol.hears(481).isIdle();
            story.inbound().becomes("terminated");
        }

        @Test
        void thePlaceOfOneWhoHasGoneCannotBeTaken() {
            call = talking(alice, bob);
            Replaced over = bob.call().replaceable();
            call.hangUp().ends("completed", 200, "api");
            calls(over);
            carol.waits("be refused", () -> carol.call().finalStatus().isPresent());
            assertThat(carol.call().finalStatus().getAsInt()).isIn(481, 603);
        }

        @Test
        void anAnsweredCallIsNotReplacedByWhoWantsAnEarlyOne() {
            call = talking(alice, bob);
            calls(bob.call().replaceable().onlyEarly());
            carol.hears(486).isIdle();
            isRestored(call, alice, bob);
        }

        @Test
        void theOtherPartyDoesNotTakeTheMedia() {
            call = talking(alice, bob);
            alice.nextTime("INVITE", Reply.of(488));
            calls(bob.call().replaceable());
            carol.hears(488).isIdle();
            call.lastTransfer().fails(488);
            isRestored(call, alice, bob);
        }
    }

    @ParameterizedTest(name = "{0}: while a transfer is under way no other begins")
    @EnumSource
    void oneAtATime(Way way) {
        ApiCall call = talking(alice, bob);
        ApiTransfer transfer = way.begins(call, bob, "callee", carol);
        carol.rings();
        transfer.becomes("ringing");
        bob.refersTo(carol.uri()).hears(491, "REFER");
        assertThat(story.api()
                        .post("/v1/calls/" + call.id() + "/transfers", Map.of("target", carol.uri()))
                        .status())
                .isEqualTo(409);
        carol.rejects(486);
        transfer.fails(486);
        isRestored(call, alice, bob);
    }
}
