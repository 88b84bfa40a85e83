// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.flows;

import io.ifbus.sip.phones.Phone;
import io.ifbus.sip.phones.PhoneCall;
import io.ifbus.sip.tests.server.ApiCall;
import io.ifbus.sip.tests.server.ApiTransfer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each way to hand a party over. */
class TransferFlowsIT extends FlowScene {

    @Test
    @Flow("Blind transfer, by the server")
    void blindByTheServer() {
        ApiCall call = talking();
        ApiTransfer transfer = call.transfers(Map.of("target", carol.uri(), "method", "b2bua"));
        carol.rings();
        transfer.becomes("ringing");
        carol.answers();
        transfer.becomes("completed");
        bob.isIdle();
        ends(call.becomes("connected"));
    }

    @Test
    @Flow("Blind transfer, by REFER")
    void blindByRefer() {
        ApiCall call = talking();
        PhoneCall old = alice.call();
        ApiTransfer transfer = call.transfers(Map.of("target", carol.uri(), "method", "refer"));
        alice.followsRefer();
        carol.rings();
        alice.hears(180);
        carol.answers();
        transfer.becomes("completed");
        bob.isIdle();
        alice.waits("be let go", () -> old.state() == PhoneCall.State.ENDED);
        call.ends("completed", 200, "api");
        isAsShown();
        alice.talks().hangsUp();
    }

    @Test
    @Flow("Attended transfer, by the server")
    void attendedByTheServer() {
        ApiCall call = talking();
        ApiTransfer transfer = call.transfers(Map.of("target", carol.uri(), "consult", true, "method", "b2bua"));
        carol.rings();
        transfer.becomes("ringing");
        carol.answers();
        transfer.becomes("consulting").complete().becomes("completed");
        bob.isIdle();
        ends(call.becomes("connected"));
    }

    @Test
    @Flow("Attended transfer, by REFER with Replaces")
    void attendedByRefer() {
        ApiCall call = talking();
        PhoneCall old = alice.call();
        ApiTransfer transfer = call.transfers(Map.of("target", carol.uri(), "consult", true, "method", "refer"));
        carol.rings();
        transfer.becomes("ringing");
        carol.answers();
        transfer.becomes("consulting").complete();
        alice.followsRefer();
        transfer.becomes("completed");
        bob.isIdle();
        alice.waits("be let go", () -> old.state() == PhoneCall.State.ENDED);
        call.ends("completed", 200, "api");
        isAsShownBut("IFbus->>Carol: BYE", "Carol-->>IFbus: 200 OK BYE"); // Carol may be the first, or not
        alice.talks().hangsUp();
    }

    @Test
    @Flow("A phone transfers, blind")
    void aPhoneTransfers() {
        ApiCall call = talking();
        bob.refersTo(carol.uri()).hearsProgress(100);
        carol.rings();
        bob.hearsProgress(180);
        carol.answers();
        bob.hearsProgress(200).isIdle();
        ends(call.becomes("connected"));
    }

    @Test
    @Flow("A phone transfers to its other call")
    void aPhoneJoinsItsCalls() {
        ApiCall first = story.talking(alice, bob);
        PhoneCall held = bob.call();
        ApiCall second = story.talking(bob, carol);
        PhoneCall consultation = bob.call();
        fromNowOn();
        bob.picks(held).refersTo(carol.uri(), consultation).hearsProgress(200).isIdle();
        second.becomes("terminated");
        ends(first.becomes("connected"));
    }

    @Test
    @Flow("Two calls are joined by a client")
    void twoCallsAreJoined() {
        Phone dave = story.phone(Phone.named("dave").withoutAudio());
        ApiCall first = story.talking(alice, bob);
        ApiCall second = story.talking(dave, carol);
        fromNowOn();
        first.transfers(Map.of("replaces", second.id())).becomes("completed");
        bob.isIdle();
        dave.isIdle();
        second.becomes("terminated");
        ends(first.becomes("connected"));
    }

    @Test
    @Flow("An INVITE with Replaces")
    void inviteWithReplaces() {
        ApiCall call = talking();
        carol.callsReplacing(story.server().sipUri("anyone"), bob.call().replaceable());
        carol.talks();
        bob.isIdle();
        ends(call.becomes("connected"));
    }
}
