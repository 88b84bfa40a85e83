// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A phone or trunk wants credentials. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ChallengeTest {
    private static final Hints KNOWN = new Hints(true, Optional.empty(), List.of(), Optional.empty(), Optional.empty());

    private static void challenges(Story story, LegId leg, int status) {
        story.on(new LegEvent.Rejected(leg, status, "Unauthorized", KNOWN));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 407})
    void it_is_tried_again_with_them_and_no_more_when_they_are_wrong(int status) {
        Story story = Story.weDial();
        challenges(story, LegId.A, status);
        story.weSaid("A INVITE", "A INVITEAGAIN");
        story.a.refuses(status, "Unauthorized"); // they were tried: the stack has no others
        story.weSaid("release").endedAs(EndCause.Result.FAILED, status);
    }

    @Test
    void a_peer_that_never_has_enough_is_given_up() {
        Story story = Story.weDial();
        for (int i = 0; i < 4; i++) {
            challenges(story, LegId.A, 401);
        }
        story.weSaid("A INVITE", "A INVITEAGAIN", "A INVITEAGAIN", "A INVITEAGAIN", "release");
    }

    @Test
    void a_hang_up_before_the_challenge_leaves_nothing_to_try_again() {
        Story story = Story.weDial();
        story.a.rings();
        story.weHangUp();
        challenges(story, LegId.A, 401);
        story.weSaid("A INVITE", "A CANCEL", "release");
    }

    @Test
    void a_hang_up_after_the_challenge_waits_for_a_1xx_of_the_second_try() {
        Story story = Story.weDial();
        story.a.rings();
        challenges(story, LegId.A, 401);
        story.weHangUp();
        story.weSaid("A INVITE", "A INVITEAGAIN", "A (waits for 1xx)");
        story.a.rings();
        story.weSaid("A CANCEL");
    }

    @Test
    void a_re_invite_that_is_challenged_is_tried_again() {
        Story story = Story.connected();
        story.a.reinvites(Sdps.audio("a", 2));
        challenges(story, LegId.B, 407);
        story.b.answers(Sdps.audio("b", 2));
        story.weSaid("B REINVITE", "B INVITEAGAIN", "B ACK", "A 200");
    }

    @Test
    void each_re_invite_has_tries_of_its_own() {
        Story story = Story.connected();
        for (int i = 2; i < 8; i++) {
            story.a.reinvites(Sdps.audio("a", i));
            challenges(story, LegId.B, 407);
            story.b.refuses(488, "Not Acceptable Here");
            story.weSaid("B REINVITE", "B INVITEAGAIN", "A 488");
        }
    }

    @Test
    void a_challenge_that_we_cannot_meet_is_not_the_other_phones_to_meet() {
        Story story = Story.connected();
        story.a.reinvites(Sdps.audio("a", 2));
        story.b.refuses(407, "Proxy Authentication Required");
        story.weSaid("B REINVITE", "A 403");
        assertThat(story.call().state()).isEqualTo(CallState.CONNECTED);
    }

    @Test
    void a_hang_up_during_a_challenged_re_invite() {
        Story story = Story.connected();
        story.a.reinvites(Sdps.audio("a", 2));
        story.weHangUp();
        challenges(story, LegId.B, 407);
        story.allAgree();
        story.weSaid("B REINVITE", "A 487", "A BYE", "B BYE", "release");
    }
}
