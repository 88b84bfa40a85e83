// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A phone says that its user is elsewhere. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RedirectTest {
    private static Hints to(String uri) {
        return new Hints(false, Optional.empty(), List.of(Party.of(uri)), Optional.empty(), Optional.empty());
    }

    private static void moved(Story story, int leg, String uri) {
        story.on(new LegEvent.Rejected(new LegId(leg), 302, "Moved Temporarily", to(uri)));
    }

    @Test
    void five_times_are_followed_and_the_sixth_is_not() {
        Story story = Story.bridged(Sdps.audio("a", 1));
        for (int i = 1; i <= 6; i++) {
            moved(story, i, "sip:bob@192.0.2." + i);
        }
        story.weSaid("B INVITE", "C INVITE", "D INVITE", "E INVITE", "F INVITE", "G INVITE", "A 480", "release");
        assertThat(story.last(SipAction.Invite.class).to().uri()).isEqualTo("sip:bob@192.0.2.5");
        story.isNow(CallState.TERMINATED);
    }

    @Test
    void the_new_phone_is_offered_what_the_first_was() {
        Story story = Story.bridged(Sdps.audio("a", 1));
        moved(story, 1, "sip:bob@192.0.2.4");
        assertThat(story.call().state()).isEqualTo(CallState.INCOMING);
        story.weSaid("B INVITE", "C INVITE");
        assertThat(story.last(SipAction.Invite.class).sdp()).isEqualTo(Sdps.audio("a", 1));
        story.c.answers(Sdps.audio("c", 1));
        story.weSaid("C ACK", "A 200").isNow(CallState.CONNECTED);
        story.a.acks(Optional.empty());
        story.c.hangsUp();
        story.weSaid("C 200 BYE", "A BYE");
        assertThat(story.call().cause().orElseThrow().by()).isEqualTo(EndCause.By.CALLEE);
    }

    @Test
    void either_party_of_a_call_that_we_start_may_have_moved() {
        Story story = Story.weDial();
        moved(story, 0, "sip:alice@192.0.2.4");
        story.on(new LegEvent.Answered(new LegId(2), Sdps.audio("c", 1)));
        moved(story, 1, "sip:bob@192.0.2.5");
        story.weSaid("A INVITE", "C INVITE", "C ACK", "B INVITE", "D INVITE");
        story.on(new LegEvent.Answered(new LegId(3), Sdps.audio("d", 1)));
        story.c.answers(Sdps.audio("c", 2));
        story.weSaid("C REINVITE", "C ACK", "D ACK").isNow(CallState.CONNECTED);
    }

    @Test
    void a_redirection_to_nowhere_is_a_refusal() {
        Story story = Story.weDial();
        story.a.refuses(302, "Moved Temporarily");
        story.weSaid("A INVITE", "release").endedAs(EndCause.Result.FAILED, 302);
    }
}
