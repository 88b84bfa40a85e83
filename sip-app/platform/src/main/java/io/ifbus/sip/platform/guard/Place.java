// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.guard;

import io.ifbus.sip.guard.TargetGuard.Admitted;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** An INVITE's place in the bulkhead, kept until its outcome is told. */
final class Place implements Admitted {

    private final Semaphore places;
    private final CompletableFuture<Void> outcome;
    private final AtomicBoolean told = new AtomicBoolean();

    Place(Semaphore places, CompletableFuture<Void> outcome) {
        this.places = places;
        this.outcome = outcome;
    }

    @Override
    public void succeeded() {
        if (told.compareAndSet(false, true)) {
            outcome.complete(null);
            places.release();
        }
    }

    @Override
    public void failed() {
        if (told.compareAndSet(false, true)) {
            outcome.completeExceptionally(TargetFailed.INSTANCE);
            places.release();
        }
    }
}
