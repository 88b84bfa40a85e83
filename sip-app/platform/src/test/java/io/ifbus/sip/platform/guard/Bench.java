// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.guard.GuardState;
import io.ifbus.sip.guard.GuardStatus;
import io.ifbus.sip.guard.TargetGuard.Admission;
import io.ifbus.sip.guard.TargetGuard.Admitted;
import io.ifbus.sip.guard.TargetGuard.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Guards with a clock that stands unless it is set, and notes of what they tell. The library's own clock goes on. */
final class Bench {

    static final String HOST = "sip.example.com:5080";

    /** {@code host from->to}, in order. */
    final List<String> changes = new CopyOnWriteArrayList<>();

    /** {@code host reason}, in order. */
    final List<String> refusals = new CopyOnWriteArrayList<>();

    volatile Instant now = Instant.parse("2026-01-02T03:04:05Z");

    final FaultToleranceGuards guards;

    Bench(GuardPolicy policy, int most) {
        guards = new FaultToleranceGuards(
                policy,
                () -> now,
                most,
                (host, reason) -> refusals.add(host + " " + reason.word()),
                List.of((host, from, to) -> changes.add(host + " " + from.word() + "->" + to.word())));
    }

    Bench(GuardPolicy policy) {
        this(policy, FaultToleranceGuards.MOST);
    }

    /** The contract's, but for the cool-down. */
    static GuardPolicy policy(Duration coolDown) {
        return new GuardPolicy(3, 0.2, 20, coolDown, 3, false, 500);
    }

    static GuardPolicy contract() {
        return policy(Duration.ofSeconds(60));
    }

    /** Outcomes in order: {@code S} for a success, {@code F} for a failure. Each must be admitted. */
    Bench see(String outcomes) {
        for (char outcome : outcomes.toCharArray()) {
            if (outcome == 'F') {
                admitted().failed();
            } else {
                admitted().succeeded();
            }
        }
        return this;
    }

    Admitted admitted() {
        Admission admission = guards.admit(HOST);
        assertThat(admission).isInstanceOf(Admitted.class);
        return (Admitted) admission;
    }

    Refused refused() {
        Admission admission = guards.admit(HOST);
        assertThat(admission).isInstanceOf(Refused.class);
        return (Refused) admission;
    }

    GuardState state() {
        return status().state();
    }

    GuardStatus status() {
        return guards.list().stream()
                .filter(status -> status.host().equals(HOST))
                .findFirst()
                .orElseThrow();
    }
}
