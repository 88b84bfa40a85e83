// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.control;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Does what a key names once: whoever comes with the same key, at the same time or later, gets the same result. A
 * refusal is not remembered. Safe for use by any thread; those who come second wait for the first.
 *
 * @param <T> the result
 */
public final class Once<T> {
    /** How long keys are remembered. */
    static final Duration MEMORY = Duration.ofHours(24);

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

    private record Entry<T>(Object request, Instant since, CompletableFuture<T> result) {}

    private record Age(String key, Instant since) {}

    private final Map<String, Entry<T>> entries = new ConcurrentHashMap<>();
    private final Queue<Age> ages = new ConcurrentLinkedQueue<>();
    private final InstantSource clock;

    public Once(InstantSource clock) {
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * Runs {@code work}, unless {@code key} was used before.
     *
     * @param request equal if the same was asked for
     * @throws InvalidRequest if the key is not 1 to 255 visible ASCII characters
     * @throws IdempotencyConflict if the key was used for another request
     */
    T perform(Optional<String> key, Object request, Supplier<T> work) {
        if (key.isEmpty()) {
            return work.get();
        }
        if (!KEY.matcher(key.get()).matches()) {
            throw new InvalidRequest("Idempotency-Key", "'Idempotency-Key' must be 1 to 255 visible ASCII characters");
        }
        forgetOld();
        Entry<T> mine = new Entry<>(request, clock.instant(), new CompletableFuture<>());
        Entry<T> first = entries.putIfAbsent(key.get(), mine);
        if (first == null) {
            return run(key.get(), mine, work);
        }
        if (!first.request().equals(request)) {
            throw new IdempotencyConflict();
        }
        return await(first);
    }

    private T run(String key, Entry<T> entry, Supplier<T> work) {
        try {
            T result = work.get();
            ages.add(new Age(key, entry.since()));
            entry.result().complete(result);
            return result;
        } catch (RuntimeException | Error refused) { // whatever it was: those who wait must not wait for ever
            entries.remove(key, entry);
            entry.result().completeExceptionally(refused);
            throw refused;
        }
    }

    private static <T> T await(Entry<T> entry) {
        try {
            return entry.result().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException refused ? refused : e;
        }
    }

    private void forgetOld() {
        Instant horizon = clock.instant().minus(MEMORY);
        for (Age age = ages.peek(); age != null && age.since().isBefore(horizon); age = ages.peek()) {
            if (ages.remove(age)) {
                entries.remove(age.key());
            }
        }
    }
}
