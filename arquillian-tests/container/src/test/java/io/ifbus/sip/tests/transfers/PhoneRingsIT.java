// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.transfers;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.Phone;
import io.ifbus.sip.phones.PhoneBuilder;
import io.ifbus.sip.phones.PhoneCall;
import io.ifbus.sip.tests.server.ApiCall;
import io.ifbus.sip.tests.server.ApiTransfer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The phone of the party that is handed over calls the target, because the server asked it by REFER. */
class PhoneRingsIT extends Cast {

    private ApiCall call;
    private PhoneCall withBob;

    @Override
    PhoneBuilder alice(PhoneBuilder plain) {
        return plain.transfers();
    }

    @Override
    PhoneBuilder carol(PhoneBuilder plain) {
        return plain.transfers();
    }

    /** Alice's phone has a REFER that waits for its answer. */
    private ApiTransfer refers(boolean attended, String method, Map<String, ?> options) {
        call = talking(alice, bob, options);
        withBob = alice.call();
        Map<String, Object> order = new HashMap<>(Map.of("target", carol.uri(), "method", method));
        if (attended) order.put("consult", true);
        ApiTransfer transfer = call.transfers(order);
        if (attended) {
            carol.rings().answers();
            transfer.becomes("consulting").complete();
        }
        alice.hears("REFER");
        transfer.becomes("referring");
        call.becomes("transferring");
        assertThat(alice.lastReceived("REFER").header("Referred-By")).contains("<" + bob.uri() + ">");
        return transfer;
    }

    private ApiTransfer refers(boolean attended, String method) {
        return refers(attended, method, Map.of());
    }

    private void isAsBefore() {
        alice.picks(withBob);
        isRestored(call, alice, bob);
    }

    @ParameterizedTest(name = "attended {0}, method {1}: the phone and the target talk, and the call is over")
    @CsvSource({"false, auto", "false, refer", "true, auto", "true, refer"})
    void thePhoneCallsTheTarget(boolean attended, String method) {
        ApiTransfer transfer = refers(attended, method);
        alice.followsRefer();
        if (!attended) carol.rings().answers();
        transfer.becomes("completed");
        assertThat(transfer.look().text("method")).isEqualTo("refer");
        call.ends("completed", 200, "api");
        bob.hears("BYE").isIdle();
        alice.waits("be let go", () -> withBob.state() == PhoneCall.State.ENDED);
        hearEachOther(alice.talks(), carol.talks());
        assertThat(carol.lastReceived("INVITE").header("Referred-By")).contains("<" + bob.uri() + ">");
        assertThat(carol.lastReceived("INVITE").header("Replaces").isPresent()).isEqualTo(attended);
        assertThat(record(call).text("result")).isEqualTo("completed");
        alice.hangsUp();
        carol.hears("BYE").isIdle();
    }

    @ParameterizedTest(name = "the target refuses with {0}, as the phone tells")
    @ValueSource(ints = {486, 603})
    void theTargetRefuses(int status) {
        ApiTransfer transfer = refers(false, "auto");
        alice.followsRefer();
        carol.rings().rejects(status);
        transfer.fails(status);
        isAsBefore();
    }

    @ParameterizedTest(name = "attended {0}: a phone that refuses REFER with {1} leaves it to the server")
    @CsvSource({"false, 405", "false, 420", "false, 501", "true, 405"})
    void thePhoneCannotRefer(boolean attended, int status) {
        ApiTransfer transfer = refers(attended, "auto");
        alice.answersRefer(status);
        if (!attended) carol.rings().answers();
        transfer.becomes("completed");
        assertThat(transfer.look().text("method")).isEqualTo("b2bua");
        bob.hears("BYE").isIdle();
        hearEachOther(alice, carol);
        call.becomes("connected").hangUp().ends("completed", 200, "api");
    }

    @ParameterizedTest(name = "attended {0}, method {1}: a phone that refuses REFER with {2} fails the transfer")
    @CsvSource({
        "false, refer, 405",
        "false, refer, 603",
        "false, auto, 603",
        "true, refer, 405",
        "true, refer, 603",
        "true, auto, 603"
    })
    void thePhoneRefuses(boolean attended, String method, int status) {
        ApiTransfer transfer = refers(attended, method);
        alice.answersRefer(status);
        transfer.fails(status);
        if (attended) carol.hears("BYE").isIdle();
        isAsBefore();
    }

    @Test
    void aPhoneWithoutReferFailsIfItHasToBeThePhone() {
        Phone dave = dave();
        call = talking(dave, bob);
        call.transfers(Map.of("target", carol.uri(), "method", "refer")).fails(405);
        isRestored(call, dave, bob);
    }

    @ParameterizedTest(name = "attended {0}: a subscription that ends without an outcome fails the transfer")
    @ValueSource(booleans = {false, true})
    void thePhoneStopsReporting(boolean attended) {
        ApiTransfer transfer = refers(attended, "auto");
        alice.answersRefer(202).notifies(100, "terminated;reason=noresource");
        transfer.fails(487);
        isAsBefore();
    }

    @Test
    void notifiesThatGetLostEndTheTransferInTheEnd() {
        ApiTransfer blind = refers(false, "refer", Map.of("timeout", 1));
        alice.answersRefer(202);
        blind.becomes("failed", Duration.ofSeconds(45)).fails(408);
        isAsBefore();
    }

    @Test
    void theTransferorLeavesAndThePhoneGetsThrough() {
        ApiTransfer transfer = refers(false, "auto");
        alice.followsRefer();
        carol.rings();
        bob.hangsUp();
        bob.hears(200, "BYE").isIdle();
        carol.answers();
        transfer.becomes("completed");
        call.ends("completed", 200, "api");
        hearEachOther(alice.talks(), carol.talks());
        alice.hangsUp();
        carol.hears("BYE").isIdle();
    }

    @Test
    void theTransferorLeavesAndThePhoneDoesNotGetThrough() {
        ApiTransfer transfer = refers(false, "auto");
        alice.followsRefer();
        carol.rings();
        bob.hangsUp();
        bob.hears(200, "BYE").isIdle();
        carol.rejects(486);
        transfer.fails(486);
        alice.isIdle();
        call.becomes("terminated");
    }

    @Test
    void thePartyToBeHandedOverHangsUp() {
        ApiTransfer transfer = refers(false, "auto");
        alice.answersRefer(202).hangsUp();
        alice.hears(200, "BYE").isIdle();
        transfer.fails(487);
        bob.hears("BYE").isIdle();
        call.ends("completed", 200, "caller");
    }

    @Test
    void theTargetHangsUpAtOnce() {
        ApiTransfer transfer = refers(false, "auto");
        alice.followsRefer();
        carol.rings().answers().hangsUp();
        transfer.becomes("completed");
        call.ends("completed", 200, "api");
        bob.hears("BYE").isIdle();
        alice.isIdle();
    }

    @ParameterizedTest(name = "attended {0}: a client gives it up")
    @ValueSource(booleans = {false, true})
    void aClientGivesItUp(boolean attended) {
        ApiTransfer transfer = refers(attended, "auto");
        alice.answersRefer(202);
        transfer.cancel().fails(487);
        if (attended) carol.hears("BYE").isIdle();
        isAsBefore();
    }

    @Test
    void aTelephoneNumberIsKept() {
        call = talking(alice, bob);
        ApiTransfer transfer = call.transfers(Map.of("target", "tel:+15551234"));
        alice.answersRefer(202).notifies(200);
        assertThat(alice.lastReceived("REFER").header("Refer-To")).contains("<tel:+15551234>");
        transfer.becomes("completed");
        call.ends("completed", 200, "api");
        assertThat(call.states()).endsWith("transferring", "hanging_up", "terminated");
        alice.isIdle();
        bob.isIdle();
    }
}
