// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.PhoneCall.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Alice transfers Bob to Carol. */
class TransferTest {

    private final Phone alice = Phone.named("alice").withoutAudio().transfers().switchedOn();
    private final Phone bob = Phone.named("bob").withoutAudio().transfers().switchedOn();
    private final Phone carol = Phone.named("carol").withoutAudio().transfers().switchedOn();

    @AfterEach
    void switchOff() {
        for (Phone phone : new Phone[] {alice, bob, carol}) {
            phone.close();
            assertThat(phone.failures()).as(phone.name()).isEmpty();
        }
    }

    @Nested
    class Blind {

        @Test
        void theStoryAnswersTheReferAndTellsTheProgress() {
            talking(alice, bob);
            alice.refersTo(carol.uri());
            bob.answersRefer(202).notifies(100).notifies(180).notifies(200);
            alice.hears(202, "REFER").hearsProgress(100).hearsProgress(180).hearsProgress(200);
            bob.hears(200, "NOTIFY").hears(200, "NOTIFY").hears(200, "NOTIFY");
            assertThat(bob.lastReceived("REFER").header("Refer-To")).hasValue("<" + carol.uri() + ">");
            assertThat(alice.call().notified()).extracting(Progress::isLast).containsExactly(false, false, true);
            Traced last = alice.lastReceived("NOTIFY");
            assertThat(last.header("Event").orElseThrow()).startsWith("refer");
            assertThat(last.header("Content-Type")).hasValue("message/sipfrag;version=2.0");
            assertThat(last.body()).isEqualTo("SIP/2.0 200 OK\r\n");
            assertThat(carol.trace()).isEmpty();
        }

        @Test
        void theTransfereeCallsTheTargetAndReportsIt() {
            talking(alice, bob);
            PhoneCall first = bob.call();
            bob.followsRefers();
            alice.refers(Referral.to(carol.uri()).referredBy(alice.uri()));
            carol.rings();
            alice.hears(202, "REFER").hearsProgress(100).hearsProgress(180);
            assertThat(carol.lastReceived("INVITE").header("Referred-By")).hasValue("<" + alice.uri() + ">");
            carol.answers().talks();
            alice.hearsProgress(200).hangsUp().isIdle();
            bob.hears("BYE").talks();
            assertThat(first.state()).isEqualTo(State.ENDED);
            bob.hangsUp().isIdle();
            carol.hears("BYE").isIdle();
        }

        @ParameterizedTest
        @ValueSource(ints = {486, 603})
        void theTargetRefuses(int status) {
            talking(alice, bob);
            PhoneCall first = bob.call();
            alice.refersTo(carol.uri());
            bob.followsRefer();
            carol.rejects(status);
            alice.hearsProgress(status).talks();
            assertThat(alice.call().notified()).last().matches(Progress::isLast);
            bob.picks(first).talks().hangsUp();
            alice.hears("BYE").isIdle();
        }

        @Test
        void nobodyIsThere() throws Exception {
            talking(alice, bob);
            alice.refersTo("sip:nobody@127.0.0.1:" + Ports.freeForSip() + ";transport=tcp");
            bob.followsRefer();
            alice.hearsProgress(503);
        }

        @ParameterizedTest
        @ValueSource(ints = {405, 501, 603})
        void theTransfereeRefuses(int status) {
            talking(alice, bob);
            alice.refersTo(carol.uri());
            bob.answersRefer(status);
            alice.hears(status, "REFER").talks();
            bob.talks();
        }

        @Test
        void aPhoneThatKnowsNoReferSays405() {
            try (Phone dave = Phone.named("dave").withoutAudio().switchedOn()) {
                talking(alice, dave);
                assertThat(dave.lastSent("200 INVITE").header("Allow").orElseThrow())
                        .doesNotContain("REFER");
                alice.refersTo(carol.uri()).hears(405, "REFER");
            }
        }

        @Test
        void aReferWithoutSubscriptionIsFollowedInSilence() {
            talking(alice, bob);
            alice.refers(Referral.to(carol.uri()).withoutSubscription());
            bob.followsRefer();
            carol.answers().talks();
            bob.talks();
            assertThat(bob.lastReceived("REFER").header("Refer-Sub")).hasValue("false");
            assertThat(alice.lastReceived("202 REFER").header("Refer-Sub")).hasValue("false");
            assertThat(bob.sent("NOTIFY")).isZero();
        }

        @Test
        void itsNotifiesMayGetLost() {
            talking(alice, bob);
            bob.losesNotifies();
            alice.refersTo(carol.uri());
            bob.followsRefer();
            carol.answers().talks();
            bob.talks();
            assertThat(bob.sent("NOTIFY")).isZero();
            assertThat(alice.call().notified()).isEmpty();
        }
    }

    @Nested
    class Attended {

        @Test
        void theTransfereeTakesTheTransferrersPlace() {
            talking(alice, bob);
            PhoneCall toBob = alice.call();
            talking(alice, carol);
            PhoneCall toCarol = alice.call();
            PhoneCall fromAlice = carol.call();
            alice.picks(toBob).refersTo(carol.uri(), toCarol);
            bob.followsRefer();
            alice.hears("BYE"); // Carol ends the call that was replaced
            assertThat(toCarol.state()).isEqualTo(State.ENDED);
            carol.waits("be replaced", () -> fromAlice.state() == State.ENDED).talks();
            bob.talks();
            alice.hearsProgress(200).hangsUp().isIdle();
            assertThat(carol.lastReceived("INVITE").header("Replaces").orElseThrow())
                    .startsWith(fromAlice.callId());
            bob.hangsUp().isIdle();
            carol.hears("BYE").isIdle();
        }

        @Test
        void anUnknownCallCannotBeReplaced() {
            alice.callsReplacing(carol.uri(), new Replaced("nothing", "a", "b", false));
            alice.hears(481).isIdle();
        }

        @Test
        void anAnsweredCallIsNotReplacedWhenOnlyAnEarlyOneMayBe() {
            talking(alice, carol);
            bob.callsReplacing(carol.uri(), alice.call().replaceable().onlyEarly());
            bob.hears(486).isIdle();
            carol.picks(carol.allCalls().get(0)).talks();
        }

        @Test
        void aCallThatIsOverIsNotReplaced() {
            talking(alice, carol);
            Replaced call = alice.call().replaceable();
            alice.hangsUp().isIdle();
            carol.isIdle();
            bob.callsReplacing(carol.uri(), call);
            bob.hears(603).isIdle();
        }

        @Test
        void aCallThatCarolMakesIsReplacedWhileItRings() {
            carol.calls(alice.uri());
            alice.rings();
            carol.hears(180);
            Replaced early = alice.call().replaceable();
            bob.callsReplacing(carol.uri(), early);
            bob.talks();
            alice.hears("CANCEL").isIdle();
        }

        @Test
        void whoDoesNotKnowReplacesRingsAsUsual() {
            try (Phone dave = Phone.named("dave").withoutAudio().switchedOn()) {
                talking(alice, dave);
                bob.callsReplacing(dave.uri(), alice.call().replaceable());
                dave.hears("INVITE").hears("INVITE").rings();
                bob.hears(180);
                alice.talks();
            }
        }
    }

    private static void talking(Phone caller, Phone callee) {
        caller.calls(callee.uri());
        callee.rings().answers().talks();
        caller.talks();
    }
}
