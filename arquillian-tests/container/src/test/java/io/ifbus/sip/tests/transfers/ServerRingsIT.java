// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.transfers;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.Phone;
import io.ifbus.sip.tests.server.ApiCall;
import io.ifbus.sip.tests.server.ApiTransfer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The server rings the target, asked by a client or by a phone. */
class ServerRingsIT extends Cast {

    private ApiCall call;

    /** Alice and Bob talk, and Carol rings. */
    private ApiTransfer carolRings(Way way, Map<String, ?> options) {
        call = talking(alice, bob, options);
        ApiTransfer transfer = way.begins(call, bob, "callee", carol);
        carol.rings();
        transfer.becomes("ringing");
        call.becomes("transferring");
        return transfer;
    }

    private ApiTransfer carolRings(Way way) {
        return carolRings(way, Map.of());
    }

    @ParameterizedTest(name = "{0}: the target answers, and the {1} leaves")
    @CsvSource({
        "BLIND, caller",
        "BLIND, callee",
        "ATTENDED, caller",
        "ATTENDED, callee",
        "ASKED, caller",
        "ASKED, callee"
    })
    void theTargetAnswers(Way way, String leaves) {
        Phone[] parties = leaves.equals("callee") ? new Phone[] {alice, bob} : new Phone[] {bob, alice};
        call = talking(parties[0], parties[1]);
        ApiTransfer transfer = way.begins(call, bob, leaves, carol);
        carol.rings();
        transfer.becomes("ringing");
        hearEachOther(alice, bob);
        carol.answers();
        if (way == Way.ATTENDED) {
            transfer.becomes("consulting");
            hearEachOther(bob, carol);
            alice.hearsSilence();
            transfer.complete();
        }
        transfer.becomes("completed");
        bob.hears("BYE").isIdle();
        hearEachOther(alice, carol);
        assertThat(transfer.look().text("method")).isEqualTo("b2bua");
        assertThat(first(carol, "INVITE").header("Referred-By")).contains("<" + bob.uri() + ">");
        if (way == Way.ASKED) assertTold(bob.call(), 100, 180, 200);
        call.becomes("connected").hangUp().ends("completed", 200, "api");
        assertThat(call.states()).containsSubsequence(List.of("connected", "transferring", "connected", "hanging_up"));
        assertThat(record(call).text("result")).isEqualTo("completed");
        assertThat(record(call).text("from")).isEqualTo(parties[0].uri());
    }

    @ParameterizedTest(name = "{0}: the target refuses with {1}")
    @CsvSource({"BLIND, 486", "BLIND, 603", "ATTENDED, 486", "ATTENDED, 603", "ASKED, 486", "ASKED, 603"})
    void theTargetRefuses(Way way, int status) {
        ApiTransfer transfer = carolRings(way);
        carol.rejects(status).hears("ACK").isIdle();
        transfer.fails(status);
        if (way == Way.ASKED) {
            bob.hearsProgress(status);
            assertTold(bob.call(), 100, 180, status);
        }
        isRestored(call, alice, bob);
    }

    @ParameterizedTest(name = "{0}: the target does not answer")
    @EnumSource
    void theTargetDoesNotAnswer(Way way) {
        ApiTransfer transfer = carolRings(way, Map.of("timeout", 1));
        carol.hears("CANCEL").hears("ACK").isIdle();
        transfer.fails(408);
        if (way == Way.ASKED) {
            bob.hearsProgress(408);
            assertTold(bob.call(), 100, 180, 408);
        }
        isRestored(call, bob, alice);
    }

    @ParameterizedTest(name = "{0}: the transferor leaves early, and the target answers")
    @EnumSource
    void theTransferorLeavesAndTheTargetAnswers(Way way) {
        ApiTransfer transfer = carolRings(way);
        bob.hangsUp();
        bob.hears(200, "BYE").isIdle();
        alice.hearsSilence();
        call.becomes("transferring");
        carol.answers();
        transfer.becomes("completed");
        hearEachOther(alice, carol);
        carol.hangsUp();
        alice.hears("BYE").isIdle();
        call.ends("completed", 200, "callee");
    }

    @ParameterizedTest(name = "{0}: the transferor leaves early, and the target refuses")
    @EnumSource
    void theTransferorLeavesAndTheTargetRefuses(Way way) {
        ApiTransfer transfer = carolRings(way);
        bob.hangsUp();
        bob.hears(200, "BYE").isIdle();
        carol.rejects(486);
        transfer.fails(486);
        alice.hears("BYE").isIdle();
        call.becomes("terminated");
        assertThat(alice.lastReceived("BYE").header("Reason").orElse("")).contains("cause=486");
    }

    @ParameterizedTest(name = "{0}: the party to be handed over hangs up")
    @EnumSource
    void theTransfereeHangsUp(Way way) {
        ApiTransfer transfer = carolRings(way);
        alice.hangsUp();
        carol.hears("CANCEL").hears("ACK").isIdle();
        bob.hears("BYE").isIdle();
        transfer.fails(487);
        if (way == Way.ASKED) assertTold(bob.call(), 100, 180, 487);
        call.ends("completed", 200, "caller");
    }

    @ParameterizedTest(name = "{0}: the target hangs up right after it answered")
    @EnumSource
    void theTargetHangsUpAtOnce(Way way) {
        ApiTransfer transfer = carolRings(way);
        carol.answers().hangsUp();
        carol.hears(200, "BYE").isIdle();
        if (way == Way.ATTENDED) {
            transfer.fails(487);
            isRestored(call, alice, bob);
            return;
        }
        transfer.becomes("completed");
        alice.hears("BYE").isIdle();
        bob.hears("BYE").isIdle();
        if (way == Way.ASKED) assertTold(bob.call(), 100, 180, 200);
        call.ends("completed", 200, "callee");
    }

    @ParameterizedTest(name = "{0}: a client gives it up")
    @EnumSource
    void aClientGivesItUp(Way way) {
        ApiTransfer transfer = carolRings(way);
        transfer.cancel();
        carol.hears("CANCEL").hears("ACK").isIdle();
        transfer.fails(487);
        if (way == Way.ASKED) {
            bob.hearsProgress(487);
            assertTold(bob.call(), 100, 180, 487);
        }
        isRestored(call, alice, bob);
    }

    @ParameterizedTest(name = "{0}: a client hangs up the whole call")
    @EnumSource
    void aClientHangsUp(Way way) {
        ApiTransfer transfer = carolRings(way);
        call.hangUp();
        carol.hears("CANCEL").hears("ACK").isIdle();
        alice.hears("BYE").isIdle();
        bob.hears("BYE").isIdle();
        transfer.fails(487);
        call.ends("completed", 200, "api");
    }

    @ParameterizedTest(name = "{0}: of a call that is on hold, the target refuses")
    @EnumSource
    void ofACallOnHoldAndTheTargetRefuses(Way way) {
        call = talking(alice, bob);
        call.hold().becomes("on_hold");
        ApiTransfer transfer = way.begins(call, bob, "callee", carol);
        carol.rejects(486);
        transfer.fails(486);
        call.becomes("on_hold").resume();
        isRestored(call, alice, bob);
    }

    @ParameterizedTest(name = "{0}: of a call that is on hold, the target answers")
    @EnumSource
    void ofACallOnHold(Way way) {
        call = talking(alice, bob);
        call.hold().becomes("on_hold");
        ApiTransfer transfer = way.begins(call, bob, "callee", carol);
        carol.rings().answers();
        if (way == Way.ATTENDED) transfer.becomes("consulting").complete();
        transfer.becomes("completed");
        bob.hears("BYE").isIdle();
        call.becomes("connected");
        hearEachOther(alice, carol);
        call.hangUp().ends("completed", 200, "api");
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
