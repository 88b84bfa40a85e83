// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.sdp.Sdp;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** An INVITE wants to take the place of a leg (RFC 3891 section 3); it makes call 3, the leg is call 1's A. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReplacesTest {
    private final Board board = new Board().connected(1);

    private void replaces(LegId leg, boolean earlyOnly, Optional<Sdp> offer) {
        board.arrives(3, new Plan.Replace(Board.home(1, leg), earlyOnly), offer);
    }

    @Test
    void the_replaced_dialog_is_hung_up_once_the_two_are_joined() {
        replaces(LegId.A, false, Sdps.audio("c", 1));
        board.weSaid("1B REINVITE").isNow(1, CallState.TRANSFERRING);
        board.answers(1, LegId.B, 2);
        board.weSaid("1B ACK", "3A 200", "1A BYE").isNow(1, CallState.CONNECTED);
        board.on(3, new LegEvent.Acked(LegId.A, Optional.empty()));
        board.confirmsBye(1, LegId.A);
        board.isNow(3, CallState.TERMINATED);
        board.on(3, new LegEvent.ByeReceived(LegId.A));
        board.weSaid("3A 200 BYE", "1B BYE", "3 release");
        board.confirmsBye(1, LegId.B);
        board.weSaid("1 release");
        assertThat(board.call(1).transfers().get(0).kind()).isEqualTo(Transfer.Kind.REPLACEMENT);
    }

    @Test
    void without_an_offer_the_party_that_stays_is_asked_for_one() {
        replaces(LegId.A, false, Optional.empty());
        board.weSaid("1B REINVITE");
        board.answers(1, LegId.B, 2);
        board.weSaid("3A 200");
        board.on(3, new LegEvent.Acked(LegId.A, Sdps.audio("c", 1)));
        board.weSaid("1B ACK", "1A BYE").isNow(1, CallState.CONNECTED);
    }

    @Test
    void without_an_offer_and_an_ack_that_never_comes() {
        replaces(LegId.A, false, Optional.empty());
        board.answers(1, LegId.B, 2);
        board.on(3, new LegEvent.AckMissing(LegId.A));
        board.weSaid("1B REINVITE", "3A 200", "3A BYE", "1B ACK", "1A REINVITE");
        board.transferIs(1, Transfer.State.FAILED, 408);
        board.confirmsBye(3, LegId.A);
        board.weSaid("3 release");
    }

    @Test
    void without_an_offer_and_joined_too_late_the_new_phone_is_hung_up() {
        replaces(LegId.A, false, Optional.empty());
        board.answers(1, LegId.B, 2);
        board.on(1, new CallEvent.TimerFired(TimerName.JOIN));
        board.weSaid("1B REINVITE", "3A 200", "1B ACK", "1A REINVITE").isNow(3, CallState.HANGING_UP);
        board.on(3, new LegEvent.Acked(LegId.A, Sdps.audio("c", 1)));
        board.weSaid("3A BYE");
        StateTable.isKeptBy(board.call(3));
    }

    @Test
    void no_such_dialog_is_481() {
        board.arrives(3, new Plan.Replace(Board.home(9, LegId.A), false), Sdps.audio("c", 1));
        board.weSaid("3A 481", "3 release");
        replaces(new LegId(7), false, Sdps.audio("c", 1));
        board.weSaid("3A 481", "3 release").isNow(1, CallState.CONNECTED);
    }

    @Test
    void an_answered_dialog_and_early_only_is_486() {
        replaces(LegId.A, true, Sdps.audio("c", 1));
        board.weSaid("3A 486", "3 release").isNow(1, CallState.CONNECTED);
    }

    @Test
    void a_dialog_that_has_ended_is_603() {
        board.on(1, new LegEvent.ByeReceived(LegId.A));
        board.forget();
        replaces(LegId.A, false, Sdps.audio("c", 1));
        board.weSaid("3A 603", "3 release");
        board.confirmsBye(1, LegId.B);
        board.forget();
        replaces(LegId.A, false, Sdps.audio("c", 1));
        board.weSaid("3A 603", "3 release");
    }

    @Test
    void while_something_else_is_under_way_it_is_491() {
        board.on(1, new CallEvent.HoldRequested());
        board.forget();
        replaces(LegId.A, false, Sdps.audio("c", 1));
        board.weSaid("3A 491", "3 release");
    }

    @Test
    void a_single_party_cannot_be_replaced() {
        board.arrives(2, new Plan.Echo(), Sdps.audio("a", 1));
        board.on(2, new LegEvent.Acked(LegId.A, Optional.empty()));
        board.forget();
        board.arrives(3, new Plan.Replace(Board.home(2, LegId.A), false), Sdps.audio("c", 1));
        board.weSaid("3A 480", "3 release").isNow(2, CallState.CONNECTED);
    }

    @Test
    void the_party_that_stays_does_not_want_to() {
        replaces(LegId.A, false, Sdps.audio("c", 1));
        board.on(1, new LegEvent.Rejected(LegId.B, 488, "Not Acceptable Here"));
        board.weSaid("1B REINVITE", "3A 488", "3 release").isNow(1, CallState.CONNECTED);
        board.transferIs(1, Transfer.State.FAILED, 488);
    }

    @Test
    void the_new_phone_cancels() {
        replaces(LegId.A, false, Sdps.audio("c", 1));
        board.on(3, new LegEvent.Cancelled(LegId.A));
        board.weSaid("1B REINVITE", "1A REINVITE", "3 release").isNow(3, CallState.TERMINATED);
        board.answers(1, LegId.B, 2);
        board.answers(1, LegId.A, 2);
        board.answers(1, LegId.B, 3);
        board.weSaid("1B ACK", "1B REINVITE", "1B ACK", "1A ACK").isNow(1, CallState.CONNECTED);
    }

    @Test
    void a_replaced_phone_that_hangs_up_meanwhile_does_not_stop_it() {
        replaces(LegId.A, false, Sdps.audio("c", 1));
        board.on(1, new LegEvent.ByeReceived(LegId.A));
        board.answers(1, LegId.B, 2);
        board.weSaid("1B REINVITE", "1A 200 BYE", "1B ACK", "3A 200").isNow(1, CallState.CONNECTED);
    }
}
