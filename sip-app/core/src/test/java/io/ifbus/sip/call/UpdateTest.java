// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.sdp.Sdp;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** UPDATE from a phone (RFC 3311). */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UpdateTest {
    private final Story story = Story.connected();

    private void updates(LegId leg, Optional<Sdp> offer) {
        story.on(new LegEvent.Updated(leg, offer, Peer.UNKNOWN));
    }

    @Test
    void an_offer_is_passed_on_and_answered_without_an_ack() {
        updates(LegId.A, Sdps.audio("a", 2));
        story.b.answers(Sdps.audio("b", 2));
        story.weSaid("B REINVITE", "B ACK", "A 200 UPDATE");
        assertThat(story.sdpIn("A 200 UPDATE").orElseThrow().text()).contains("m=audio 4000");
        updates(LegId.B, Sdps.audio("b", 3));
        story.weSaid("A REINVITE");
    }

    @Test
    void an_offer_that_the_other_refuses() {
        updates(LegId.A, Sdps.audio("a", 2));
        story.b.refuses(488, "Not Acceptable Here");
        story.weSaid("B REINVITE", "A 488 UPDATE").isNow(CallState.CONNECTED);
    }

    @Test
    void without_an_offer_it_changes_nothing() {
        updates(LegId.A, Optional.empty());
        story.weSaid("A 200 UPDATE").isNow(CallState.CONNECTED);
    }

    @Test
    void two_offers_at_once_from_one_phone() {
        updates(LegId.A, Sdps.audio("a", 2));
        updates(LegId.A, Sdps.audio("a", 3));
        story.a.reinvites(Sdps.audio("a", 4));
        story.weSaid("B REINVITE", "A 500 UPDATE", "A 500");
        assertThat(story.last(SipAction.Respond.class).headers()).containsKey("Retry-After");
    }

    @Test
    void an_offer_that_crosses_ours() {
        updates(LegId.A, Sdps.audio("a", 2));
        updates(LegId.B, Sdps.audio("b", 2));
        story.weSaid("B REINVITE", "B 491 UPDATE");
    }

    @Test
    void before_the_call_is_answered() {
        Story early = Story.bridged(Sdps.audio("a", 1));
        early.b.rings();
        early.on(new LegEvent.Updated(LegId.A, Sdps.audio("a", 2), Peer.UNKNOWN));
        early.on(new LegEvent.Updated(LegId.B, Sdps.audio("b", 2), Peer.UNKNOWN));
        early.on(new LegEvent.Updated(LegId.B, Optional.empty(), Peer.UNKNOWN));
        early.weSaid("B INVITE", "A 180", "A 500 UPDATE", "B 491 UPDATE", "B 200 UPDATE");
    }

    @Test
    void after_it_has_ended_there_is_no_dialog() {
        story.weHangUp();
        updates(LegId.A, Optional.empty());
        story.weSaid("A BYE", "B BYE", "A 481 UPDATE");
    }
}
