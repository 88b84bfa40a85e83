// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Guards what a phone knows, and lets others wait, for a bounded time, until it knows more.
 *
 * <p>The functions passed in hold the lock and must not call the SIP stack.
 */
final class Watch {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    void change(Runnable action) {
        lock.lock();
        try {
            action.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    <T> T look(Supplier<T> view) {
        lock.lock();
        try {
            return view.get();
        } finally {
            lock.unlock();
        }
    }

    /** @return whether the condition came true before the limit */
    boolean await(Duration limit, BooleanSupplier condition) {
        return await(limit, limit, condition);
    }

    /**
     * Waits for a condition that time alone can make true.
     *
     * @param atLeastEvery how often to look even if nothing changed
     */
    boolean await(Duration limit, Duration atLeastEvery, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        lock.lock();
        try {
            while (!condition.getAsBoolean()) {
                long left = end - System.nanoTime();
                if (left <= 0) return false;
                changed.awaitNanos(Math.min(left, atLeastEvery.toNanos()));
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting", e);
        } finally {
            lock.unlock();
        }
    }
}
