// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OnceTest {
    private static final Optional<String> KEY = Optional.of("k");
    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private final Once<Integer> once = new Once<>(() -> now);
    private final AtomicInteger runs = new AtomicInteger();

    private int perform(Optional<String> key, String request) {
        return once.perform(key, request, runs::incrementAndGet);
    }

    @Test
    void a_key_is_remembered_for_a_day() {
        assertThat(perform(KEY, "a")).isOne();
        now = now.plus(Duration.ofHours(24));
        assertThat(perform(KEY, "a")).isOne();
        now = now.plusMillis(1);
        assertThat(perform(KEY, "a")).isEqualTo(2);
    }

    @Test
    void without_a_key_nothing_is() {
        assertThat(perform(Optional.empty(), "a")).isOne();
        assertThat(perform(Optional.empty(), "a")).isEqualTo(2);
    }

    @Test
    void another_request_conflicts_until_the_key_is_forgotten() {
        perform(KEY, "a");
        assertThatThrownBy(() -> perform(KEY, "b")).isInstanceOf(IdempotencyConflict.class);
        now = now.plus(Duration.ofHours(25));
        assertThat(perform(KEY, "b")).isEqualTo(2);
    }

    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void what_broke_may_be_tried_again_whatever_it_was() {
        for (Throwable broken : new Throwable[] {new InvalidRequest("to", "x"), new StackOverflowError()}) {
            assertThatThrownBy(() -> once.perform(KEY, "a", () -> fail(broken))).isSameAs(broken);
        }
        assertThat(perform(KEY, "a")).isOne();
    }

    private static int fail(Throwable broken) {
        if (broken instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) broken;
    }
}
