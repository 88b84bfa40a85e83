// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What one party gives as its reason is passed on to the other (RFC 3326). */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReasonTest {
    private static final Optional<String> SAID = Optional.of("Q.850;cause=16;text=\"Terminated\"");

    @Test
    void of_a_bye() {
        Story story = Story.connected();
        story.on(new LegEvent.ByeReceived(LegId.A, SAID));
        story.weSaid("A 200 BYE", "B BYE");
        assertThat(story.last(SipAction.Bye.class).reason().orElseThrow().header())
                .isEqualTo(SAID.get());
    }

    @Test
    void of_a_bye_without_one() {
        Story story = Story.connected();
        story.b.hangsUp();
        story.weSaid("B 200 BYE", "A BYE");
        assertThat(story.last(SipAction.Bye.class).reason()).isEmpty();
    }

    @Test
    void of_a_cancel() {
        Story story = Story.bridged(Sdps.audio("a", 1));
        story.b.rings();
        story.on(new LegEvent.Cancelled(LegId.A, SAID));
        story.weSaid("B INVITE", "A 180", "B CANCEL");
        assertThat(story.last(SipAction.Cancel.class).reason().orElseThrow().header())
                .isEqualTo(SAID.get());
    }

    @Test
    void of_a_refusal_to_who_called() {
        Story story = Story.bridged(Sdps.audio("a", 1));
        story.on(new LegEvent.Rejected(LegId.B, 486, "Busy Here", hints()));
        story.weSaid("B INVITE", "A 486", "release");
        assertThat(story.last(SipAction.Respond.class).headers()).containsEntry("Reason", SAID.get());
    }

    @Test
    void of_a_refusal_to_who_was_rung_first() {
        Story story = Story.weDial();
        story.a.answers(Sdps.audio("a", 1));
        story.on(new LegEvent.Rejected(LegId.B, 486, "Busy Here", hints()));
        story.weSaid("A INVITE", "A ACK", "B INVITE", "A BYE");
        assertThat(story.last(SipAction.Bye.class).reason().orElseThrow().header())
                .isEqualTo(SAID.get());
    }

    @Test
    void of_our_own_when_a_target_is_let_go() {
        Story story = Story.connected();
        story.weTransfer(Transfer.Kind.BLIND, Side.CALLEE, Transfer.Method.B2BUA);
        story.c.rings();
        story.runsOut(TimerName.TRANSFER);
        story.weSaid("C INVITE", "C CANCEL");
        assertThat(story.last(SipAction.Cancel.class).reason().orElseThrow().header())
                .isEqualTo("SIP;cause=408;text=\"No answer\"");
    }

    private static Hints hints() {
        return new Hints(false, Optional.empty(), List.of(), Optional.empty(), SAID);
    }
}
