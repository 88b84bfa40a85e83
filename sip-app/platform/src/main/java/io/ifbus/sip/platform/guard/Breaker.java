// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.guard;

import io.ifbus.sip.guard.GuardState;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Two circuits, one in the other: the outer one counts failures in a row, the inner one the share of failures in the
 * window. The first to open decides alone from then on, so that failures from before the opening cannot open the other
 * one while the target is being probed. It serves from closed to closed: then it is thrown away with all it has seen.
 */
final class Breaker {

    private final Circuit row;
    private final Circuit share;
    private volatile Circuit opener;

    /** Hears what a breaker reports, on whatever thread. */
    @FunctionalInterface
    interface Watcher {

        /** Has {@link Breaker#heard} called under a lock. */
        void heard(Breaker breaker, Circuit circuit, GuardState next);
    }

    Breaker(String host, GuardPolicy policy, Watcher watcher) {
        Circuit.Watcher all = (circuit, next) -> watcher.heard(this, circuit, next);
        int inARow = policy.consecutiveFailures();
        this.row = new Circuit(host, policy, inARow, inARow, all);
        this.share = new Circuit(host, policy, policy.window(), policy.failuresOfWindow(), all);
    }

    /**
     * Lets one more INVITE pass, or not; known when this returns.
     *
     * @param outcome not complete yet; completed with {@link TargetFailed} it counts as a failure
     */
    boolean lets(CompletableFuture<Void> outcome) {
        Circuit sole = opener;
        CompletionStage<Void> passed = sole == null ? row.run(() -> share.run(() -> outcome)) : sole.run(() -> outcome);
        return !passed.toCompletableFuture().isCompletedExceptionally();
    }

    /** Takes note of a report. Under the lock of the guard. */
    void heard(Circuit circuit, GuardState next) {
        if (opener == null && next == GuardState.OPEN) {
            opener = circuit;
        }
        circuit.heard(next);
    }

    /** Under the lock of the guard. */
    GuardState state() {
        return opener == null ? GuardState.CLOSED : opener.state();
    }
}
