// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.Phone;
import io.ifbus.sip.tests.server.ApiCall;
import io.ifbus.sip.tests.server.ApiTransfer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the API does with calls that are up. */
class CallControlIT {

    private static final double ALICES_TONE = 440;
    private static final double BOBS_TONE = 660;
    private static final double CAROLS_TONE = 880;

    @RegisterExtension
    final Story story = new Story();

    private final Phone alice = story.phone("alice", ALICES_TONE);
    private final Phone bob = story.phone("bob", BOBS_TONE);
    private final Phone carol = story.phone("carol", CAROLS_TONE);

    @Test
    void isHeldAndResumed() {
        ApiCall call = story.talking(alice, bob);
        alice.hearsTone(BOBS_TONE);
        call.hold().becomes("on_hold");
        alice.hearsSilence();
        bob.hearsSilence();
        call.hold().becomes("on_hold");
        call.resume().becomes("connected");
        alice.hearsTone(BOBS_TONE);
        bob.hearsTone(ALICES_TONE);
        call.hangUp().ends("completed", 200, "api");
        assertThat(call.states()).containsSubsequence(List.of("connected", "on_hold", "connected", "hanging_up"));
    }

    @Test
    void isHandedOverByTheServer() {
        ApiCall call = story.talking(alice, bob);
        ApiTransfer transfer = call.transfers(Map.of("target", carol.uri()));
        carol.rings();
        call.becomes("transferring");
        alice.hearsTone(BOBS_TONE);
        carol.answers();
        transfer.becomes("completed");
        call.becomes("connected");
        bob.hears("BYE").isIdle();
        alice.hearsTone(CAROLS_TONE);
        carol.hearsTone(ALICES_TONE);
        carol.hangsUp();
        call.ends("completed", 200, "callee");
    }

    @Test
    void staysAsItWasWhenTheTargetIsBusy() {
        ApiCall call = story.talking(alice, bob);
        ApiTransfer transfer = call.transfers(Map.of("target", carol.uri()));
        carol.rings().rejects(486);
        transfer.fails(486);
        call.becomes("connected");
        alice.hearsTone(BOBS_TONE);
        bob.hangsUp();
        call.ends("completed", 200, "callee");
    }

    @Test
    void isHandedOverAfterAConsultation() {
        ApiCall call = story.talking(alice, bob);
        ApiTransfer transfer = call.transfers(Map.of("target", carol.uri(), "consult", true));
        carol.rings().answers();
        transfer.becomes("consulting");
        bob.hearsTone(CAROLS_TONE);
        alice.hearsSilence();
        transfer.complete().becomes("completed");
        bob.hears("BYE").isIdle();
        alice.hearsTone(CAROLS_TONE);
        call.hangUp().ends("completed", 200, "api");
    }

    @Test
    void isAsBeforeWhenTheConsultationIsGivenUp() {
        ApiCall call = story.talking(alice, bob);
        ApiTransfer transfer = call.transfers(Map.of("target", carol.uri(), "consult", true));
        carol.rings().answers();
        transfer.becomes("consulting");
        transfer.cancel().becomes("failed");
        carol.hears("BYE").isIdle();
        call.becomes("connected");
        alice.hearsTone(BOBS_TONE);
        bob.hearsTone(ALICES_TONE);
        call.hangUp().ends("completed", 200, "api");
    }

    @Test
    void aPhoneHandsTheOtherPartyOver() {
        ApiCall call = story.talking(alice, bob);
        bob.refersTo(carol.uri()).hears(202, "REFER").hearsProgress(100);
        carol.rings();
        bob.hearsProgress(180);
        carol.answers();
        bob.hearsProgress(200).hears("BYE").isIdle();
        alice.hearsTone(CAROLS_TONE);
        call.lastTransfer().becomes("completed");
        carol.hangsUp();
        call.ends("completed", 200, "callee");
    }

    @Test
    void twoCallsBecomeOne() {
        Phone dave = story.phone("dave", 1100);
        ApiCall first = story.talking(alice, bob);
        ApiCall second = story.talking(dave, carol);
        ApiTransfer transfer = first.transfers(Map.of("replaces", second.id()));
        transfer.becomes("completed");
        bob.hears("BYE").isIdle();
        dave.hears("BYE").isIdle();
        alice.hearsTone(CAROLS_TONE);
        carol.hearsTone(ALICES_TONE);
        second.becomes("terminated");
        carol.hangsUp();
        first.ends("completed", 200, "callee");
    }

    @Test
    void aPhoneJoinsItsTwoCalls() {
        Phone bobsTransfers = story.phone(Phone.named("bert").tone(500).transfers());
        ApiCall first = story.talking(alice, bobsTransfers);
        var held = bobsTransfers.call();
        ApiCall second = story.talking(bobsTransfers, carol);
        var consultation = bobsTransfers.call();
        bobsTransfers.picks(held).refersTo(carol.uri(), consultation);
        first.lastTransfer().becomes("completed");
        alice.hearsTone(CAROLS_TONE);
        bobsTransfers.isIdle();
        second.becomes("terminated");
        first.hangUp().ends("completed", 200, "api");
    }

    @Test
    void aPhoneWithTransferMakesTheNewCallItself() {
        Phone anna = story.phone(Phone.named("anna").tone(500).transfers());
        ApiCall call = story.talking(anna, bob);
        ApiTransfer transfer = call.transfers(Map.of("target", carol.uri(), "method", "refer"));
        anna.followsRefer();
        carol.rings().answers();
        transfer.becomes("completed");
        call.ends("completed", 200, "api");
        bob.hears("BYE").isIdle();
        anna.hangsUp();
    }

    @Test
    void digitsReachTheCallee() {
        ApiCall call = story.talking(alice, bob);
        call.dtmf("12#");
        bob.hearsKeys("12#");
        call.hangUp().ends("completed", 200, "api");
    }

    @Test
    void onePartyAloneHearsItselfAndIsThenConnected() {
        ApiCall call = story.connects(alice, bob, Map.of("mode", "leg"));
        bob.rings().answers();
        call.becomes("connected");
        bob.hearsTone(BOBS_TONE);
        ApiTransfer transfer = call.transfers(Map.of("target", carol.uri()));
        carol.rings().answers();
        transfer.becomes("completed");
        bob.hearsTone(CAROLS_TONE);
        call.hangUp().ends("completed", 200, "api");
    }

    @Test
    void theCallerHearsTheCalleesEarlyMedia() {
        ApiCall call = story.connects(alice, bob, Map.of("early_media", true));
        alice.rings().answers();
        bob.rings().progresses(183);
        alice.hearsTone(BOBS_TONE);
        bob.answers();
        call.becomes("connected");
        bob.hearsTone(ALICES_TONE);
        alice.hearsTone(BOBS_TONE);
        call.hangUp().ends("completed", 200, "api");
    }

    @Test
    void theSameKeyTwentyTimesIsOneCall() {
        Map<String, Object> body = Map.of("from", alice.uri(), "to", bob.uri());
        List<String> ids = java.util.stream.IntStream.range(0, 20)
                .parallel()
                .mapToObj(i -> story.api().post("/v1/calls", body, Map.of("Idempotency-Key", "k-" + alice.port())))
                .map(answer -> answer.text("call_id"))
                .distinct()
                .toList();
        assertThat(ids).hasSize(1);
        alice.rings();
        assertThat(alice.received("INVITE")).isEqualTo(1);
        story.api().call(ids.get(0)).hangUp().ends("cancelled", 200, "api");
    }
}
