// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A client puts both parties on hold, and lets them talk again. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HoldTest {
    private final Story story = Story.connected();

    private void held() {
        story.on(new CallEvent.HoldRequested());
        story.weSaid("A REINVITE", "B REINVITE").isNow(CallState.CONNECTED);
        assertThat(story.sdpIn("A REINVITE").orElseThrow().text()).contains("a=inactive");
        assertThat(story.sdpIn("B REINVITE").orElseThrow().text()).contains("a=inactive");
        story.a.answers(Sdps.audio("a", 2));
        story.isNow(CallState.CONNECTED);
        story.b.answers(Sdps.audio("b", 2));
        story.weSaid("A ACK", "B ACK").isNow(CallState.ON_HOLD);
    }

    private void resumed() {
        story.on(new CallEvent.ResumeRequested());
        story.weSaid("A REINVITE");
        assertThat(story.sdpIn("A REINVITE")).as("A is asked for an offer").isEmpty();
        story.a.answers(Sdps.audio("a", 3));
        story.weSaid("B REINVITE");
        story.b.answers(Sdps.audio("b", 3));
        story.weSaid("B ACK", "A ACK").isNow(CallState.CONNECTED);
    }

    @Test
    void both_are_parked_and_talk_again() {
        held();
        resumed();
    }

    @Test
    void twice_is_as_good_as_once() {
        held();
        story.on(new CallEvent.HoldRequested());
        story.weSaid().isNow(CallState.ON_HOLD);
        resumed();
        story.on(new CallEvent.ResumeRequested());
        story.weSaid().isNow(CallState.CONNECTED);
    }

    @Test
    void one_refuses_and_the_call_is_on_hold_all_the_same() {
        story.on(new CallEvent.HoldRequested());
        story.a.refuses(488, "Not Acceptable Here");
        story.b.answers(Sdps.audio("b", 2));
        story.weSaid("A REINVITE", "B REINVITE", "B ACK").isNow(CallState.ON_HOLD);
        assertThat(story.hasTrouble("hold-refused")).isTrue();
    }

    @Test
    void a_phone_that_knows_nothing_of_the_call_ends_it() {
        story.on(new CallEvent.HoldRequested());
        story.a.refuses(481, "Call/Transaction Does Not Exist");
        story.weSaid("A REINVITE", "B REINVITE", "A BYE", "B BYE").isNow(CallState.HANGING_UP);
    }

    @Test
    void after_glare_who_owns_the_call_id_waits_longer() {
        story.on(new CallEvent.HoldRequested());
        story.a.refuses(491, "Request Pending");
        story.b.refuses(491, "Request Pending");
        assertThat(story.actions())
                .contains(
                        new CallAction.StartTimer(TimerName.GLARE.of(LegId.A), Duration.ZERO, Duration.ofSeconds(2)),
                        new CallAction.StartTimer(
                                TimerName.GLARE.of(LegId.B), Duration.ofMillis(2100), Duration.ofSeconds(4)));
        story.weSaid("A REINVITE", "B REINVITE");
        story.runsOut(TimerName.GLARE.of(LegId.B));
        story.weSaid("B REINVITE");
        story.b.answers(Sdps.audio("b", 2));
        story.runsOut(TimerName.GLARE.of(LegId.A));
        story.a.answers(Sdps.audio("a", 2));
        story.weSaid("B ACK", "A REINVITE", "A ACK").isNow(CallState.ON_HOLD);
    }

    @Test
    void what_a_phone_changes_while_held_is_agreed_to_and_nothing_flows() {
        held();
        story.b.reinvites(Sdps.audio("b", 3));
        story.weSaid("B 200").isNow(CallState.ON_HOLD);
        assertThat(story.sdpIn("B 200").orElseThrow().text()).contains("a=inactive");
        story.b.acks(Optional.empty());
        resumed();
    }

    @Test
    void a_phone_holds_by_itself_and_takes_back() {
        story.a.reinvites(Sdps.of("a", 2, "m=audio 4000 RTP/AVP 0", "a=sendonly"));
        story.b.answers(Sdps.of("b", 2, "m=audio 4000 RTP/AVP 0", "a=recvonly"));
        story.isNow(CallState.ON_HOLD);
        story.a.acks(Optional.empty());
        story.a.reinvites(Sdps.audio("a", 3));
        story.b.answers(Sdps.audio("b", 3));
        story.isNow(CallState.CONNECTED);
    }

    @Test
    void a_resume_that_is_refused_leaves_it_on_hold() {
        held();
        story.on(new CallEvent.ResumeRequested());
        story.a.answers(Sdps.audio("a", 3));
        story.b.refuses(488, "Not Acceptable Here");
        story.weSaid("A REINVITE", "B REINVITE", "A ACK").isNow(CallState.ON_HOLD);
        assertThat(story.sdpIn("A ACK").orElseThrow().text()).contains("a=inactive");
        assertThat(story.hasTrouble("resume-refused")).isTrue();
        story.on(new CallEvent.ResumeRequested());
        story.weSaid("A REINVITE");
    }

    @Test
    void a_held_call_is_hung_up() {
        held();
        story.weHangUp();
        story.allAgree();
        story.weSaid("A BYE", "B BYE", "release").endedAs(EndCause.Result.COMPLETED, 200);
    }

    @Test
    void a_hold_that_was_wanted_before_both_were_joined_comes_after_it() {
        Story dialed = Story.weDial();
        dialed.a.answers(Sdps.audio("a", 1));
        dialed.b.answers(Sdps.audio("b", 1));
        dialed.on(new CallEvent.HoldRequested());
        dialed.forgets();
        dialed.a.answers(Sdps.audio("a", 2));
        dialed.allAgree();
        dialed.isNow(CallState.ON_HOLD);
        StateTable.isKeptBy(dialed.call());
        assertThat(dialed.call().connectedAt()).isPresent();
    }

    @Test
    void a_held_call_that_is_transferred_is_not_held_any_more() {
        held();
        story.weTransfer(Transfer.Kind.BLIND, Side.CALLEE, Transfer.Method.B2BUA);
        story.c.answers(Sdps.audio("c", 1));
        story.allAgree();
        story.weSaid("C INVITE", "A REINVITE", "A ACK", "C ACK", "B BYE").isNow(CallState.CONNECTED);
    }

    @Test
    void a_held_call_whose_transfer_fails_is_on_hold_again() {
        held();
        story.weTransfer(Transfer.Kind.BLIND, Side.CALLEE, Transfer.Method.B2BUA);
        story.isNow(CallState.TRANSFERRING);
        story.c.refuses(486, "Busy Here");
        story.weSaid("C INVITE").isNow(CallState.ON_HOLD);
    }

    @Test
    void a_phone_that_takes_back_what_it_asked_for_leaves_no_ack_owed() {
        story.a.reinvites(Optional.empty());
        story.b.answers(Sdps.audio("b", 2));
        story.on(new LegEvent.SendFailed(
                LegId.A, new SipAction.Respond(LegId.A, 200, "", Optional.empty()), "cancelled"));
        story.weSaid("B REINVITE", "A 200", "B ACK");
        story.b.reinvites(Sdps.audio("b", 3));
        story.weSaid("A REINVITE");
    }
}
