// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Digits for a phone, one after the other. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DigitsTest {
    private final Story story = Story.connected();

    private void wanted(Side side, String digits) {
        story.on(new CallEvent.DigitsRequested(side, digits));
    }

    private void answered(int status) {
        story.on(new CallEvent.DigitSent(LegId.B, status));
    }

    @Test
    void each_waits_for_the_answer_to_the_one_before() {
        wanted(Side.CALLEE, "1#");
        wanted(Side.CALLEE, "7");
        story.weSaid("B DIGIT 1");
        answered(200);
        story.weSaid("B DIGIT #");
        answered(200);
        story.weSaid("B DIGIT 7");
        answered(200);
        story.weSaid();
        wanted(Side.CALLEE, "8");
        story.weSaid("B DIGIT 8");
    }

    @Test
    void a_phone_that_wants_none_gets_no_more() {
        wanted(Side.CALLEE, "12");
        answered(415);
        story.weSaid("B DIGIT 1");
        assertThat(story.hasTrouble("dtmf-refused")).isTrue();
        wanted(Side.CALLEE, "3");
        story.weSaid("B DIGIT 3");
    }

    @Test
    void one_that_cannot_be_sent_does_not_block_the_next() {
        wanted(Side.CALLEE, "12");
        story.weSaid("B DIGIT 1");
        story.on(new LegEvent.SendFailed(LegId.B, story.last(SipAction.SendDigit.class), "broken"));
        assertThat(story.hasTrouble("dtmf-refused")).isTrue();
        wanted(Side.CALLEE, "3");
        story.weSaid("B DIGIT 3");
    }

    @Test
    void nobody_there_to_hear_them() {
        Story single = Story.inviteArrives(new Plan.Echo(), Sdps.audio("a", 1));
        single.a.acks(Optional.empty());
        single.forgets();
        single.on(new CallEvent.DigitsRequested(Side.CALLEE, "1"));
        assertThat(single.hasTrouble("dtmf-refused")).isTrue();
        single.on(new CallEvent.DigitsRequested(Side.CALLER, "1"));
        single.weSaid("A DIGIT 1");
    }
}
