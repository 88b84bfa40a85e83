// SPDX-License-Identifier: AGPL-3.0-or-later
package gov.nist.javax.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.transport.WireLimits;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PatienceTest {
    @Test
    void anAcceptedConnectionBringsAMessageSoonAndOneOfOursNeedNot() {
        Patience accepted = new Patience(false);
        Patience ours = new Patience(true);
        accepted.messageEnded(); // its handshake
        ours.messageEnded();
        assertThat(accepted.lateFor(in(9), WireLimits.DEFAULTS)).isNull();
        assertThat(accepted.lateFor(in(20), WireLimits.DEFAULTS)).contains("no message came");
        assertThat(ours.lateFor(in(20), WireLimits.DEFAULTS)).isNull();
        accepted.prove();
        assertThat(accepted.lateFor(in(20), WireLimits.DEFAULTS)).isNull();
    }

    @Test
    void aPingMustBeAnsweredByAnything() {
        Patience patience = new Patience(true);
        patience.messageEnded();
        assertThat(patience.ask()).isTrue();
        assertThat(patience.ask()).isFalse();
        assertThat(patience.lateFor(in(20), WireLimits.DEFAULTS)).contains("ping");
        patience.messageBegun();
        patience.messageEnded();
        assertThat(patience.lateFor(in(20), WireLimits.DEFAULTS)).isNull();
        assertThat(patience.ask()).isTrue();
    }

    private static long in(int seconds) {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    }
}
