// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions are refreshed, or given up (RFC 4028). */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SessionTimerTest {
    private static final TimerKey OF_A = TimerName.SESSION.of(LegId.A);
    private static final Duration INTERVAL = Duration.ofMinutes(10);

    private static Peer peer(String method, SessionTerms.Refresher refresher) {
        Set<String> allow = method.isEmpty() ? Set.of() : Set.of(method);
        SessionTerms terms = new SessionTerms(INTERVAL, refresher);
        return new Peer(allow, Set.of("timer"), Optional.of(terms), Optional.empty());
    }

    private static SessionTimer asked(int seconds, int least) {
        SessionTerms terms = new SessionTerms(Duration.ofSeconds(seconds), SessionTerms.Refresher.UAC);
        Optional<Duration> min = least == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(least));
        return new SessionTimer(Duration.ofMinutes(30), true)
                .asked(new Peer(Set.of(), Set.of("timer"), Optional.of(terms), min));
    }

    /** What runs for a leg since the story began. */
    private static Duration due(Story story, TimerKey timer) {
        return story.actions().stream()
                .filter(a -> a instanceof CallAction.StartTimer start
                        && start.timer().equals(timer))
                .map(a -> ((CallAction.StartTimer) a).atLeast())
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    private static Story connected(Peer ofA) {
        return Story.connected(ofA, Peer.UNKNOWN);
    }

    @Test
    void we_refresh_after_half_the_interval_if_the_phone_leaves_it_to_us() {
        Story story = connected(peer("UPDATE", SessionTerms.Refresher.UAS));
        story.runsOut(OF_A);
        assertThat(due(story, OF_A)).isEqualTo(INTERVAL.dividedBy(2));
        story.weSaid("A UPDATE");
        assertThat(story.last(SipAction.Update.class).session())
                .isEqualTo(new SessionTerms(INTERVAL, SessionTerms.Refresher.UAC));
    }

    @Test
    void a_phone_that_does_not_know_update_gets_a_re_invite_that_changes_nothing() {
        Story story = connected(peer("", SessionTerms.Refresher.UAS));
        story.runsOut(OF_A);
        story.a.answers(Sdps.audio("a", 1));
        story.weSaid("A REINVITE", "A ACK").isNow(CallState.CONNECTED);
        assertThat(story.sdpIn("A REINVITE")).isEqualTo(Sdps.audio("b", 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {405, 501})
    void an_update_that_is_refused_as_unknown_becomes_a_re_invite(int status) {
        Story story = connected(peer("UPDATE", SessionTerms.Refresher.UAS));
        story.runsOut(OF_A);
        story.on(new LegEvent.UpdateAnswered(LegId.A, status, Peer.UNKNOWN));
        story.weSaid("A UPDATE", "A REINVITE");
        story.a.answers(Sdps.audio("a", 1));
        story.runsOut(OF_A);
        story.weSaid("A ACK", "A REINVITE");
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 481})
    void a_refresh_that_finds_nobody_ends_the_call(int status) {
        Story story = connected(peer("UPDATE", SessionTerms.Refresher.UAS));
        story.runsOut(OF_A);
        story.on(new LegEvent.UpdateAnswered(LegId.A, status, Peer.UNKNOWN));
        story.allAgree();
        story.weSaid("A UPDATE", "A BYE", "B BYE", "release").endedAs(EndCause.Result.FAILED, status);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 481})
    void a_re_invite_that_finds_nobody_ends_the_call_too(int status) {
        Story story = connected(peer("", SessionTerms.Refresher.UAS));
        story.runsOut(OF_A);
        story.a.refuses(status, "Gone");
        story.weSaid("A REINVITE", "A BYE", "B BYE");
    }

    @Test
    void a_refresh_that_is_refused_otherwise_is_tried_again_soon() {
        Story story = connected(peer("UPDATE", SessionTerms.Refresher.UAS));
        story.runsOut(OF_A);
        story.on(new LegEvent.UpdateAnswered(LegId.A, 500, Peer.UNKNOWN));
        assertThat(due(story, OF_A)).isEqualTo(OpenLeg.SOON);
    }

    @Test
    void a_phone_that_should_have_refreshed_and_did_not_is_hung_up() {
        Story story = Story.inviteArrives(new Plan.Echo(), Sdps.audio("a", 1));
        story.a.acks(Optional.empty());
        story.on(new LegEvent.Updated(LegId.A, Optional.empty(), peer("UPDATE", SessionTerms.Refresher.UAC)));
        assertThat(due(story, OF_A)).isEqualTo(INTERVAL.minusSeconds(32));
        story.runsOut(OF_A);
        story.weSaid("A 180", "A 200", "A 200 UPDATE", "A BYE");
        assertThat(story.last(SipAction.Bye.class).reason().orElseThrow().status())
                .isEqualTo(408);
    }

    @Test
    void an_interval_that_we_find_too_short_is_refused() {
        Story story = Story.connected();
        SessionTerms terms = new SessionTerms(Duration.ofSeconds(60), SessionTerms.Refresher.UAC);
        Peer hasty = new Peer(Set.of(), Set.of("timer"), Optional.of(terms), Optional.empty());
        story.on(new LegEvent.Reinvited(LegId.A, Sdps.audio("a", 2), hasty));
        story.on(new LegEvent.Updated(LegId.A, Optional.empty(), hasty));
        story.on(new LegEvent.Updated(LegId.A, Sdps.audio("a", 2), hasty));
        story.weSaid("A 422", "A 422 UPDATE", "A 422 UPDATE").isNow(CallState.CONNECTED);
    }

    @Test
    void an_interval_that_the_phone_finds_too_short_is_made_longer() {
        Story story = Story.weDial();
        Hints longer =
                new Hints(false, Optional.of(Duration.ofHours(1)), List.of(), Optional.empty(), Optional.empty());
        story.on(new LegEvent.Rejected(LegId.A, 422, "Session Interval Too Small", longer));
        story.weSaid("A INVITE", "A INVITEAGAIN");
        assertThat(story.last(SipAction.InviteAgain.class).session().interval()).isEqualTo(Duration.ofHours(1));
        Story update = connected(peer("UPDATE", SessionTerms.Refresher.UAS));
        update.runsOut(OF_A);
        Peer least = new Peer(Set.of(), Set.of(), Optional.empty(), Optional.of(Duration.ofHours(2)));
        update.on(new LegEvent.UpdateAnswered(LegId.A, 422, least));
        update.runsOut(OF_A);
        update.weSaid("A UPDATE", "A UPDATE");
        assertThat(update.last(SipAction.Update.class).session().interval()).isEqualTo(Duration.ofHours(2));
    }

    @Test
    void we_shorten_what_is_asked_but_never_below_its_least() {
        assertThat(asked(600, 0).interval()).isEqualTo(Duration.ofMinutes(10));
        assertThat(asked(7200, 0).interval()).isEqualTo(Duration.ofMinutes(30));
        assertThat(asked(7200, 3600).interval()).isEqualTo(Duration.ofHours(1));
        assertThat(asked(600, 0).ours()).isFalse();
    }

    @Test
    void a_refresh_waits_while_something_else_is_under_way() {
        Story story = connected(peer("", SessionTerms.Refresher.UAS));
        story.b.reinvites(Sdps.audio("b", 2));
        story.runsOut(OF_A);
        assertThat(due(story, OF_A)).isEqualTo(OpenLeg.SOON);
        story.weSaid("A REINVITE");
    }
}
