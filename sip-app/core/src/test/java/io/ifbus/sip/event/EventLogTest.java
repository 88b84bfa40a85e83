// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ifbus.sip.call.CallId;
import io.ifbus.sip.event.EventSource.Numbered;
import io.ifbus.sip.event.EventSource.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EventLogTest {
    private final EventLog log = new EventLog(4, 100);

    @Test
    void events_are_numbered_behind_the_beginning_in_the_order_in_which_they_came() {
        append(log, 3);
        Page page = log.read(100, 10);
        assertThat(page.after()).isEqualTo(100);
        assertThat(page.events()).extracting(Numbered::position).containsExactly(101L, 102L, 103L);
        assertThat(page.events()).extracting(n -> n.event().sequence()).containsExactly(1L, 2L, 3L);
        assertThat(page.reached()).isEqualTo(103).isEqualTo(log.last());
    }

    @Test
    void reading_goes_on_from_each_position_without_loss_or_doubles() {
        EventLog roomy = new EventLog(50, 0);
        append(roomy, 20);
        for (long after = 0; after <= 20; after++) {
            for (int max = 1; max <= 21; max++) {
                List<Long> read = new ArrayList<>();
                Page page = roomy.read(after, max);
                while (!page.events().isEmpty()) {
                    assertThat(page.events()).hasSizeLessThanOrEqualTo(max);
                    page.events().forEach(n -> read.add(n.event().sequence()));
                    page = roomy.read(page.reached(), max);
                }
                assertThat(read)
                        .isEqualTo(LongStream.rangeClosed(after + 1, 20).boxed().toList());
            }
        }
    }

    @Test
    void a_reader_that_comes_too_late_is_told_from_where_its_page_begins() {
        append(log, 4);
        assertThat(log.read(100, 10).after()).isEqualTo(100);
        append(log, 3);
        Page page = log.read(101, 10);
        assertThat(page.after()).isEqualTo(103);
        assertThat(page.events()).extracting(Numbered::position).containsExactly(104L, 105L, 106L, 107L);
    }

    @Test
    void positions_of_an_earlier_life_lie_before_the_beginning() {
        append(log, 1);
        assertThat(log.read(12, 10).after()).isEqualTo(100);
        assertThat(log.read(12, 10).events()).hasSize(1);
    }

    @Test
    void there_is_nothing_behind_the_newest() {
        append(log, 6);
        assertThat(log.read(106, 10)).isEqualTo(new Page(106, List.of()));
        assertThat(log.read(5000, 10)).isEqualTo(new Page(5000, List.of()));
    }

    @Test
    void subscribers_are_woken_after_each_event_until_they_leave() {
        List<Long> seen = new ArrayList<>();
        Runnable leave = log.subscribe(() -> seen.add(log.read(100, 10).reached()));
        append(log, 2);
        leave.run();
        append(log, 1);
        assertThat(seen).containsExactly(101L, 102L);
    }

    @Test
    void many_threads_append_while_others_read_and_each_call_keeps_its_order() throws Exception {
        int calls = 8;
        int each = 20_000;
        EventLog busy = new EventLog(3, 0); // so small that writers overtake each other and the readers
        ExecutorService threads = Executors.newFixedThreadPool(calls + 2);
        try {
            CountDownLatch go = new CountDownLatch(1);
            List<Future<?>> writers = new ArrayList<>();
            AtomicInteger living = new AtomicInteger(calls);
            for (int i = 0; i < calls; i++) {
                CallId call = new CallId(new UUID(0, i));
                writers.add(threads.submit(() -> {
                    go.await();
                    for (int n = 1; n <= each; n++) {
                        busy.append(event(call, n));
                    }
                    return living.decrementAndGet();
                }));
            }
            List<Future<Long>> readers = List.of(
                    threads.submit(() -> follow(busy, living, 7)), threads.submit(() -> follow(busy, living, 200)));
            go.countDown();
            for (Future<?> writer : writers) {
                writer.get();
            }
            for (Future<Long> reader : readers) {
                assertThat(reader.get()).isEqualTo((long) calls * each);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Reads to the end and checks order and numbers; answers how many were read or told as missing. */
    private static long follow(EventLog log, AtomicInteger writers, int max) {
        Map<CallId, Long> sequences = new HashMap<>();
        long position = 0;
        while (true) {
            boolean over = writers.get() == 0;
            Page page = log.read(position, max);
            assertThat(page.after()).isGreaterThanOrEqualTo(position);
            position = page.after();
            for (Numbered next : page.events()) {
                assertThat(next.position()).isEqualTo(++position);
                CallId call = next.event().call().orElseThrow();
                assertThat(next.event().sequence()).isGreaterThan(sequences.getOrDefault(call, 0L));
                sequences.put(call, next.event().sequence());
            }
            if (over && page.events().isEmpty()) {
                return position;
            }
        }
    }

    @Test
    void one_who_was_overtaken_by_a_whole_round_leaves_the_newer_event_in_its_slot() {
        Numbered older = new Numbered(2, event(new CallId(new UUID(0, 0)), 1));
        Numbered newer = new Numbered(5, event(new CallId(new UUID(0, 0)), 4));
        assertThat(EventLog.newer(null, older)).isSameAs(older);
        assertThat(EventLog.newer(older, newer)).isSameAs(newer);
        assertThat(EventLog.newer(newer, older)).isSameAs(newer);
    }

    @Test
    void what_makes_no_sense_is_refused() {
        assertThatThrownBy(() -> new EventLog(0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new EventLog(1, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> log.read(0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> event(new CallId(new UUID(0, 0)), 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void append(EventLog log, int count) {
        for (int i = 0; i < count; i++) {
            log.append(event(new CallId(new UUID(0, 0)), log.last() - log.beginning() + 1));
        }
    }

    private static Event event(CallId call, long sequence) {
        return new Event(
                new UUID(1, sequence), EventType.ERROR, Instant.EPOCH, Optional.of(call), sequence, "t", Map.of());
    }
}
