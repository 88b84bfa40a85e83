// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.composition;

import io.ifbus.sip.guard.GuardBoard;
import io.ifbus.sip.guard.GuardListener;
import io.ifbus.sip.guard.TargetGuard;
import io.ifbus.sip.platform.config.MicroProfileSettings;
import io.ifbus.sip.platform.config.Settings;
import io.ifbus.sip.platform.guard.FaultToleranceGuards;
import io.ifbus.sip.platform.guard.GuardPolicy;
import io.ifbus.sip.platform.metrics.GuardMetrics;
import io.smallrye.faulttolerance.standalone.StandaloneFaultTolerance;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.metrics.MetricRegistry;

/** The guards of target hosts, made once per node. Each {@link GuardListener} that CDI knows hears of their changes. */
@Dependent
public class GuardComposition {

    /** Makes them when the application starts, for the reasons of {@link Composition#begin}. */
    void begin(@Observes Startup startup, FaultToleranceGuards guards) {}

    @Produces
    @Singleton
    @Typed({FaultToleranceGuards.class, TargetGuard.class, GuardBoard.class})
    static FaultToleranceGuards guards(
            MicroProfileSettings settings,
            InstantSource clock,
            MetricRegistry registry,
            @Any Instance<GuardListener> listeners) {
        GuardMetrics metrics = new GuardMetrics(registry);
        List<GuardListener> all = new ArrayList<>(listeners.stream().toList());
        all.add(metrics);
        FaultToleranceGuards guards =
                new FaultToleranceGuards(policy(settings), clock, FaultToleranceGuards.MOST, metrics, all);
        metrics.show(guards);
        return guards;
    }

    /** The library's timer and threads are the application's and end with it. */
    static void close(@Disposes FaultToleranceGuards guards) throws InterruptedException {
        StandaloneFaultTolerance.shutdown();
    }

    private static GuardPolicy policy(MicroProfileSettings settings) {
        return new GuardPolicy(
                Settings.GUARD_CONSECUTIVE_FAILURES.from(settings),
                Settings.GUARD_FAILURE_RATIO.from(settings),
                Settings.GUARD_WINDOW.from(settings),
                Settings.GUARD_COOL_DOWN.from(settings),
                Settings.GUARD_HALF_OPEN_PROBES.from(settings),
                Settings.GUARD_MANUAL_RESET_ONLY.from(settings),
                Settings.GUARD_BULKHEAD.from(settings));
    }
}
