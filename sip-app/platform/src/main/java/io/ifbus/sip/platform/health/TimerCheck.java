// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.health;

import io.ifbus.sip.platform.timer.ScheduledTimer;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive as long as timers run. Asks nobody else: a peer's death must not kill this node too. */
@Liveness
@Dependent
public class TimerCheck implements HealthCheck {

    private final ScheduledTimer timer;

    @Inject
    public TimerCheck(ScheduledTimer timer) {
        this.timer = timer;
    }

    @Override
    public HealthCheckResponse call() {
        return Checks.answer("timer", timer.isRunning());
    }
}
