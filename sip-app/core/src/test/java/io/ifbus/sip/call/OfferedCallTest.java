// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A client says what becomes of a call that reached us. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OfferedCallTest {
    private final Story story = Story.inviteArrives(new Plan.Offer(Duration.ofSeconds(20), 480), Sdps.audio("a", 1));

    private void decides(Decision decision) {
        story.on(new CallEvent.Decided(decision));
    }

    @Test
    void nobody_takes_it() {
        story.weSaid().isNow(CallState.INCOMING);
        story.runsOut(TimerName.OFFER);
        story.weSaid("A 480", "release").endedAs(EndCause.Result.NO_ANSWER, 480);
    }

    @Test
    void it_rings_and_the_time_goes_on() {
        decides(new Decision.Ring());
        decides(new Decision.Ring());
        story.runsOut(TimerName.OFFER);
        story.weSaid("A 180", "A 180", "A 480", "release");
    }

    @Test
    void it_is_answered_and_silent_and_may_be_transferred_when_acknowledged() {
        decides(new Decision.Answer());
        assertThat(story.call().allowed()).doesNotContain(Operation.TRANSFER, Operation.HOLD, Operation.ANSWER);
        story.weSaid("A 200").isNow(CallState.CONNECTED);
        assertThat(story.sdpIn("A 200").orElseThrow().text()).contains("a=inactive");
        story.a.acks(Optional.empty());
        assertThat(story.call().allowed()).contains(Operation.TRANSFER, Operation.DTMF);
        story.weTransfer(Transfer.Kind.BLIND, Side.CALLEE, Transfer.Method.AUTO);
        story.weSaid("C INVITE").isNow(CallState.TRANSFERRING);
    }

    @Test
    void it_is_answered_with_its_echo() {
        decides(new Decision.Echo());
        story.weSaid("A 180", "A 200").isNow(CallState.CONNECTED);
    }

    @Test
    void it_is_bridged() {
        decides(new Decision.Bridge(Party.of("sip:dora@192.0.2.9")));
        story.b.answers(Sdps.audio("b", 1));
        story.weSaid("B INVITE", "B ACK", "A 200").isNow(CallState.CONNECTED);
    }

    @Test
    void it_is_rejected() {
        decides(new Decision.Reject(603, "Not today"));
        story.weSaid("A 603", "release").endedAs(EndCause.Result.FAILED, 603);
        assertThat(story.last(SipAction.Respond.class).phrase()).isEqualTo("Not today");
    }

    @Test
    void it_is_redirected() {
        decides(new Decision.Redirect(Party.of("sip:dora@192.0.2.9")));
        story.weSaid("A 302", "release").isNow(CallState.TERMINATED);
        assertThat(story.last(SipAction.Respond.class).headers()).containsEntry("Contact", "<sip:dora@192.0.2.9>");
    }

    @Test
    void the_caller_gives_up_and_a_decision_comes_too_late() {
        story.a.cancels();
        decides(new Decision.Answer());
        story.weSaid("release").endedAs(EndCause.Result.CANCELLED, 487);
    }

    @Test
    void the_second_decision_comes_too_late() {
        decides(new Decision.Answer());
        decides(new Decision.Reject(486, ""));
        story.weSaid("A 200").isNow(CallState.CONNECTED);
    }

    @Test
    void the_client_hangs_up() {
        story.weHangUp();
        story.weSaid("A 480", "release").endedAs(EndCause.Result.CANCELLED, 200);
    }
}
