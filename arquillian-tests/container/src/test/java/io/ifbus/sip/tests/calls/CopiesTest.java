// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.Traced;
import io.ifbus.sip.phones.Traced.Way;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CopiesTest {

    private static Traced line(long millis, Way way, String kind) {
        return new Traced(Instant.ofEpochMilli(millis), way, "127.0.0.1:5060", kind, "c", 1, kind, "");
    }

    @Test
    void anInviteThatComesAgainLongAfterItsAnswerCameInVain() {
        Traced copy = line(1600, Way.RECEIVED, "INVITE");
        assertThat(Copies.inVain(List.of(line(1000, Way.RECEIVED, "INVITE"), line(1010, Way.SENT, "180 INVITE"), copy)))
                .containsExactly(copy);
    }

    @Test
    void anInviteThatWasOnItsWayWhenAnswered() {
        assertThat(Copies.inVain(List.of(
                        line(1000, Way.RECEIVED, "INVITE"),
                        line(1490, Way.SENT, "180 INVITE"),
                        line(1500, Way.RECEIVED, "INVITE"))))
                .isEmpty();
    }

    @Test
    void anOkThatComesAgainLongAfterItsAckCameInVain() {
        Traced copy = line(1600, Way.RECEIVED, "200 INVITE");
        assertThat(Copies.inVain(List.of(line(1000, Way.RECEIVED, "200 INVITE"), line(1010, Way.SENT, "ACK"), copy)))
                .containsExactly(copy);
    }
}
