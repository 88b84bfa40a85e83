// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WireCountersTest {
    @Test
    void inventedMethodsDoNotHideThoseOfTheRfcs() {
        WireCounters counters = new WireCounters();
        for (int i = 0; i < 200; i++) {
            counters.received("METHOD" + i);
        }
        counters.received("INVITE");
        counters.received("2xx");
        assertThat(counters.received())
                .containsEntry("INVITE", 1L)
                .containsEntry("2xx", 1L)
                .containsKey("other")
                .hasSizeLessThan(100)
                .doesNotContainKey("BYE");
    }
}
