// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Only the callee is rung; it hears itself until it is transferred. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SingleLegTest {
    private final Story story = Story.of(Call.dial(Story.facts(Direction.OUTBOUND), Dialing.CALLEE_ALONE, Story.NOON));

    private void echoes() {
        story.b.rings();
        story.isNow(CallState.RINGING);
        story.b.answers(Sdps.audio("b", 1));
        story.weSaid("B INVITE", "B ACK", "B REINVITE").isNow(CallState.CONNECTED);
        assertThat(story.sdpIn("B REINVITE")).isEmpty();
        story.b.answers(Sdps.audio("b", 2));
        story.weSaid("B ACK");
        assertThat(story.sdpIn("B ACK").orElseThrow().text()).contains("m=audio 4000", "c=IN IP4 192.0.2.7");
    }

    @Test
    void it_hears_itself() {
        echoes();
        assertThat(story.call().absent()).contains(Side.CALLER);
        story.b.hangsUp();
        story.weSaid("B 200 BYE", "release").endedAs(EndCause.Result.COMPLETED, 200);
    }

    @Test
    void glare_puts_its_echo_off() {
        story.b.answers(Sdps.audio("b", 1));
        story.b.refuses(491, "Request Pending");
        story.weSaid("B INVITE", "B ACK", "B REINVITE");
        story.runsOut(TimerName.GLARE.of(LegId.B));
        story.weSaid("B REINVITE");
    }

    @Test
    void it_stays_silent_if_it_does_not_want_to_hear_itself() {
        story.b.answers(Sdps.audio("b", 1));
        story.b.refuses(488, "Not Acceptable Here");
        story.weSaid("B INVITE", "B ACK", "B REINVITE").isNow(CallState.CONNECTED);
    }

    @Test
    void it_knows_nothing_of_the_call_any_more() {
        story.b.answers(Sdps.audio("b", 1));
        story.b.refuses(481, "Gone");
        story.weSaid("B INVITE", "B ACK", "B REINVITE", "B BYE").isNow(CallState.HANGING_UP);
    }

    @Test
    void it_is_busy() {
        story.b.refuses(486, "Busy Here");
        story.weSaid("B INVITE", "release").endedAs(EndCause.Result.BUSY, 486);
    }

    @Test
    void it_does_not_answer() {
        story.b.rings();
        story.runsOut(TimerName.RING);
        story.allAgree();
        story.weSaid("B INVITE", "B CANCEL", "release").endedAs(EndCause.Result.NO_ANSWER, 408);
    }

    @Test
    void a_transfer_gives_it_someone_to_talk_with() {
        echoes();
        story.weTransfer(Transfer.Kind.BLIND, Side.CALLER, Transfer.Method.AUTO);
        story.c.answers(Sdps.audio("c", 1));
        story.b.answers(Sdps.audio("b", 3));
        story.weSaid("C INVITE", "B REINVITE", "B ACK", "C ACK").isNow(CallState.CONNECTED);
        assertThat(story.call().absent()).isEmpty();
    }

    @Test
    void a_transfer_that_fails_after_it_was_asked_gives_its_echo_back() {
        echoes();
        story.weTransfer(Transfer.Kind.BLIND, Side.CALLER, Transfer.Method.AUTO);
        story.c.answers(Sdps.audio("c", 1));
        story.c.hangsUp();
        story.weSaid("C INVITE", "B REINVITE", "C ACK", "C 200 BYE").isNow(CallState.CONNECTED);
        story.b.answers(Sdps.audio("b", 3));
        story.weSaid("B ACK", "B REINVITE");
        story.b.answers(Sdps.audio("b", 4));
        story.weSaid("B ACK");
        assertThat(story.sdpIn("B ACK").orElseThrow().text()).contains("m=audio 4000");
    }

    @Test
    void an_answer_without_a_description_is_hung_up_or_silent() {
        story.b.answers(Optional.empty());
        story.b.answers(Optional.empty());
        story.weSaid("B INVITE", "B ACK", "B REINVITE", "B ACK").isNow(CallState.CONNECTED);
    }
}
