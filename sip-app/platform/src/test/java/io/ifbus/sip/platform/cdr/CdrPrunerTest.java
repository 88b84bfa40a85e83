// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.cdr;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CdrPrunerTest {

    private final InMemoryCdrStore store = new InMemoryCdrStore();
    private Instant now = Cdrs.NOON;
    private final CdrPruner pruner = new CdrPruner(store, () -> now, Duration.ofDays(90));

    private void ended(int calls, Instant at) {
        store.append(LongStream.range(0, calls)
                .mapToObj(i -> Cdrs.ended(Duration.between(Cdrs.NOON, at).toSeconds()))
                .toList());
    }

    @Test
    void takes_a_bite_at_a_time_until_nothing_old_is_left() {
        ended(CdrPruner.BITE + 1, now.minus(Duration.ofDays(91)));
        ended(2, now.minus(Duration.ofDays(89)));

        assertThat(pruner.run()).isTrue();
        assertThat(store.all()).hasSize(3);
        assertThat(pruner.run()).isTrue();
        assertThat(store.all()).hasSize(2);
        assertThat(pruner.run()).as("for now").isFalse();
    }

    @Test
    void looks_again_after_an_hour() {
        pruner.run();
        ended(1, now.minus(Duration.ofDays(91)));

        now = now.plus(CdrPruner.LOOK).minusSeconds(1);
        assertThat(pruner.run()).isFalse();
        assertThat(store.all()).hasSize(1);

        now = now.plusSeconds(1);
        assertThat(pruner.run()).isTrue();
        assertThat(store.all()).isEmpty();
    }
}
