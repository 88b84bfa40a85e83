// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A is handed over to Carol without her being asked; docs/transfers.md has the outcomes. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BlindTransferTest {
    private static final Peer KNOWS_REFER = new Peer(Set.of("REFER"), Set.of(), Optional.empty(), Optional.empty());
    private final Story story = Story.connected();

    private void dialing() {
        story.weTransfer(Transfer.Kind.BLIND, Side.CALLEE, Transfer.Method.AUTO);
        story.weSaid("C INVITE").isNow(CallState.TRANSFERRING);
    }

    @Test
    void carol_is_rung_on_behalf_of_b_and_joined_with_a() {
        dialing();
        SipAction.Invite invite = story.last(SipAction.Invite.class);
        assertThat(invite.from().uri()).isEqualTo("sip:alice@example.com");
        assertThat(invite.headers()).containsEntry("Referred-By", "<sip:bob@example.com>");
        story.c.rings();
        story.transferIs(Transfer.State.RINGING, 0);
        story.c.answers(Sdps.audio("c", 1));
        story.weSaid("A REINVITE");
        assertThat(story.sdpIn("A REINVITE").orElseThrow().text()).contains("m=audio 4000");
        story.a.answers(Sdps.audio("a", 2));
        story.weSaid("A ACK", "C ACK", "B BYE").isNow(CallState.CONNECTED);
        assertThat(story.sdpIn("C ACK")).isEqualTo(Sdps.audio("a", 2));
    }

    @Test
    void the_next_transfer_shows_carol_and_not_bob() {
        dialing();
        story.c.answers(Sdps.audio("c", 1));
        story.allAgree();
        story.forgets();
        story.on(new CallEvent.TransferRequested(Transfer.requested(
                new TransferId(new java.util.UUID(5, 5)),
                Transfer.Kind.BLIND,
                Side.CALLER,
                "sip:dora@192.0.2.4",
                Transfer.Method.B2BUA,
                Story.NOON)));
        story.weSaid("D INVITE");
        assertThat(story.last(SipAction.Invite.class).from().uri()).isEqualTo("sip:carol@192.0.2.3");
    }

    @Test
    void carol_answers_without_a_description() {
        dialing();
        story.c.answers(Optional.empty());
        story.weSaid("C ACK", "C BYE").isNow(CallState.CONNECTED);
        story.transferIs(Transfer.State.FAILED, 488);
    }

    @Test
    void a_does_not_want_to_talk_with_carol() {
        dialing();
        story.c.answers(Sdps.audio("c", 1));
        story.a.refuses(488, "Not Acceptable Here");
        story.weSaid("A REINVITE", "C ACK", "C BYE").isNow(CallState.CONNECTED);
        story.transferIs(Transfer.State.FAILED, 488);
    }

    @Test
    void a_knows_nothing_of_the_call_any_more() {
        dialing();
        story.c.answers(Sdps.audio("c", 1));
        story.a.refuses(481, "Gone");
        story.weSaid("A REINVITE", "A BYE", "C ACK", "C BYE", "B BYE").isNow(CallState.HANGING_UP);
        story.transferIs(Transfer.State.FAILED, 481);
    }

    @Test
    void a_loses_its_session_while_carol_rings() {
        dialing();
        story.b.reinvites(Sdps.audio("b", 2));
        story.a.refuses(481, "Gone");
        story.transferIs(Transfer.State.FAILED, 481);
        story.isNow(CallState.HANGING_UP);
    }

    @Test
    void b_loses_its_session_while_carol_rings_and_the_transfer_goes_on() {
        dialing();
        story.a.reinvites(Sdps.audio("a", 2));
        story.b.refuses(481, "Gone");
        story.weSaid("B REINVITE", "B BYE", "A 491").isNow(CallState.TRANSFERRING);
        story.c.answers(Sdps.audio("c", 1));
        story.weSaid("A REINVITE");
    }

    @Test
    void b_hangs_up_between_our_answer_and_its_ack() {
        dialing();
        story.b.reinvites(Optional.empty());
        story.a.answers(Sdps.audio("a", 2));
        story.b.hangsUp();
        story.weSaid("A REINVITE", "B 200", "B 200 BYE", "A ACK");
        story.c.answers(Sdps.audio("c", 1));
        story.weSaid("A REINVITE");
    }

    @Test
    void b_that_has_not_acknowledged_yet_is_hung_up_when_it_has() {
        Story early = Story.bridged(Sdps.audio("a", 1));
        early.b.answers(Sdps.audio("b", 1));
        early.forgets();
        early.weTransfer(Transfer.Kind.BLIND, Side.CALLER, Transfer.Method.B2BUA);
        early.c.answers(Sdps.audio("c", 1));
        early.b.answers(Sdps.audio("b", 2));
        early.weSaid("C INVITE", "B REINVITE", "B ACK", "C ACK");
        early.a.acks(Optional.empty());
        early.weSaid("A BYE");
    }

    @Test
    void a_refusal_of_what_was_asked_before_does_not_stop_the_return() {
        dialing();
        story.c.answers(Sdps.audio("c", 1));
        story.c.hangsUp();
        story.weSaid("A REINVITE", "C ACK", "C 200 BYE");
        story.a.refuses(488, "Not Acceptable Here");
        story.weSaid("A REINVITE");
        story.isNow(CallState.TRANSFERRING);
        story.a.answers(Sdps.audio("a", 3));
        story.b.answers(Sdps.audio("b", 3));
        story.isNow(CallState.CONNECTED);
        assertThat(story.hasTrouble("resume-refused")).isFalse();
    }

    @Test
    void a_second_transfer_at_the_same_time_is_refused() {
        dialing();
        story.on(new CallEvent.TransferRequested(Transfer.requested(
                new TransferId(new java.util.UUID(5, 5)),
                Transfer.Kind.BLIND,
                Side.CALLER,
                "sip:dora@192.0.2.4",
                Transfer.Method.B2BUA,
                Story.NOON)));
        story.weSaid();
        story.transferIs(Transfer.State.FAILED, 491);
    }

    @Test
    void a_refer_that_cannot_be_sent_fails_at_once() {
        Story able = Story.connected(KNOWS_REFER, Peer.UNKNOWN);
        able.weTransfer(Transfer.Kind.BLIND, Side.CALLEE, Transfer.Method.AUTO);
        able.weSaid("A REFER");
        able.on(new LegEvent.SendFailed(LegId.A, able.last(SipAction.Refer.class), "broken"));
        able.isNow(CallState.CONNECTED);
        able.transferIs(Transfer.State.FAILED, 503);
    }

    @Test
    void a_phone_that_stops_reporting_has_failed() {
        Story able = Story.connected(KNOWS_REFER, Peer.UNKNOWN);
        able.weTransfer(Transfer.Kind.BLIND, Side.CALLEE, Transfer.Method.AUTO);
        able.a.answersRefer(202);
        able.a.notifies(100, false);
        able.a.notifies(180, false);
        able.transferIs(Transfer.State.REFERRING, 0);
        able.a.notifies(180, true);
        able.weSaid("A REFER").isNow(CallState.CONNECTED);
        able.transferIs(Transfer.State.FAILED, 487);
    }
}
