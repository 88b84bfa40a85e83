// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.Audio;
import io.ifbus.sip.phones.Baresip;
import io.ifbus.sip.phones.Direction;
import io.ifbus.sip.phones.Phone;
import io.ifbus.sip.tests.calls.Story;
import io.ifbus.sip.tests.server.ApiCall;
import io.ifbus.sip.tests.server.ApiTransfer;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dora's phone is a baresip: REFER but no Replaces, re-INVITE but no UPDATE, no session timer. */
@RequiresBaresip
class BaresipIT {

    private static final double DORAS_TONE = 440;
    private static final double CAROLS_TONE = 880;

    @RegisterExtension
    final Story story = new Story();

    private final Phone alice = story.phone("alice", 660);
    private final Phone carol = story.phone("carol", CAROLS_TONE);
    private final Baresip dora = Baresip.named("dora");

    @AfterEach
    void switchOff() {
        dora.close();
    }

    /** The API has connected them. */
    private ApiCall aliceAndDora() {
        ApiCall call = story.api().connect(alice.uri(), dora.uri());
        alice.rings().answers();
        dora.answers().talks();
        alice.talks();
        return call.becomes("connected");
    }

    private ApiCall doraAndAlice() {
        ApiCall call = story.api().connect(dora.uri(), alice.uri());
        dora.answers().talks();
        alice.rings().answers().talks();
        return call.becomes("connected");
    }

    private static void hears(Phone phone, double tone) {
        phone.call().audio().ifPresent(Audio::forget);
        phone.hearsTone(tone);
    }

    @ParameterizedTest(name = "rung {0}")
    @ValueSource(strings = {"first", "second"})
    void itIsConnectedByTheApi(String order) {
        ApiCall call = order.equals("first") ? doraAndAlice() : aliceAndDora();
        alice.hearsTone(DORAS_TONE);
        call.hangUp().ends("completed", 200, "api");
        dora.hears("CALL_CLOSED");
    }

    @Test
    void itCallsAndHangsUp() {
        dora.calls(story.numberOf(alice));
        alice.rings();
        dora.hears("CALL_RINGING");
        alice.answers().talks().hearsTone(DORAS_TONE);
        dora.talks();
        ApiCall call = story.inbound().becomes("connected");
        dora.hangsUp().hears("CALL_CLOSED");
        alice.hears("BYE").isIdle();
        call.ends("completed", 200, "caller");
    }

    @Test
    void itHoldsAndResumesByItsOwnKeys() {
        ApiCall call = aliceAndDora();
        dora.holds();
        call.becomes("on_hold");
        alice.hearsSilence();
        dora.resumes();
        call.becomes("connected");
        hears(alice, DORAS_TONE);
        call.hangUp().ends("completed", 200, "api");
    }

    @Test
    void itIsHeldAndResumedByTheApi() {
        ApiCall call = aliceAndDora();
        alice.hearsTone(DORAS_TONE);
        call.hold().becomes("on_hold");
        alice.hearsSilence();
        call.resume().becomes("connected");
        hears(alice, DORAS_TONE);
        dora.hangsUp();
        alice.hears("BYE").isIdle();
        call.ends("completed", 200, "callee");
    }

    @Test
    void itHandsAliceOverByItsOwnKeys() {
        ApiCall call = aliceAndDora();
        dora.refersTo(carol.uri());
        carol.rings().answers();
        call.lastTransfer().becomes("completed");
        dora.hears("CALL_CLOSED");
        hears(alice, CAROLS_TONE);
        call.becomes("connected").hangUp().ends("completed", 200, "api");
    }

    /** Baresip hangs up when it is told of a failure, as if it had not been one. */
    @Test
    void itHandsAliceOverToOneWhoIsBusy() {
        ApiCall call = aliceAndDora();
        dora.refersTo(carol.uri());
        carol.rejects(486);
        call.lastTransfer().fails(486);
        dora.hears("TRANSFER_FAILED");
        alice.hears("BYE").isIdle();
        call.ends("completed", 200, "callee");
    }

    @ParameterizedTest(name = "method {0}")
    @ValueSource(strings = {"auto", "refer"})
    void itCallsTheTargetWhenItIsAskedByRefer(String method) {
        ApiCall call = doraAndAlice();
        ApiTransfer transfer = call.transfers(Map.of("target", carol.uri(), "method", method));
        dora.hears("TRANSFER");
        carol.rings().answers().talks();
        transfer.becomes("completed");
        assertThat(transfer.look().text("method")).isEqualTo("refer");
        alice.hears("BYE").isIdle();
        call.ends("completed", 200, "api");
        carol.hearsTone(DORAS_TONE).hangsUp();
    }

    @Test
    void itTellsThatTheTargetIsBusy() {
        ApiCall call = doraAndAlice();
        ApiTransfer transfer = call.transfers(Map.of("target", carol.uri(), "method", "refer"));
        carol.rejects(486);
        transfer.fails(486);
        call.becomes("connected");
        hears(alice, DORAS_TONE);
        alice.hangsUp();
        call.ends("completed", 200, "callee");
    }

    @ParameterizedTest(name = "consult {0}")
    @ValueSource(booleans = {false, true})
    void itIsHandedOverByTheServer(boolean consult) {
        ApiCall call = doraAndAlice();
        ApiTransfer transfer = call.transfers(Map.of("target", carol.uri(), "method", "b2bua", "consult", consult));
        carol.rings().answers();
        if (consult) transfer.becomes("consulting").complete();
        transfer.becomes("completed");
        alice.hears("BYE").isIdle();
        hears(carol, DORAS_TONE);
        call.becomes("connected").hangUp().ends("completed", 200, "api");
        dora.hears("CALL_CLOSED");
    }

    @Test
    void itIsTheTarget() {
        ApiCall call = story.talking(alice, carol);
        ApiTransfer transfer = call.transfers(Map.of("target", dora.uri()));
        dora.answers().talks();
        transfer.becomes("completed");
        carol.hears("BYE").isIdle();
        hears(alice, DORAS_TONE);
        call.becomes("connected").hangUp().ends("completed", 200, "api");
    }

    @Test
    void itHearsTheKeysOfTheApi() {
        ApiCall call = aliceAndDora();
        call.dtmf("5");
        dora.hears("CALL_DTMF_START");
        call.hangUp().ends("completed", 200, "api");
    }

    @Test
    void itIsRefreshedByReinviteAndWhatAliceOffersInAnUpdateReachesItSo() {
        ApiCall call = aliceAndDora();
        alice.updates().hears(200, "UPDATE");
        alice.reinvites();
        hears(alice, DORAS_TONE);
        alice.updates(Direction.INACTIVE).hears(200, "UPDATE").hearsSilence();
        alice.updates(Direction.SENDRECV).hears(200, "UPDATE");
        hears(alice, DORAS_TONE);
        call.becomes("connected").hangUp().ends("completed", 200, "api");
    }
}
