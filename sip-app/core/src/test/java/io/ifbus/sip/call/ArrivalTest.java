// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ArrivalTest {
    @Nested
    class Bridged_with_an_offer {
        private final Story story = Story.bridged(Sdps.audio("a", 1));

        @Test
        void the_offer_passes_untouched() {
            story.weSaid("B INVITE").isNow(CallState.INCOMING);
            assertThat(story.sdpIn("B INVITE")).isEqualTo(Sdps.audio("a", 1));
            assertThat(story.last(SipAction.Invite.class).to().uri()).isEqualTo("sip:bob@192.0.2.9");
            assertThat(story.last(SipAction.Invite.class).from().uri()).isEqualTo("sip:alice@example.com");
        }

        @Test
        void b_rings_answers_and_talks() {
            story.b.tries();
            story.b.rings();
            story.weSaid("B INVITE", "A 180").isNow(CallState.INCOMING);
            story.b.answers(Sdps.audio("b", 1));
            story.weSaid("B ACK", "A 200").isNow(CallState.CONNECTED);
            assertThat(story.sdpIn("A 200")).isEqualTo(Sdps.audio("b", 1));
            story.a.acks(Optional.empty());
            story.a.hangsUp();
            story.weSaid("A 200 BYE", "B BYE");
            story.b.confirmsBye();
            story.weSaid("release").endedAs(EndCause.Result.COMPLETED, 200);
        }

        @Test
        void early_media_and_the_answer_keep_one_origin() {
            story.on(new LegEvent.Progressed(LegId.B, 183, Sdps.audio("early", 1)));
            story.weSaid("B INVITE", "A 183");
            story.b.answers(Sdps.audio("late", 9));
            story.weSaid("B ACK", "A 200");
            assertThat(story.sdpIn("A 200")).isEqualTo(Sdps.audio("early", 1));
        }

        @Test
        void a_gives_up() {
            story.b.rings();
            story.a.cancels();
            story.weSaid("B INVITE", "A 180", "B CANCEL");
            story.b.refuses(487, "Request Terminated");
            story.weSaid("release").endedAs(EndCause.Result.CANCELLED, 487);
        }

        @Test
        void a_gives_up_before_b_is_heard_of() {
            story.a.cancels();
            story.weSaid("B INVITE", "B (waits for 1xx)");
            story.b.rings();
            story.weSaid("B CANCEL");
        }

        @ParameterizedTest
        @CsvSource({"486,486", "603,603", "404,404", "503,500", "401,403", "407,403", "302,480", "408,408"})
        void a_is_told_what_b_said(int said, int told) {
            story.b.refuses(said, "As it is");
            story.weSaid("B INVITE", "A " + told, "release");
            assertThat(story.call().cause().orElseThrow().code()).isEqualTo(said);
        }

        @Test
        void b_does_not_answer() {
            story.b.rings();
            story.runsOut(TimerName.RING);
            story.weSaid("B INVITE", "A 180", "A 480", "B CANCEL");
            story.b.refuses(487, "Request Terminated");
            story.weSaid("release").endedAs(EndCause.Result.NO_ANSWER, 408);
        }

        @Test
        void we_hang_up_before_a_has_acknowledged() {
            story.b.answers(Sdps.audio("b", 1));
            story.weHangUp();
            story.weSaid("B INVITE", "B ACK", "A 200", "B BYE");
            story.b.confirmsBye();
            story.isNow(CallState.HANGING_UP);
            story.a.acks(Optional.empty());
            story.weSaid("A BYE");
            story.a.confirmsBye();
            story.weSaid("release").endedAs(EndCause.Result.COMPLETED, 200);
        }

        @Test
        void a_never_acknowledges() {
            story.b.answers(Sdps.audio("b", 1));
            story.a.neverAcks();
            story.weSaid("B INVITE", "B ACK", "A 200", "A BYE", "B BYE");
            assertThat(story.call().cause().orElseThrow().result()).isEqualTo(EndCause.Result.FAILED);
        }

        @Test
        void a_cancel_overtakes_our_200() {
            story.b.answers(Sdps.audio("b", 1));
            story.a.cancels();
            story.weSaid("B INVITE", "B ACK", "A 200", "B BYE");
            story.b.confirmsBye();
            story.weSaid("release").isNow(CallState.TERMINATED);
        }

        @Test
        void a_says_bye_instead_of_cancel() {
            story.a.hangsUp();
            story.weSaid("B INVITE", "A 200 BYE", "A 487", "B (waits for 1xx)");
        }
    }

    @Test
    void bridged_without_an_offer_the_ack_brings_the_answer() {
        Story story = Story.bridged(Optional.empty());
        story.b.answers(Sdps.audio("b", 1));
        story.weSaid("B INVITE", "A 200");
        assertThat(story.sdpIn("A 200")).isEqualTo(Sdps.audio("b", 1));
        story.a.acks(Sdps.audio("a", 1));
        story.weSaid("B ACK");
        assertThat(story.sdpIn("B ACK")).isEqualTo(Sdps.audio("a", 1));
    }

    @Test
    void bridged_without_an_offer_and_an_ack_without_an_answer() {
        Story story = Story.bridged(Optional.empty());
        story.b.answers(Sdps.audio("b", 1));
        story.a.acks(Optional.empty());
        story.weSaid("B INVITE", "A 200", "B ACK");
        assertThat(story.sdpIn("B ACK").orElseThrow().text()).contains("m=audio 0 ");
    }

    @Test
    void bridged_without_an_offer_and_b_hangs_up_while_a_has_not_acknowledged() {
        Story story = Story.bridged(Optional.empty());
        story.b.answers(Sdps.audio("b", 1));
        story.b.hangsUp();
        story.weSaid("B INVITE", "A 200", "B ACK", "B 200 BYE");
        story.a.acks(Sdps.audio("a", 1));
        story.weSaid("A BYE");
    }

    @Test
    void no_route() {
        Story story = Story.inviteArrives(new Plan.Refuse(404, "Not Found"), Sdps.audio("a", 1));
        story.weSaid("A 404", "release").endedAs(EndCause.Result.FAILED, 404);
    }

    @Nested
    class Echo {
        private final Story story =
                Story.inviteArrives(new Plan.Echo(), Sdps.of("a", 1, "m=audio 4000 RTP/AVP 0", "a=sendonly"));

        @Test
        void the_caller_hears_itself() {
            story.weSaid("A 180", "A 200").isNow(CallState.CONNECTED);
            assertThat(story.sdpIn("A 200").orElseThrow().text())
                    .contains("m=audio 4000 RTP/AVP 0", "c=IN IP4 192.0.2.7", "a=recvonly");
            story.a.acks(Optional.empty());
            story.a.reinvites(Sdps.audio("a", 2));
            story.weSaid("A 200");
            assertThat(story.sdpIn("A 200").orElseThrow().text()).contains("o=ifbus 77 2 IN", "a=sendrecv");
            story.a.acks(Optional.empty());
            story.a.hangsUp();
            story.weSaid("A 200 BYE", "release").endedAs(EndCause.Result.COMPLETED, 200);
        }

        @Test
        void we_hang_up() {
            story.a.acks(Optional.empty());
            story.weHangUp();
            story.weSaid("A 180", "A 200", "A BYE");
            story.a.confirmsBye();
            story.weSaid("release").endedAs(EndCause.Result.COMPLETED, 200);
        }

        @Test
        void nothing_to_echo() {
            Story silent = Story.inviteArrives(new Plan.Echo(), Optional.empty());
            silent.weSaid("A 488", "release").endedAs(EndCause.Result.FAILED, 488);
        }
    }
}
