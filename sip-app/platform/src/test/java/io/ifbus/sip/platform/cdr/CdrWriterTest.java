// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.cdr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.call.CallId;
import io.ifbus.sip.cdr.Cdr;
import io.ifbus.sip.cdr.CdrStoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CdrWriterTest {

    private static final Duration SOON = Duration.ofMillis(10);

    private final TroubledStore store = new TroubledStore();
    private final AtomicInteger dropped = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);
    private final LoggedIds logged = new LoggedIds();
    private CdrWriter writer;

    /** In memory, and as slow, broken or picky as a test wants it. */
    private static final class TroubledStore extends InMemoryCdrStore {

        final Queue<Integer> batches = new ConcurrentLinkedQueue<>();
        volatile CountDownLatch reached = new CountDownLatch(0);
        volatile CountDownLatch gate = new CountDownLatch(0);
        volatile boolean broken;
        volatile Throwable breaks = new CdrStoreUnavailable(new IllegalStateException("disk full"));
        volatile CallId refuses;

        @Override
        public void append(List<Cdr> records) {
            reached.countDown();
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new AssertionError("the writing thread must not be interrupted", e);
            }
            if (broken) {
                TroubledStore.<RuntimeException>sneak(breaks);
            }
            if (records.stream().anyMatch(record -> record.callId().equals(refuses))) {
                throw new IllegalArgumentException("cannot be kept");
            }
            batches.add(records.size());
            super.append(records);
        }

        @Override
        public int forget(Instant horizon, int atMost) {
            if (broken) {
                throw new CdrStoreUnavailable(null);
            }
            return super.forget(horizon, atMost);
        }

        @SuppressWarnings("unchecked")
        private static <T extends Throwable> void sneak(Throwable thrown) throws T {
            throw (T) thrown;
        }
    }

    @AfterEach
    void close() {
        store.gate.countDown();
        if (writer != null) {
            writer.close();
        }
        logged.close();
    }

    private void writes(int capacity, int batch, Duration stop) {
        writes(new CdrWriter.Pace(capacity, batch, SOON, SOON, stop));
    }

    private void writes(CdrWriter.Pace pace) {
        CdrCounts counts = new CdrCounts() {
            @Override
            public void dropped(int records) {
                dropped.addAndGet(records);
            }

            @Override
            public void storeFailed() {
                failures.incrementAndGet();
            }
        };
        CdrPruner pruner = new CdrPruner(store, () -> Cdrs.NOON, Duration.ofDays(1));
        writer = CdrWriter.start(new CdrWriter(store, pruner, counts, pace, over::countDown));
    }

    private List<UUID> end(int calls) {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            ids.add(UUID.randomUUID());
            writer.ended(Cdrs.call(ids.get(i)));
        }
        return ids;
    }

    private List<UUID> written() {
        return store.all().stream().map(record -> record.callId().uuid()).toList();
    }

    /** The store takes the first record and does not come back until the gate is opened. */
    private List<UUID> hang() throws InterruptedException {
        store.reached = new CountDownLatch(1);
        store.gate = new CountDownLatch(1);
        List<UUID> first = end(1);
        assertThat(store.reached.await(10, TimeUnit.SECONDS)).isTrue();
        return first;
    }

    @Test
    void a_call_that_has_ended_is_written() {
        writes(10, 10, Duration.ofSeconds(10));

        List<UUID> calls = end(1);

        await().untilAsserted(() -> assertThat(store.all()).containsExactly(Cdr.of(Cdrs.call(calls.get(0)))));
    }

    @Test
    void what_waits_is_written_together_and_no_more_than_so_many_at_once() throws Exception {
        writes(100, 10, Duration.ofSeconds(10));
        hang();
        end(25);
        store.gate.countDown();

        await().untilAsserted(() -> assertThat(store.batches).containsExactly(1, 10, 10, 5));
    }

    @Test
    void calls_that_end_one_by_one_do_not_cost_a_write_each() {
        writes(new CdrWriter.Pace(100, 90, Duration.ofHours(1), SOON, Duration.ofSeconds(10)));
        end(1);
        await().untilAsserted(() -> assertThat(store.batches).containsExactly(1));
        for (int call = 0; call < 50; call++) {
            end(1);
        }

        writer.close();

        assertThat(store.batches).containsExactly(1, 50);
    }

    @Test
    void a_call_does_not_wait_for_a_store_that_hangs_and_what_does_not_fit_is_counted_and_told_once() throws Exception {
        writes(3, 1, Duration.ofSeconds(10));
        List<UUID> kept = new ArrayList<>(hang());
        kept.addAll(end(3));
        end(4); // would hang here

        assertThat(dropped).hasValue(4);
        assertThat(logged.ids()).containsExactly("IFSIP2182");

        store.gate.countDown();
        await().untilAsserted(() -> assertThat(logged.ids()).containsExactly("IFSIP2182", "IFSIP2183"));
        assertThat(written()).containsExactlyInAnyOrderElementsOf(kept);
        kept.addAll(end(1));
        await().untilAsserted(() -> assertThat(written()).containsExactlyInAnyOrderElementsOf(kept));
        assertThat(dropped).hasValue(4);
    }

    @Test
    void while_the_store_is_broken_records_wait_and_it_is_told_once() {
        store.broken = true;
        writes(100, 10, Duration.ofSeconds(10));
        List<UUID> calls = end(30);
        await().untilAsserted(() -> assertThat(failures).hasValueGreaterThan(3));
        assertThat(logged.ids()).containsExactly("IFSIP2180");

        store.broken = false;

        await().untilAsserted(() -> assertThat(written()).containsExactlyInAnyOrderElementsOf(calls));
        await().untilAsserted(() -> assertThat(logged.ids()).containsExactly("IFSIP2180", "IFSIP2181"));
        assertThat(dropped).hasValue(0);
    }

    @Test
    void an_error_of_the_machine_is_an_outage_like_any_other() {
        store.breaks = new NoClassDefFoundError("too many open files");
        store.broken = true;
        writes(100, 10, Duration.ofSeconds(10));
        List<UUID> calls = end(1);
        await().untilAsserted(() -> assertThat(failures).hasValueGreaterThan(3));

        store.broken = false;

        await().untilAsserted(() -> assertThat(written()).containsExactlyElementsOf(calls));
    }

    @Test
    void a_record_that_can_never_be_kept_does_not_hold_up_the_others() throws Exception {
        writes(100, 10, Duration.ofSeconds(10));
        List<UUID> calls = new ArrayList<>(hang());
        calls.addAll(end(5));
        store.refuses = new CallId(calls.remove(3));
        store.gate.countDown();

        await().untilAsserted(() -> assertThat(written()).containsExactlyInAnyOrderElementsOf(calls));
        assertThat(dropped).hasValue(1);
        assertThat(logged.ids()).containsExactly("IFSIP2184");
    }

    @Test
    void the_close_writes_what_waits_and_then_closes_the_store() throws Exception {
        writes(100, 10, Duration.ofSeconds(10));
        List<UUID> calls = new ArrayList<>(hang());
        calls.addAll(end(50));
        assertThat(over.getCount()).isEqualTo(1);
        store.gate.countDown();

        writer.close();

        assertThat(written()).containsExactlyInAnyOrderElementsOf(calls);
        assertThat(over.getCount()).isZero();
        assertThat(dropped).hasValue(0);
    }

    @Test
    void the_close_does_not_wait_for_ever_and_counts_what_is_lost() throws Exception {
        writes(100, 1, Duration.ofMillis(50));
        List<UUID> hanging = hang();
        end(7);

        writer.close();

        assertThat(dropped).hasValue(7);
        assertThat(logged.ids()).containsExactly("IFSIP2185");
        assertThat(over.getCount())
                .as("nobody closes the store under the writing thread")
                .isEqualTo(1);
        store.gate.countDown();
        assertThat(over.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(written()).containsExactlyElementsOf(hanging);
        assertThat(dropped).hasValue(7);
    }

    @Test
    void the_close_gives_a_broken_store_no_second_chance() {
        store.broken = true;
        writes(100, 10, Duration.ofSeconds(10));
        end(5);
        await().untilAsserted(() -> assertThat(failures).hasValueGreaterThan(0));

        writer.close();

        assertThat(dropped).hasValue(5);
        assertThat(logged.ids()).containsExactly("IFSIP2180", "IFSIP2185");
        assertThat(over.getCount()).isZero();
    }

    @Test
    void a_call_that_ends_after_the_close_is_counted() {
        writes(100, 10, Duration.ofSeconds(10));
        writer.close();

        end(2);

        assertThat(dropped).hasValue(2);
        assertThat(store.all()).isEmpty();
    }

    @Test
    void old_records_are_forgotten_in_the_background() {
        Cdr old = Cdrs.ended(-Duration.ofDays(1).toSeconds() - 1);
        Cdr recent = Cdrs.ended(-Duration.ofDays(1).toSeconds());
        store.append(List.of(old, recent));

        writes(100, 10, Duration.ofSeconds(10));

        await().untilAsserted(() -> assertThat(store.all()).containsExactly(recent));
    }
}
