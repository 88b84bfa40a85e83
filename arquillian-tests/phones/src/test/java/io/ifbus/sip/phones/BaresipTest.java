// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Our phones and one that others wrote. */
@EnabledIf(value = "io.ifbus.sip.phones.Baresip#isAvailable", disabledReason = "needs baresip (package baresip-core)")
class BaresipTest {

    private final Phone alice = Phone.named("alice").transfers().switchedOn();
    private final Phone carol = Phone.named("carol").withoutAudio().transfers().switchedOn();
    private final Baresip dora = Baresip.named("dora");

    @AfterEach
    void switchOff() {
        dora.close();
        alice.close();
        carol.close();
        assertThat(alice.failures()).isEmpty();
        assertThat(ProcessHandle.of(dora.pid()).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void itCallsHoldsResumesAndHangsUp() {
        dora.calls(alice.uri());
        alice.rings();
        dora.hears("CALL_RINGING");
        alice.answers().talks().hearsTone(440);
        dora.talks().holds();
        alice.hears("INVITE").hears("INVITE").hearsSilence();
        assertThat(alice.lastReceived("INVITE").body()).contains("a=sendonly");
        assertThat(alice.lastSent("200 INVITE").body()).contains("a=recvonly");
        dora.resumes();
        alice.hearsTone(440);
        dora.hangsUp().hears("CALL_CLOSED");
        alice.hears("BYE").isIdle();
    }

    @Test
    void itIsCalledHeldAndHungUp() {
        alice.calls(dora.uri());
        dora.answers().talks();
        alice.talks().hearsTone(440).holds();
        assertThat(alice.lastReceived("200 INVITE").body()).contains("a=recvonly");
        alice.resumes().hangsUp().isIdle();
        dora.hears("CALL_CLOSED");
    }

    @Test
    void itRefusesACall() {
        alice.calls(dora.uri());
        dora.hears("CALL_INCOMING").hangsUp().hears("CALL_CLOSED");
        alice.isIdle();
        assertThat(alice.call().finalStatus().orElseThrow()).isGreaterThanOrEqualTo(400);
    }

    @Test
    void itTransfersAPhone() {
        alice.calls(dora.uri());
        dora.answers().talks();
        alice.talks();
        PhoneCall first = alice.call();
        dora.refersTo(carol.uri());
        alice.followsRefer();
        carol.answers().talks();
        alice.hears(200, "NOTIFY");
        assertThat(alice.lastReceived("REFER").header("Refer-To").map(to -> to.replaceAll("[<>]", "")))
                .isEqualTo(Optional.of(carol.uri()));
        alice.waits("be let go", () -> first.state() == PhoneCall.State.ENDED);
        dora.hears("CALL_CLOSED");
        alice.talks();
    }

    @Test
    void itIsTransferred() {
        alice.calls(dora.uri());
        dora.answers().talks();
        alice.talks().refersTo(carol.uri());
        carol.rings().answers().talks();
        alice.hears(202, "REFER").hearsProgress(100).hearsProgress(200).talks();
        dora.hears("TRANSFER");
        assertThat(alice.call().notified()).extracting(Progress::status).containsExactly(100, 200);
        assertThat(carol.lastReceived("INVITE").header("Referred-By")).isEmpty();
    }

    @Test
    void itHangsUpEvenWhenItsTransferFails() {
        alice.calls(dora.uri());
        dora.answers().talks();
        alice.talks();
        dora.refersTo(carol.uri());
        alice.followsRefer();
        carol.rejects(486);
        dora.hears("TRANSFER_FAILED");
        alice.hears("BYE").isIdle();
    }

    @Test
    void itKnowsNeitherUpdateNorReplaces() {
        alice.calls(dora.uri());
        dora.answers().talks();
        alice.talks().updates().hears(501, "UPDATE");
        assertThat(alice.lastReceived("200 INVITE").header("Allow").orElseThrow())
                .contains("REFER")
                .doesNotContain("UPDATE");
        carol.callsReplacing(dora.uri(), alice.call().replaceable());
        carol.hears(180);
        alice.talks();
    }

    @Test
    void itHearsAKey() {
        alice.calls(dora.uri());
        dora.answers().talks();
        alice.talks().presses("5").hears(200, "INFO");
        dora.hears("CALL_DTMF_START");
    }

    @Test
    void itSaysWhatItCannotDo() {
        assertThatThrownBy(dora::holds)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("refused hold");
    }
}
