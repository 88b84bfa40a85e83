// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.transfers;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.PhoneCall;
import io.ifbus.sip.phones.Referral;
import io.ifbus.sip.phones.Replaced;
import io.ifbus.sip.phones.Reply;
import io.ifbus.sip.tests.server.ApiCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A phone has its two calls with the server joined: REFER with Replaces. */
class JoinedByAPhoneIT extends Cast {

    private ApiCall first;
    private ApiCall second;
    private PhoneCall withAlice;
    private PhoneCall withCarol;

    private void twoCalls() {
        first = talking(alice, bob);
        withAlice = bob.call();
        second = talking(bob, carol);
        withCarol = bob.call();
    }

    @ParameterizedTest(name = "it {0} the news")
    @ValueSource(strings = {"wants", "does not want"})
    void theyAreJoined(String wants) {
        twoCalls();
        Referral asked = Referral.to(carol.uri()).replacing(withCarol.replaceable());
        bob.picks(withAlice).refers(wants.equals("wants") ? asked : asked.withoutSubscription());
        bob.hears(202, "REFER").isIdle();
        first.lastTransfer().becomes("completed");
        second.ends("completed", 200, "api");
        if (wants.equals("wants")) assertTold(withAlice, 100, 200);
        else assertThat(bob.received("NOTIFY")).isZero();
        areJoined(first, alice, carol);
    }

    @Test
    void whatIsNoCallOfTheServerIsNotReplaced() {
        twoCalls();
        bob.picks(withAlice)
                .refers(Referral.to(carol.uri()).replacing(UNKNOWN))
                .hears(202, "REFER")
                .hearsProgress(481);
        assertTold(withAlice, 100, 481);
        first.lastTransfer().fails(481);
        hearEachOther(alice, bob);
        isRestored(first, bob, alice);
        second.hangUp().ends("completed", 200, "api");
    }

    @Test
    void aCallThatIsOverIsNotReplaced() {
        twoCalls();
        Replaced over = withCarol.replaceable();
        carol.hangsUp();
        second.becomes("terminated");
        bob.picks(withAlice).refers(Referral.to(carol.uri()).replacing(over));
        bob.hears(202, "REFER").hearsProgress(603);
        isRestored(first, bob, alice);
    }

    @ParameterizedTest(name = "{0} does not take the other''s media: both calls are as before")
    @ValueSource(strings = {"alice", "carol"})
    void oneOfThemRefuses(String who) {
        twoCalls();
        (who.equals("alice") ? alice : carol).nextTime("INVITE", Reply.of(488));
        bob.picks(withAlice).refersTo(carol.uri(), withCarol);
        bob.hearsProgress(488);
        assertTold(withAlice, 100, 488);
        first.lastTransfer().fails(488);
        second.becomes("connected");
        bob.picks(withCarol);
        hearEachOther(bob, carol);
        second.hangUp().ends("completed", 200, "api");
        bob.picks(withAlice);
        isRestored(first, alice, bob);
    }
}
