// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionTimerTest {

    @Test
    void theCallerRefreshesAndMustKnowIt() {
        try (Phone alice = timed("alice", SessionTimer.of(1800).minSe(90).refreshedBy("uac"));
                Phone bob = timed("bob", SessionTimer.NONE)) {
            alice.calls(bob.uri());
            bob.answers().talks();
            alice.talks();
            Traced invite = bob.lastReceived("INVITE");
            assertThat(invite.header("Session-Expires")).hasValue("1800;refresher=uac");
            assertThat(invite.header("Min-SE")).hasValue("90");
            assertThat(invite.header("Supported")).hasValue("timer");
            Traced ok = alice.lastReceived("200 INVITE");
            assertThat(ok.header("Session-Expires")).hasValue("1800;refresher=uac");
            assertThat(ok.header("Require")).hasValue("timer");
            alice.updates().hears(200, "UPDATE").reinvites();
            assertThat(bob.lastReceived("UPDATE").header("Session-Expires")).hasValue("1800;refresher=uac");
            assertThat(bob.lastReceived("INVITE").header("Session-Expires")).hasValue("1800;refresher=uac");
        }
    }

    @Test
    void theCalleeRefreshesWhereTheCallerCannot() {
        try (Phone alice = Phone.named("alice").withoutAudio().switchedOn();
                Phone bob = timed("bob", SessionTimer.of(600))) {
            alice.calls(bob.uri());
            bob.answers();
            alice.talks();
            assertThat(alice.lastReceived("200 INVITE").header("Session-Expires"))
                    .hasValue("600;refresher=uas");
            assertThat(alice.lastReceived("200 INVITE").header("Require")).isEmpty();
        }
    }

    @Test
    void aSessionTooShortIsRefusedAndAskedForAgain() {
        try (Phone alice = timed("alice", SessionTimer.of(90));
                Phone bob = timed("bob", SessionTimer.NONE.minSe(300))) {
            alice.calls(bob.uri()).hears(422);
            assertThat(alice.lastReceived("422 INVITE").header("Min-SE")).hasValue("300");
            bob.answers();
            alice.talks();
            assertThat(bob.lastReceived("INVITE").header("Session-Expires")).hasValue("300");
            assertThat(bob.lastReceived("INVITE").header("Min-SE")).hasValue("300");
        }
    }

    @Test
    void whoKnowsNoTimersRefusesACallThatRequiresThem() {
        try (Phone alice = timed("alice", SessionTimer.of(1800));
                Phone bob = Phone.named("bob").withoutAudio().switchedOn()) {
            alice.adds("Require", "timer").calls(bob.uri()).hears(420).isIdle();
            assertThat(alice.lastReceived("420 INVITE").header("Unsupported")).hasValue("timer");
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "1800;refresher=uas, true, 1800;refresher=uas",
                "1800, true, 1800;refresher=uac",
                "1800;refresher=uac, false, 1800;refresher=uas",
                "-, true, -",
            })
    void agreesOnARefresher(String wished, boolean theySupport, String agreed) {
        assertThat(SessionTimer.NONE
                        .agreed(Optional.ofNullable(wished), theySupport)
                        .orElse(null))
                .isEqualTo(agreed);
    }

    @Test
    void knowsTwoPartiesOnly() {
        assertThatThrownBy(() -> SessionTimer.of(90).refreshedBy("proxy")).isInstanceOf(IllegalArgumentException.class);
    }

    private static Phone timed(String name, SessionTimer timer) {
        return Phone.named(name).withoutAudio().sessionTimer(timer).switchedOn();
    }
}
