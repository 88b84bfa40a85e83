// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ClickToDialTest {
    private final Story story = Story.weDial();
    private final Story.Phone a = story.a;
    private final Story.Phone b = story.b;

    @Test
    void a_is_rung_with_an_offer_that_lets_nothing_flow_and_sees_b_as_caller() {
        story.weSaid("A INVITE").isNow(CallState.DIALING);
        SipAction.Invite invite = story.last(SipAction.Invite.class);
        assertThat(invite.sdp().orElseThrow().text()).contains("m=audio 9 ", "a=inactive");
        assertThat(invite.from().uri()).isEqualTo("sip:bob@example.com");
        assertThat(invite.to().uri()).isEqualTo("sip:alice@example.com");
        assertThat(invite.headers()).containsEntry("X-IF-Trace-ID", "trace");
    }

    @Test
    void both_answer_and_talk() {
        a.rings();
        story.isNow(CallState.RINGING);
        story.weSaid("A INVITE");
        a.answers(Sdps.audio("a", 1));
        story.weSaid("A ACK", "B INVITE").isNow(CallState.RINGING);
        assertThat(story.sdpIn("A ACK")).isEmpty();
        assertThat(story.sdpIn("B INVITE")).isEmpty();
        b.rings();
        b.answers(Sdps.audio("b", 5));
        story.weSaid("A REINVITE").isNow(CallState.RINGING);
        assertThat(story.sdpIn("A REINVITE").orElseThrow().text())
                .as("our origin on A's leg, one version on; the rest is B's")
                .contains("o=ifbus 3 2 IN IP4 0.0.0.0", "m=audio 4000 RTP/AVP 0 101", "c=IN IP4 192.0.2.7");
        a.answers(Sdps.audio("a", 2));
        story.weSaid("A ACK", "B ACK").isNow(CallState.CONNECTED);
        assertThat(story.sdpIn("B ACK")).isEqualTo(Sdps.audio("a", 2));
        story.weHangUp();
        story.weSaid("A BYE", "B BYE").isNow(CallState.HANGING_UP);
        a.confirmsBye();
        story.isNow(CallState.HANGING_UP);
        b.confirmsBye();
        story.weSaid("release").endedAs(EndCause.Result.COMPLETED, 200);
        assertThat(story.call().history())
                .extracting(StateChange::state)
                .containsExactly(
                        CallState.CREATED,
                        CallState.DIALING,
                        CallState.RINGING,
                        CallState.CONNECTED,
                        CallState.HANGING_UP,
                        CallState.TERMINATED);
        assertThat(story.call().history()).extracting(StateChange::sequence).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Nested
    class While_a_is_rung {
        @BeforeEach
        void rung() {
            story.weSaid("A INVITE");
        }

        @Test
        void hang_up_before_any_1xx_waits_for_one_with_the_cancel() {
            story.weHangUp();
            story.weSaid("A (waits for 1xx)").isNow(CallState.HANGING_UP);
            a.tries();
            story.weSaid("A CANCEL");
            a.rings();
            story.weSaid();
            a.refuses(487, "Request Terminated");
            story.weSaid("release").endedAs(EndCause.Result.CANCELLED, 200);
        }

        @Test
        void hang_up_before_any_1xx_of_a_phone_that_answers_at_once() {
            story.weHangUp();
            story.weSaid("A (waits for 1xx)");
            a.answers(Sdps.audio("a", 1));
            story.weSaid("A ACK", "A BYE");
            assertThat(story.sdpIn("A ACK")).isEmpty();
            a.confirmsBye();
            story.weSaid("release").endedAs(EndCause.Result.CANCELLED, 200);
        }

        @Test
        void the_200_crosses_our_cancel() {
            a.rings();
            story.weHangUp();
            story.weSaid("A CANCEL");
            a.answers(Sdps.audio("a", 1));
            story.weSaid("A ACK", "A BYE");
            a.confirmsBye();
            story.weSaid("release").endedAs(EndCause.Result.CANCELLED, 200);
        }

        @Test
        void nobody_answers() {
            a.rings();
            story.runsOut(TimerName.RING);
            story.weSaid("A CANCEL");
            assertThat(story.last(SipAction.Cancel.class).reason().orElseThrow().header())
                    .isEqualTo("SIP;cause=480;text=\"No answer\"");
            a.refuses(487, "Request Terminated");
            story.weSaid("release").endedAs(EndCause.Result.NO_ANSWER, 408);
        }

        @Test
        void busy() {
            a.refuses(486, "Busy Here");
            story.weSaid("release").endedAs(EndCause.Result.BUSY, 486);
        }

        @Test
        void unreachable() {
            a.refuses(408, "Request Timeout");
            story.weSaid("release").endedAs(EndCause.Result.FAILED, 408);
        }

        @Test
        void the_invite_cannot_be_sent() {
            story.on(new LegEvent.SendFailed(LegId.A, new SipAction.AwaitProgress(LegId.A), "another matter"));
            story.isNow(CallState.DIALING);
            SipAction invite = story.last(SipAction.Invite.class);
            story.on(new LegEvent.SendFailed(LegId.A, invite, "no route to host"));
            story.weSaid("release").endedAs(EndCause.Result.FAILED, 503);
        }

        @Test
        void a_cancel_that_nobody_answers_does_not_keep_the_call() {
            a.rings();
            story.weHangUp();
            story.runsOut(TimerName.END);
            story.weSaid("A CANCEL", "release").endedAs(EndCause.Result.CANCELLED, 200);
        }
    }

    @Nested
    class Before_b_is_heard_of {
        @Test
        void b_is_not_there_although_a_rang() {
            a.rings();
            a.answers(Sdps.audio("a", 1));
            story.weSaid("A INVITE", "A ACK", "B INVITE");
            b.refuses(408, "Request Timeout");
            story.weSaid("A BYE");
            a.confirmsBye();
            story.weSaid("release").endedAs(EndCause.Result.FAILED, 408);
        }
    }

    @Nested
    class While_b_is_rung {
        @BeforeEach
        void rung() {
            a.answers(Sdps.audio("a", 1));
            b.rings();
            story.weSaid("A INVITE", "A ACK", "B INVITE");
        }

        @Test
        void a_hangs_up() {
            a.hangsUp();
            story.weSaid("A 200 BYE", "B CANCEL").isNow(CallState.HANGING_UP);
            b.refuses(487, "Request Terminated");
            story.weSaid("release").endedAs(EndCause.Result.CANCELLED, 487);
        }

        @Test
        void b_is_busy_and_a_is_told() {
            b.refuses(486, "Busy Here");
            story.weSaid("A BYE");
            assertThat(story.last(SipAction.Bye.class).reason().orElseThrow().header())
                    .isEqualTo("SIP;cause=486;text=\"Busy Here\"");
            a.confirmsBye();
            story.weSaid("release").endedAs(EndCause.Result.BUSY, 486);
        }

        @Test
        void b_does_not_answer() {
            story.runsOut(TimerName.RING);
            story.weSaid("A BYE", "B CANCEL");
            b.refuses(487, "Request Terminated");
            a.confirmsBye();
            story.weSaid("release").endedAs(EndCause.Result.NO_ANSWER, 408);
        }

        @Test
        void b_answers_without_an_offer() {
            b.answers(Optional.empty());
            story.weSaid("A BYE", "B ACK", "B BYE");
            a.confirmsBye();
            b.confirmsBye();
            story.weSaid("release").endedAs(EndCause.Result.FAILED, 488);
        }

        @Test
        void a_changes_its_session_meanwhile_and_hears_nothing() {
            a.reinvites(Sdps.audio("a", 2));
            story.weSaid("A 200");
            assertThat(story.sdpIn("A 200").orElseThrow().text()).contains("m=audio 9 RTP/AVP 0 101", "a=inactive");
            b.answers(Sdps.audio("b", 1));
            story.weSaid();
            a.acks(Optional.empty());
            story.weSaid("A REINVITE");
        }
    }

    @Nested
    class While_they_are_joined {
        @BeforeEach
        void joining() {
            a.answers(Sdps.audio("a", 1));
            b.answers(Sdps.audio("b", 1));
            story.weSaid("A INVITE", "A ACK", "B INVITE", "A REINVITE");
        }

        @Test
        void a_refuses_b_offer() {
            a.refuses(488, "Not Acceptable Here");
            story.weSaid("A BYE", "B ACK", "B BYE");
            assertThat(story.sdpIn("B ACK").orElseThrow().text()).contains("m=audio 0 RTP/AVP 0 101");
            a.confirmsBye();
            b.confirmsBye();
            story.weSaid("release").endedAs(EndCause.Result.FAILED, 488);
        }

        @Test
        void a_hangs_up() {
            a.hangsUp();
            story.weSaid("A 200 BYE", "B ACK", "B BYE");
            assertThat(story.sdpIn("B ACK").orElseThrow().text()).contains("m=audio 0 ");
            b.confirmsBye();
            story.isNow(CallState.HANGING_UP);
            a.refuses(487, "Request Terminated");
            story.weSaid("release").isNow(CallState.TERMINATED);
        }

        @Test
        void glare_on_the_re_invite() {
            a.reinvites(Sdps.audio("a", 2));
            story.weSaid("A 491");
            a.refuses(491, "Request Pending");
            story.weSaid();
            story.runsOut(TimerName.GLARE.of(LegId.A));
            story.weSaid("A REINVITE");
            assertThat(story.sdpIn("A REINVITE").orElseThrow().text())
                    .as("the same offer, of which A knows nothing: the same version")
                    .contains("o=ifbus 3 2 IN IP4");
            a.answers(Sdps.audio("a", 3));
            story.weSaid("A ACK", "B ACK").isNow(CallState.CONNECTED);
        }

        @Test
        void a_says_nothing_for_too_long() {
            story.runsOut(TimerName.JOIN);
            story.weSaid("A BYE", "B ACK", "B BYE");
            a.confirmsBye();
            b.confirmsBye();
            story.isNow(CallState.HANGING_UP);
            a.answers(Sdps.audio("a", 2));
            story.weSaid("A ACK", "release").endedAs(EndCause.Result.FAILED, 408);
        }
    }

    @Test
    void hang_up_is_idempotent() {
        story.weHangUp();
        story.weHangUp();
        story.weSaid("A INVITE", "A (waits for 1xx)");
        a.refuses(408, "Request Timeout");
        story.weHangUp();
        story.weSaid("release").endedAs(EndCause.Result.CANCELLED, 200);
    }

    @Test
    void setup_is_measured_per_leg() {
        a.answers(Sdps.audio("a", 1));
        assertThat(story.actions())
                .contains(new CallAction.MeasureSetup(Direction.OUTBOUND, java.time.Duration.ofMillis(10)));
    }
}
