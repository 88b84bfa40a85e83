// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.transfers;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.Phone;
import io.ifbus.sip.phones.Reply;
import io.ifbus.sip.tests.server.ApiCall;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client joins one party of each of two calls. */
class JoinedByAClientIT extends Cast {

    private final Phone dave = dave();
    private ApiCall first;
    private ApiCall second;

    @ParameterizedTest(name = "the first on hold {0}, the second on hold {1}")
    @CsvSource({"false, false", "true, false", "false, true", "true, true"})
    void theyAreJoined(boolean firstHeld, boolean secondHeld) {
        first = talking(alice, bob);
        second = talking(dave, carol);
        if (firstHeld) first.hold().becomes("on_hold");
        if (secondHeld) second.hold().becomes("on_hold");
        first.transfers(Map.of("replaces", second.id())).becomes("completed");
        bob.hears("BYE").isIdle();
        dave.hears("BYE").isIdle();
        second.ends("completed", 200, "api");
        assertThat(second.states()).endsWith("transferring", "hanging_up", "terminated");
        first.becomes("connected");
        areJoined(first, alice, carol);
    }

    @ParameterizedTest(name = "{0} does not take the other''s media: both calls are as before")
    @ValueSource(strings = {"alice", "carol"})
    void oneOfThemRefuses(String who) {
        first = talking(alice, bob);
        second = talking(dave, carol);
        (who.equals("alice") ? alice : carol).nextTime("INVITE", Reply.of(488));
        first.transfers(Map.of("replaces", second.id())).fails(488);
        second.becomes("connected");
        hearEachOther(dave, carol);
        isRestored(first, alice, bob);
        isRestored(second, dave, carol);
    }

    @Test
    void aCallThatIsOverHasNobodyToGive() {
        first = talking(alice, bob);
        second = talking(dave, carol);
        second.hangUp().ends("completed", 200, "api");
        first.transfers(Map.of("replaces", second.id())).fails(603);
        isRestored(first, alice, bob);
    }

    @Test
    void oneThatRingsHasNobodyToGive() {
        first = talking(alice, bob);
        second = watched(story.connects(dave, carol));
        dave.rings().answers();
        carol.rings();
        first.transfers(Map.of("replaces", second.id())).fails(481);
        carol.answers();
        isRestored(second, dave, carol);
        isRestored(first, alice, bob);
    }
}
