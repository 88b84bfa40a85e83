// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Two parties that we connected. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConnectedTest {
    private final Story story = Story.weDial();
    private final Story.Phone a = story.a;
    private final Story.Phone b = story.b;

    @BeforeEach
    void connected() {
        a.answers(Sdps.audio("a", 1));
        b.answers(Sdps.audio("b", 1));
        a.answers(Sdps.audio("a", 1));
        story.weSaid("A INVITE", "A ACK", "B INVITE", "A REINVITE", "A ACK", "B ACK");
    }

    @Test
    void one_hangs_up() {
        b.hangsUp();
        story.weSaid("B 200 BYE", "A BYE").isNow(CallState.HANGING_UP);
        a.confirmsBye();
        story.weSaid("release").endedAs(EndCause.Result.COMPLETED, 200);
        assertThat(story.call().cause().orElseThrow().by()).isEqualTo(EndCause.By.CALLEE);
    }

    @Test
    void both_hang_up_at_once() {
        b.hangsUp();
        a.hangsUp();
        story.weSaid("B 200 BYE", "A BYE", "A 200 BYE");
        a.confirmsBye();
        story.weSaid("release").isNow(CallState.TERMINATED);
    }

    @Test
    void all_three_hang_up_at_once() {
        story.weHangUp();
        a.hangsUp();
        b.hangsUp();
        story.weSaid("A BYE", "B BYE", "A 200 BYE", "B 200 BYE");
        a.confirmsBye();
        b.confirmsBye();
        story.weSaid("release").endedAs(EndCause.Result.COMPLETED, 200);
    }

    @Test
    void a_puts_b_on_hold() {
        a.reinvites(Sdps.of("a", 2, "m=audio 4000 RTP/AVP 0", "a=sendonly"));
        story.weSaid("B REINVITE");
        assertThat(story.sdpIn("B REINVITE").orElseThrow().text()).contains("o=a 77 2 IN", "a=sendonly");
        b.answers(Sdps.of("b", 2, "m=audio 4000 RTP/AVP 0", "a=recvonly"));
        story.weSaid("B ACK", "A 200");
        assertThat(story.sdpIn("A 200").orElseThrow().text()).contains("o=ifbus 3 3 IN IP4 0.0.0.0", "a=recvonly");
        a.acks(Optional.empty());
        a.reinvites(Sdps.audio("a", 3));
        story.weSaid("B REINVITE");
    }

    @Test
    void b_asks_for_an_offer() {
        b.reinvites(Optional.empty());
        story.weSaid("A REINVITE");
        a.answers(Sdps.audio("a", 2));
        story.weSaid("B 200");
        assertThat(story.sdpIn("B 200")).isPresent();
        b.acks(Sdps.audio("b", 2));
        story.weSaid("A ACK");
        assertThat(story.sdpIn("A ACK").orElseThrow().text()).contains("m=audio 4000 RTP/AVP 0 101");
    }

    @Test
    void b_refuses_what_a_wants() {
        a.reinvites(Sdps.audio("a", 2));
        b.refuses(488, "Not Acceptable Here");
        story.weSaid("B REINVITE", "A 488").isNow(CallState.CONNECTED);
        b.reinvites(Sdps.audio("b", 2));
        story.weSaid("A REINVITE");
    }

    @Test
    void both_want_something_at_once() {
        a.reinvites(Sdps.audio("a", 2));
        b.reinvites(Sdps.audio("b", 2));
        b.refuses(491, "Request Pending");
        story.weSaid("B REINVITE", "B 491", "A 491").isNow(CallState.CONNECTED);
    }

    @Test
    void a_takes_back_what_it_wants() {
        a.reinvites(Sdps.audio("a", 2));
        a.cancels();
        b.answers(Sdps.audio("b", 2));
        story.weSaid("B REINVITE", "B ACK").isNow(CallState.CONNECTED);
        b.reinvites(Sdps.audio("b", 3));
        story.weSaid("A REINVITE");
    }

    @Test
    void a_hangs_up_while_b_thinks_about_it() {
        a.reinvites(Sdps.audio("a", 2));
        a.hangsUp();
        story.weSaid("B REINVITE", "A 487", "A 200 BYE", "B BYE");
        b.answers(Sdps.audio("b", 2));
        b.confirmsBye();
        story.weSaid("B ACK", "release").isNow(CallState.TERMINATED);
    }

    @Test
    void b_dialog_is_gone() {
        a.reinvites(Sdps.audio("a", 2));
        b.refuses(481, "Call/Transaction Does Not Exist");
        story.weSaid("B REINVITE", "A 487", "A BYE", "B BYE");
    }

    @Test
    void a_video_stream_is_added_and_the_answer_keeps_the_order_of_the_offer() {
        a.reinvites(Sdps.of("a", 2, "m=audio 4000 RTP/AVP 0", "m=video 4002 RTP/AVP 99", "a=rtpmap:99 H264/90000"));
        b.answers(Sdps.audio("b", 2));
        story.weSaid("B REINVITE", "B ACK", "A 200");
        assertThat(story.sdpIn("A 200").orElseThrow().text()).contains("m=audio 4000", "m=video 0 RTP/AVP 99");
    }

    @Test
    void dtmf_by_info_goes_to_the_other_side() {
        story.on(new CallEvent.InfoReceived(LegId.A, 1));
        story.weSaid("B RELAYINFO");
        b.hangsUp();
        story.on(new CallEvent.InfoReceived(LegId.A, 2));
        story.weSaid("B 200 BYE", "A BYE", "A REFUSEINFO");
    }

    @Test
    void an_ack_that_cannot_be_sent_ends_the_call() {
        story.on(new LegEvent.SendFailed(LegId.B, new SipAction.Ack(LegId.B, Optional.empty()), "no dialog"));
        story.weSaid("B BYE", "A BYE");
    }
}
