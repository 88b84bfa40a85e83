// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** B's phone asks us to hand A over (RFC 3515). */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PhoneReferTest {
    private final Story story = Story.connected();

    @Test
    void it_is_told_how_the_transfer_goes() {
        story.b.refers(9, false);
        story.weSaid("B 202 REFER", "B NOTIFY 100", "C INVITE").isNow(CallState.TRANSFERRING);
        story.c.rings();
        story.c.rings();
        story.weSaid("B NOTIFY 180");
        story.c.answers(Sdps.audio("c", 1));
        story.a.answers(Sdps.audio("a", 2));
        story.weSaid("A REINVITE", "A ACK", "C ACK", "B NOTIFY 200", "B BYE");
        assertThat(story.last(SipAction.Notify.class).reference()).isEqualTo(9);
    }

    @Test
    void it_wants_to_hear_nothing() {
        story.b.refers(9, true);
        story.c.rings();
        story.c.refuses(486, "Busy Here");
        story.weSaid("B 202 REFER", "C INVITE").isNow(CallState.CONNECTED);
        assertThat(story.last(SipAction.AnswerRefer.class).silent()).isTrue();
    }

    @Test
    void a_second_one_is_refused_while_the_first_is_under_way() {
        story.b.refers(9, false);
        story.b.refers(10, false);
        story.a.refers(11, false);
        story.weSaid("B 202 REFER", "B NOTIFY 100", "C INVITE", "B 491 REFER", "A 491 REFER");
    }

    @Test
    void a_third_one_is_taken_when_the_first_has_failed() {
        story.b.refers(9, false);
        story.c.refuses(603, "Decline");
        story.b.refers(10, false);
        story.weSaid(
                "B 202 REFER", "B NOTIFY 100", "C INVITE", "B NOTIFY 603", "B 202 REFER", "B NOTIFY 100", "D INVITE");
    }

    @Test
    void it_hangs_up_before_the_target_has_answered() {
        story.b.refers(9, false);
        story.b.hangsUp();
        story.c.rings();
        story.c.answers(Sdps.audio("c", 1));
        story.a.answers(Sdps.audio("a", 2));
        story.weSaid("B 202 REFER", "B NOTIFY 100", "C INVITE", "B 200 BYE", "A REINVITE", "A ACK", "C ACK")
                .isNow(CallState.CONNECTED);
    }

    @Test
    void a_dialog_to_replace_that_nobody_knows_is_481() {
        story.on(new CallEvent.ReferReceived(LegId.B, 9, "sip:carol@192.0.2.3", true, Optional.empty(), false));
        story.weSaid("B 202 REFER", "B NOTIFY 100", "B NOTIFY 481").isNow(CallState.CONNECTED);
        story.transferIs(Transfer.State.FAILED, 481);
    }

    @Test
    void a_single_party_has_nobody_to_hand_over() {
        Story single = Story.inviteArrives(new Plan.Echo(), Sdps.audio("a", 1));
        single.a.acks(Optional.empty());
        single.forgets();
        single.a.refers(9, false);
        single.weSaid("A 603 REFER").isNow(CallState.CONNECTED);
    }

    @Test
    void a_leg_that_is_ending_has_no_dialog_for_it() {
        story.weHangUp();
        story.b.refers(9, false);
        story.weSaid("A BYE", "B BYE", "B 481 REFER");
    }
}
