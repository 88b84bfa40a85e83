// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.transfers;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.Replaced;
import io.ifbus.sip.phones.Reply;
import io.ifbus.sip.tests.server.ApiCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A phone takes the place of another: INVITE with Replaces (RFC 3891). */
class ReplacedIT extends Cast {

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
    }

    @Test
    void nobodysPlaceCannotBeTaken() {
        calls(UNKNOWN);
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
