// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A hears what B's phone plays before it is answered. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EarlyMediaTest {
    private final Story story =
            Story.of(Call.dial(Story.facts(Direction.OUTBOUND), Dialing.BOTH_WITH_EARLY_MEDIA, Story.NOON));

    private void ringing() {
        story.a.answers(Sdps.audio("a", 1));
        story.weSaid("A INVITE", "A ACK", "B INVITE");
        assertThat(story.sdpIn("B INVITE").orElseThrow().text()).contains("m=audio 4000", "a=sendrecv");
        story.on(new LegEvent.Progressed(LegId.B, 183, Sdps.audio("b", 1)));
        story.weSaid("A REINVITE").isNow(CallState.RINGING);
    }

    @Test
    void the_answer_that_was_known_already_is_told_again_and_changes_nothing() {
        ringing();
        story.a.answers(Sdps.audio("a", 2));
        story.b.answers(Sdps.audio("b", 1));
        story.weSaid("A ACK", "B ACK", "A REINVITE").isNow(CallState.RINGING);
        story.a.answers(Sdps.audio("a", 2));
        story.weSaid("A ACK").isNow(CallState.CONNECTED);
    }

    @Test
    void an_answer_of_a_at_another_address_is_told_to_b() {
        ringing();
        story.a.answers(Sdps.audio("a", 2));
        story.b.answers(Sdps.audio("b", 1));
        story.a.answers(Sdps.of("a", 3, "m=audio 5000 RTP/AVP 0"));
        story.weSaid("A ACK", "B ACK", "A REINVITE", "A ACK", "B REINVITE").isNow(CallState.RINGING);
        story.b.answers(Sdps.audio("b", 2));
        story.weSaid("B ACK").isNow(CallState.CONNECTED);
    }

    @Test
    void b_answers_while_a_thinks_about_the_early_media() {
        ringing();
        story.b.answers(Sdps.audio("b", 1));
        story.weSaid("B ACK");
        story.a.refuses(488, "Not Acceptable Here");
        story.weSaid("A REINVITE").isNow(CallState.RINGING);
        story.a.answers(Sdps.audio("a", 2));
        story.weSaid("A ACK").isNow(CallState.CONNECTED);
    }

    @Test
    void a_refuses_the_early_media_and_waits_on() {
        ringing();
        story.a.refuses(488, "Not Acceptable Here");
        story.weSaid().isNow(CallState.RINGING);
        story.b.refuses(486, "Busy Here");
        story.weSaid("A BYE");
    }

    @Test
    void a_refresh_that_is_under_way_when_b_answers_is_no_answer() {
        ringing();
        story.a.answers(Sdps.audio("a", 2));
        story.b.answers(Sdps.audio("b", 1));
        story.runsOut(TimerName.SESSION.of(LegId.B));
        story.a.answers(Sdps.audio("a", 2));
        story.weSaid("A ACK", "B ACK", "A REINVITE", "B REINVITE", "A ACK").isNow(CallState.CONNECTED);
        story.b.answers(Sdps.audio("b", 2));
        story.weSaid("B ACK");
    }

    @Test
    void without_the_wish_for_them_they_are_not_heard() {
        Story plain = Story.weDial();
        plain.a.answers(Sdps.audio("a", 1));
        plain.on(new LegEvent.Progressed(LegId.B, 183, Sdps.audio("b", 1)));
        plain.weSaid("A INVITE", "A ACK", "B INVITE");
    }
}
