// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.guard;

import static io.ifbus.sip.guard.GuardState.CLOSED;
import static io.ifbus.sip.guard.GuardState.HALF_OPEN;
import static io.ifbus.sip.guard.GuardState.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.guard.GuardState;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CircuitTest {

    private final Circuit circuit = new Circuit("a", Bench.contract(), 3, 3, (reporter, next) -> {});

    private GuardState after(GuardState... reports) {
        Stream.of(reports).forEach(circuit::heard);
        return circuit.state();
    }

    @Test
    void follows_its_reports() {
        assertThat(after()).isEqualTo(CLOSED);
        assertThat(after(OPEN)).isEqualTo(OPEN);
        assertThat(after(HALF_OPEN)).isEqualTo(HALF_OPEN);
        assertThat(after(CLOSED)).isEqualTo(CLOSED);
    }

    @Test
    void a_probe_s_failure_that_is_reported_before_the_probing_is_put_behind_it() {
        assertThat(after(OPEN, OPEN, HALF_OPEN)).isEqualTo(OPEN);
    }

    @Test
    void a_probe_s_success_that_is_reported_before_the_probing_is_put_behind_it() {
        assertThat(after(OPEN, CLOSED)).isEqualTo(OPEN);
        assertThat(after(HALF_OPEN)).isEqualTo(CLOSED);
    }
}
