// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Parties of two calls are brought together; call 1 borrows the callee of call 2. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JoinTest {
    private final Board board = new Board().connected(1).connected(2);

    private void joined() {
        board.joins();
        board.weSaid("2B REINVITE").isNow(2, CallState.TRANSFERRING);
        board.answers(2, LegId.B, 2);
        board.weSaid("1B REINVITE");
        board.answers(1, LegId.B, 2);
        board.weSaid("1B ACK", "2B ACK", "1A BYE", "2A BYE");
        board.isNow(1, CallState.CONNECTED);
        board.transferIs(1, Transfer.State.COMPLETED, 200);
        board.isNow(2, CallState.HANGING_UP);
        board.confirmsBye(2, LegId.A);
        board.isNow(2, CallState.TERMINATED);
        board.confirmsBye(1, LegId.A);
        board.weSaid();
    }

    @Test
    void the_callers_leave_and_both_calls_are_released_in_the_end() {
        joined();
        board.on(1, new LegEvent.ByeReceived(LegId.B));
        board.weSaid("1B 200 BYE", "2B BYE");
        board.confirmsBye(2, LegId.B);
        board.weSaid("1 release", "2 release");
    }

    @Test
    void the_borrowed_party_hangs_up_later() {
        joined();
        board.on(2, new LegEvent.ByeReceived(LegId.B));
        board.weSaid("2B 200 BYE", "1B BYE", "2 release");
        board.confirmsBye(1, LegId.B);
        board.weSaid("1 release");
    }

    @Test
    void what_the_borrowed_party_changes_reaches_the_other() {
        joined();
        board.on(2, new LegEvent.Reinvited(LegId.B, Sdps.audio("b2", 3)));
        board.weSaid("1B REINVITE");
        board.answers(1, LegId.B, 3);
        board.weSaid("1B ACK", "2B 200");
    }

    @Test
    void a_borrowed_leg_can_be_replaced_where_it_is() {
        joined();
        board.arrives(3, new Plan.Replace(Board.home(2, LegId.B), false), Sdps.audio("c", 1));
        board.weSaid("1B REINVITE");
        board.answers(1, LegId.B, 3);
        board.weSaid("1B ACK", "3A 200", "2B BYE").isNow(1, CallState.CONNECTED);
        board.confirmsBye(2, LegId.B);
        board.weSaid("2 release");
    }

    @Test
    void a_call_that_does_not_talk_has_nobody_to_lend() {
        board.on(2, new CallEvent.HoldRequested());
        board.weSaid("2A REINVITE", "2B REINVITE");
        board.joins();
        board.weSaid().isNow(1, CallState.CONNECTED);
        board.transferIs(1, Transfer.State.FAILED, 481);
    }

    @Test
    void a_call_that_nobody_knows_has_nobody_to_lend() {
        Board alone = new Board().connected(1);
        alone.joins();
        alone.weSaid();
        alone.transferIs(1, Transfer.State.FAILED, 481);
    }

    @Test
    void a_call_that_is_over_has_nobody_to_lend() {
        board.on(2, new CallEvent.HangUpRequested());
        board.confirmsBye(2, LegId.A);
        board.confirmsBye(2, LegId.B);
        board.joins();
        board.transferIs(1, Transfer.State.FAILED, 603);
    }

    @Test
    void the_borrowed_party_hangs_up_before_it_is_joined() {
        board.joins();
        board.on(2, new LegEvent.ByeReceived(LegId.B));
        board.weSaid("2B REINVITE", "2B 200 BYE", "2A BYE").isNow(1, CallState.CONNECTED);
        board.transferIs(1, Transfer.State.FAILED, 487);
    }

    @Test
    void the_borrower_is_hung_up_and_the_lender_is_as_it_was() {
        board.joins();
        board.answers(2, LegId.B, 2);
        board.on(1, new CallEvent.HangUpRequested());
        board.weSaid("2B REINVITE", "1B REINVITE", "2B ACK", "1A BYE", "1B BYE", "2A REINVITE");
        board.answers(2, LegId.A, 2);
        board.weSaid("2B REINVITE");
        board.answers(2, LegId.B, 3);
        board.weSaid("2B ACK", "2A ACK").isNow(2, CallState.CONNECTED);
        board.transferIs(1, Transfer.State.FAILED, 487);
    }

    @Test
    void the_lender_is_hung_up_and_ends_when_its_party_comes_back() {
        board.joins();
        board.on(2, new CallEvent.HangUpRequested());
        board.weSaid("2B REINVITE", "2A BYE");
        board.on(2, new LegEvent.Rejected(LegId.B, 488, "Not Acceptable Here"));
        board.weSaid("2B BYE").isNow(2, CallState.HANGING_UP);
        board.isNow(1, CallState.CONNECTED);
        board.confirmsBye(2, LegId.A);
        board.confirmsBye(2, LegId.B);
        board.weSaid("2 release");
    }

    @Test
    void a_dialog_that_is_gone_ends_the_lender_and_not_the_borrower() {
        board.joins();
        board.on(2, new LegEvent.Rejected(LegId.B, 481, "Call/Transaction Does Not Exist"));
        board.weSaid("2B REINVITE", "2B BYE", "2A BYE").isNow(1, CallState.CONNECTED);
        board.transferIs(1, Transfer.State.FAILED, 481);
    }

    @Test
    void a_lender_that_was_on_hold_is_on_hold_again() {
        board.on(2, new CallEvent.HoldRequested());
        board.answers(2, LegId.A, 2);
        board.answers(2, LegId.B, 2);
        board.forget();
        board.joins();
        board.on(2, new LegEvent.Rejected(LegId.B, 488, "Not Acceptable Here"));
        board.weSaid("2B REINVITE").isNow(2, CallState.ON_HOLD);
    }

    @Test
    void a_leg_that_backs_off_when_it_comes_back_is_free_after_a_while() {
        board.joins();
        board.on(2, new LegEvent.Rejected(LegId.B, 491, "Request Pending"));
        board.on(1, new CallEvent.TransferCancelRequested(Story.TRANSFER));
        board.weSaid("2B REINVITE", "2A REINVITE");
        board.answers(2, LegId.A, 2);
        board.weSaid();
        board.on(2, new CallEvent.TimerFired(TimerName.GLARE.of(LegId.B)));
        board.weSaid("2B REINVITE");
    }

    @Test
    void what_happens_on_a_leg_that_was_given_back_meanwhile_is_not_lost() {
        board.joins();
        board.on(1, new CallEvent.TransferCancelRequested(Story.TRANSFER));
        board.forget();
        CallEvent.OnLeg bye = new LegEvent.ByeReceived(LegId.B);
        board.on(1, new CallEvent.Forwarded(Board.home(2, LegId.B), bye));
        board.weSaid("2B 200 BYE", "2A BYE");
    }

    @Test
    void digits_that_were_not_sent_yet_do_not_stand_in_the_way_later() {
        board.on(2, new CallEvent.DigitsRequested(Side.CALLEE, "12"));
        board.joins();
        board.on(2, new LegEvent.Rejected(LegId.B, 488, "Not Acceptable Here"));
        board.forget();
        board.on(2, new CallEvent.DigitsRequested(Side.CALLEE, "3"));
        board.weSaid("2B DIGIT 3");
    }

    @Test
    void a_phone_that_refers_with_replaces_joins_its_two_calls() {
        Optional<Home> replaced = Optional.of(Board.home(2, LegId.A));
        board.on(1, new CallEvent.ReferReceived(LegId.A, 5, "sip:bob2@192.0.2.9", true, replaced, false));
        board.weSaid("1A 202 REFER", "1A NOTIFY 100", "2B REINVITE");
        board.answers(2, LegId.B, 2);
        board.answers(1, LegId.B, 2);
        board.weSaid("1B REINVITE", "1B ACK", "2B ACK", "1A NOTIFY 200", "1A BYE", "2A BYE");
        assertThat(board.call(1).transfers().get(0).kind()).isEqualTo(Transfer.Kind.JOIN);
    }
}
