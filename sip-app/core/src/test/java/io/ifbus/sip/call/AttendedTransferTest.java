// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** B talks with Carol first, then hands A over to her. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AttendedTransferTest {
    private static final Peer KNOWS_REFER = new Peer(Set.of("REFER"), Set.of(), Optional.empty(), Optional.empty());
    private static final Peer KNOWS_REPLACES =
            new Peer(Set.of(), Set.of("replaces"), Optional.empty(), Optional.empty());
    private final Story story = Story.connected(KNOWS_REFER, Peer.UNKNOWN);

    private void consulting(Transfer.Method method, Peer carol) {
        story.weTransfer(Transfer.Kind.ATTENDED, Side.CALLEE, method);
        story.on(new LegEvent.Answered(new LegId(2), Sdps.audio("c", 1), carol));
        story.weSaid("C INVITE", "A REINVITE");
        assertThat(story.sdpIn("A REINVITE").orElseThrow().text()).contains("a=inactive");
        story.a.answers(Sdps.audio("a", 2));
        story.weSaid("A ACK", "B REINVITE");
        story.b.answers(Sdps.audio("b", 2));
        story.weSaid("B ACK", "C ACK").isNow(CallState.TRANSFERRING);
        story.transferIs(Transfer.State.CONSULTING, 0);
    }

    private void completes() {
        story.on(new CallEvent.TransferCompletionRequested(Story.TRANSFER));
    }

    @Test
    void b_and_carol_talk_and_then_a_and_carol() {
        consulting(Transfer.Method.AUTO, Peer.UNKNOWN);
        completes();
        story.weSaid("C REINVITE");
        story.c.answers(Sdps.audio("c", 2));
        story.a.answers(Sdps.audio("a", 3));
        story.weSaid("A REINVITE", "A ACK", "C ACK", "B BYE").isNow(CallState.CONNECTED);
        story.transferIs(Transfer.State.COMPLETED, 200);
    }

    @Test
    void b_hangs_up_instead_of_completing() {
        consulting(Transfer.Method.AUTO, Peer.UNKNOWN);
        story.b.hangsUp();
        story.weSaid("B 200 BYE", "C REINVITE");
        story.c.answers(Sdps.audio("c", 2));
        story.a.answers(Sdps.audio("a", 3));
        story.isNow(CallState.CONNECTED);
        story.transferIs(Transfer.State.COMPLETED, 200);
    }

    @Test
    void b_hangs_up_while_carol_waits_for_an_answer_of_its() {
        consulting(Transfer.Method.AUTO, Peer.UNKNOWN);
        story.c.reinvites(Sdps.audio("c", 2));
        story.b.hangsUp();
        story.weSaid("B REINVITE", "B 200 BYE", "C 491", "C REINVITE");
    }

    @Test
    void b_hangs_up_before_it_has_heard_carol() {
        story.weTransfer(Transfer.Kind.ATTENDED, Side.CALLEE, Transfer.Method.AUTO);
        story.c.answers(Sdps.audio("c", 1));
        story.a.answers(Sdps.audio("a", 2));
        story.b.hangsUp();
        story.weSaid("C INVITE", "A REINVITE", "A ACK", "B REINVITE", "B 200 BYE", "A REINVITE");
        story.a.answers(Sdps.audio("a", 3));
        story.weSaid("A ACK", "C ACK").isNow(CallState.CONNECTED);
    }

    @Test
    void carol_hangs_up_during_the_consultation() {
        consulting(Transfer.Method.AUTO, Peer.UNKNOWN);
        story.b.reinvites(Sdps.audio("b", 3));
        story.c.hangsUp();
        story.weSaid("C REINVITE", "C 200 BYE", "B 491", "A REINVITE");
        story.a.answers(Sdps.audio("a", 3));
        story.b.answers(Sdps.audio("b", 4));
        story.weSaid("B REINVITE", "B ACK", "A ACK").isNow(CallState.CONNECTED);
        story.transferIs(Transfer.State.FAILED, 487);
    }

    @Test
    void it_is_cancelled_and_a_and_b_talk_again() {
        consulting(Transfer.Method.AUTO, Peer.UNKNOWN);
        story.on(new CallEvent.TransferCancelRequested(Story.TRANSFER));
        story.weSaid("C BYE", "A REINVITE");
    }

    @Test
    void phones_that_can_do_it_themselves() {
        consulting(Transfer.Method.AUTO, KNOWS_REPLACES);
        completes();
        story.weSaid("A REFER");
        assertThat(story.last(SipAction.Refer.class).replaces())
                .contains(new Home(story.call().facts().id(), new LegId(2)));
        story.a.answersRefer(202);
        story.c.hangsUp(); // A's phone has taken our place there
        story.weSaid("C 200 BYE").isNow(CallState.TRANSFERRING);
        story.a.notifies(200, true);
        story.weSaid("A BYE", "B BYE").isNow(CallState.HANGING_UP);
        story.transferIs(Transfer.State.COMPLETED, 200);
    }

    @Test
    void the_phone_could_not_take_our_place() {
        consulting(Transfer.Method.REFER, Peer.UNKNOWN);
        completes();
        story.a.answersRefer(202);
        story.c.hangsUp();
        story.a.notifies(481, true);
        story.weSaid("A REFER", "C 200 BYE", "A REINVITE");
        story.transferIs(Transfer.State.FAILED, 481);
    }

    @Test
    void a_phone_that_does_not_know_refer_after_all_is_joined_by_us() {
        consulting(Transfer.Method.AUTO, KNOWS_REPLACES);
        completes();
        story.a.answersRefer(501);
        story.weSaid("A REFER", "C REINVITE");
        story.transferIs(Transfer.State.JOINING, 0);
    }

    @Test
    void a_phone_that_does_not_know_refer_after_carol_has_left() {
        consulting(Transfer.Method.AUTO, KNOWS_REPLACES);
        completes();
        story.c.hangsUp();
        story.a.answersRefer(405);
        story.weSaid("A REFER", "C 200 BYE", "A REINVITE");
        story.transferIs(Transfer.State.FAILED, 487);
    }

    @Test
    void a_single_party_has_nobody_who_could_consult() {
        Story single = Story.inviteArrives(new Plan.Echo(), Sdps.audio("a", 1));
        single.a.acks(Optional.empty());
        single.forgets();
        single.weTransfer(Transfer.Kind.ATTENDED, Side.CALLEE, Transfer.Method.B2BUA);
        single.c.answers(Sdps.audio("c", 1));
        single.a.answers(Sdps.audio("a", 2));
        single.weSaid("C INVITE", "A REINVITE", "A ACK", "C ACK").isNow(CallState.CONNECTED);
        single.transferIs(Transfer.State.COMPLETED, 200);
    }
}
