// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.guard;

import io.ifbus.sip.guard.GuardState;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.TypedGuard;
import jakarta.enterprise.util.TypeLiteral;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * One of the library's circuit breakers, and its state put together from what it reports. It changes its state first and
 * reports then, on whatever thread, so that one report may overtake another: one that cannot follow yet waits for the
 * one that it overtook.
 */
final class Circuit {

    private static final TypeLiteral<CompletionStage<Void>> STAGE = new TypeLiteral<>() {};

    private static final Map<GuardState, Set<GuardState>> FOLLOWERS = new EnumMap<>(Map.of(
            GuardState.CLOSED, EnumSet.of(GuardState.OPEN),
            GuardState.OPEN, EnumSet.of(GuardState.HALF_OPEN),
            GuardState.HALF_OPEN, EnumSet.of(GuardState.OPEN, GuardState.CLOSED)));

    private final TypedGuard<CompletionStage<Void>> guard;
    private final List<GuardState> early = new ArrayList<>();
    private GuardState state = GuardState.CLOSED;

    /** Hears what a circuit reports, on whatever thread. */
    @FunctionalInterface
    interface Watcher {

        /** Has {@link Circuit#heard} called under a lock. */
        void heard(Circuit circuit, GuardState next);
    }

    /** Opens on {@code failures} or more among the last {@code window} outcomes, once there are so many. */
    Circuit(String host, GuardPolicy policy, int window, int failures, Watcher watcher) {
        this.guard = TypedGuard.create(STAGE)
                .withDescription(host)
                .withCircuitBreaker()
                .failOn(TargetFailed.class)
                .requestVolumeThreshold(window)
                // the library rounds ratio times window up: half a failure less is safe from the rounding of doubles
                .failureRatio((failures - 0.5) / window)
                .delay(policy.coolDown().toMillis(), ChronoUnit.MILLIS)
                .successThreshold(policy.halfOpenProbes())
                .onStateChange(next -> watcher.heard(this, state(next)))
                .done()
                .build();
    }

    /** {@code stage}, or one that has failed already when it may not be begun. */
    CompletionStage<Void> run(Supplier<CompletionStage<Void>> stage) {
        return guard.get(stage);
    }

    /** Takes note of a report. Under the lock of the guard. */
    void heard(GuardState next) {
        early.add(next);
        boolean moved = true;
        while (moved) {
            moved = follow();
        }
    }

    private boolean follow() {
        for (Iterator<GuardState> waiting = early.iterator(); waiting.hasNext(); ) {
            GuardState next = waiting.next();
            if (FOLLOWERS.get(state).contains(next)) {
                waiting.remove();
                state = next;
                return true;
            }
        }
        return false;
    }

    /** Under the lock of the guard. */
    GuardState state() {
        return state;
    }

    private static GuardState state(CircuitBreakerState state) {
        return switch (state) {
            case CLOSED -> GuardState.CLOSED;
            case OPEN -> GuardState.OPEN;
            case HALF_OPEN -> GuardState.HALF_OPEN;
        };
    }
}
