// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.guard;

import io.ifbus.sip.guard.GuardState;
import io.ifbus.sip.guard.GuardStatus;
import io.ifbus.sip.guard.RefusedBecause;
import io.ifbus.sip.guard.TargetGuard.Admission;
import io.ifbus.sip.guard.TargetGuard.Refused;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The guard of one target: the bulkhead, and behind it the breaker, which so never hears of what the bulkhead refuses.
 * Safe for use by any thread. The lock is held while its standing changes and its listeners hear of that; whoever looks
 * or asks for admission takes none.
 */
final class HostGuard {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final String host;
    private final GuardPolicy policy;
    private final InstantSource clock;
    private final GuardNews news;
    private final Semaphore places;
    private final AtomicInteger users = new AtomicInteger();

    private volatile Breaker breaker;
    private volatile Standing standing;

    HostGuard(String host, GuardPolicy policy, InstantSource clock, GuardNews news) {
        this.host = host;
        this.policy = policy;
        this.clock = clock;
        this.news = news;
        this.places = new Semaphore(policy.bulkhead());
        this.breaker = fresh();
        this.standing = new Standing(GuardState.CLOSED, clock.instant());
    }

    /** Keeps it from being idle until {@link #release}. */
    void hold() {
        users.incrementAndGet();
    }

    void release() {
        users.decrementAndGet();
    }

    /** Whether nobody holds it and no INVITE waits. */
    boolean idle() {
        return users.get() == 0 && waiting() == 0;
    }

    boolean closed() {
        return standing.is(GuardState.CLOSED);
    }

    GuardStatus status() {
        Standing now = standing;
        return new GuardStatus(host, now.state(), now.since(), waiting());
    }

    Admission admit() {
        if (!places.tryAcquire()) {
            return refused(true);
        }
        CompletableFuture<Void> outcome = new CompletableFuture<>();
        if (latched() || !breaker.lets(outcome)) {
            places.release();
            return refused(false);
        }
        return new Place(places, outcome);
    }

    /** What it refuses with, if it is open and will be for a while; that counts as a refusal, no place is taken. */
    Optional<Refused> barred() {
        Standing now = standing;
        boolean cooled = clock.instant().isAfter(now.since().plus(policy.coolDown()));
        return now.is(GuardState.OPEN) && (latched() || !cooled) ? Optional.of(refused(false)) : Optional.empty();
    }

    /** Closes it and forgets what it has seen. */
    synchronized void reset() {
        breaker = fresh();
        move(GuardState.CLOSED);
    }

    private Breaker fresh() {
        return new Breaker(host, policy, this::heard);
    }

    /** Open, and only a reset ends that, whatever the breaker does behind it. */
    private boolean latched() {
        return policy.manualResetOnly() && standing.is(GuardState.OPEN);
    }

    private synchronized void heard(Breaker reporter, Circuit circuit, GuardState next) {
        if (reporter != breaker || latched()) {
            return;
        }
        reporter.heard(circuit, next);
        if (!standing.is(reporter.state())) {
            move(reporter.state());
            if (closed()) {
                breaker = fresh();
            }
        }
    }

    private void move(GuardState next) {
        GuardState from = standing.state();
        if (next != from) {
            standing = new Standing(next, clock.instant());
            news.changed(host, from, next);
        }
    }

    private Refused refused(boolean full) {
        Standing now = standing;
        RefusedBecause reason = now.is(GuardState.OPEN)
                ? RefusedBecause.OPEN
                : full ? RefusedBecause.BULKHEAD : RefusedBecause.HALF_OPEN;
        news.refused(host, reason);
        return switch (reason) {
            case BULKHEAD -> new Refused(SOON, "As many calls as may wait for that target do so");
            case HALF_OPEN -> new Refused(SOON, "That target failed often and is being probed");
            case OPEN -> new Refused(rest(now), "That target failed too often");
        };
    }

    /** All of the cool-down if only a reset ends it, for nobody knows when that will be. */
    private Duration rest(Standing now) {
        return now.rest(policy.coolDown(), policy.manualResetOnly() ? now.since() : clock.instant());
    }

    private int waiting() {
        return policy.bulkhead() - places.availablePermits();
    }
}
