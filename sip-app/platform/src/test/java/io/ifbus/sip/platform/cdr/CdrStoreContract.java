// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.cdr;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.call.CallId;
import io.ifbus.sip.call.Direction;
import io.ifbus.sip.call.EndCause;
import io.ifbus.sip.cdr.Cdr;
import io.ifbus.sip.cdr.CdrCursor;
import io.ifbus.sip.cdr.CdrFilter;
import io.ifbus.sip.cdr.CdrPage;
import io.ifbus.sip.cdr.CdrStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link CdrStore} promises, for each store that there is. */
abstract class CdrStoreContract {

    private final Random random = new Random(7);

    abstract CdrStore store();

    private UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private List<Cdr> all(CdrFilter filter) {
        return store().page(filter, Optional.empty(), 1000).records();
    }

    @Test
    void a_record_comes_back_as_it_was() {
        Cdr plain = Cdrs.ended(1);
        Cdr rich = Cdrs.rich();
        store().append(List.of(plain, rich));

        assertThat(store().find(plain.callId())).contains(plain);
        assertThat(store().find(rich.callId())).contains(rich);
        assertThat(all(CdrFilter.ALL)).containsExactly(plain, rich);
    }

    @Test
    void there_is_no_record_of_another_call() {
        store().append(List.of(Cdrs.ended(1)));

        assertThat(store().find(new CallId(uuid()))).isEmpty();
    }

    @Test
    void the_first_record_of_a_call_stays() {
        UUID call = uuid();
        Cdr first = Cdrs.record(call, "sip:a@x", "sip:b@y", "BUSY", "INBOUND", Cdrs.NOON);
        Cdr second = Cdrs.record(call, "sip:c@x", "sip:b@y", "FAILED", "INBOUND", Cdrs.NOON.plusSeconds(1));
        store().append(List.of(first, second));
        store().append(List.of(second, first));

        assertThat(all(CdrFilter.ALL)).containsExactly(first);
    }

    @Test
    void nothing_may_be_appended() {
        store().append(List.of());

        assertThat(all(CdrFilter.ALL)).isEmpty();
    }

    @Test
    void the_newest_end_comes_first_and_then_the_highest_uuid_as_it_is_written() {
        List<Cdr> records = IntStream.range(0, 200)
                .mapToObj(
                        i -> Cdrs.record(uuid(), "sip:a@x", "sip:b@y", "BUSY", "INBOUND", Cdrs.NOON.plusMillis(i % 7)))
                .toList();
        store().append(records);

        assertThat(all(CdrFilter.ALL))
                .containsExactlyElementsOf(records.stream()
                        .sorted(Comparator.comparing(CdrCursor::of))
                        .toList());
    }

    @Test
    void pages_join_without_a_gap_or_a_double_while_records_arrive() {
        List<Cdr> before =
                LongStream.range(0, 95).mapToObj(i -> Cdrs.ended(i / 4)).toList();
        store().append(before);

        List<Cdr> seen = new ArrayList<>();
        Optional<CdrCursor> next = Optional.empty();
        do {
            CdrPage page = store().page(CdrFilter.ALL, next, 10);
            seen.addAll(page.records());
            next = page.next().map(CdrCursor::text).flatMap(CdrCursor::parse);
            store().append(List.of(Cdrs.ended(1000 + seen.size()), Cdrs.ended(10)));
        } while (next.isPresent());

        assertThat(seen).doesNotHaveDuplicates().containsAll(before);
        assertThat(seen).isSortedAccordingTo(Comparator.comparing(CdrCursor::of));
        assertThat(seen).as("what ended since the first page").noneMatch(r -> r.endTime()
                .isAfter(Cdrs.NOON.plusSeconds(999)));
    }

    @Test
    void the_last_page_has_no_next_even_when_it_is_full() {
        store().append(List.of(Cdrs.ended(1), Cdrs.ended(2)));

        assertThat(store().page(CdrFilter.ALL, Optional.empty(), 2).next()).isEmpty();
        assertThat(store().page(CdrFilter.ALL, Optional.empty(), 1).next()).isPresent();
    }

    @Test
    void a_cursor_outlives_its_record() {
        List<Cdr> records = List.of(Cdrs.ended(1), Cdrs.ended(2), Cdrs.ended(3));
        CdrCursor gone = CdrCursor.of(Cdrs.ended(2));
        store().append(List.of(records.get(0), records.get(2)));

        assertThat(store().page(CdrFilter.ALL, Optional.of(gone), 9).records()).containsExactly(records.get(0));
    }

    static Stream<CdrFilter> filters() {
        Instant since = Cdrs.NOON.plusSeconds(20);
        Instant until = Cdrs.NOON.plusSeconds(90);
        Instant between = since.plusNanos(1);
        return Stream.of(
                filter("sip:1@x", null, null, null, null, null),
                filter(null, "sip:2@y", null, null, null, null),
                filter(null, null, EndCause.Result.BUSY, null, null, null),
                filter(null, null, null, Direction.INBOUND, null, null),
                filter(null, null, null, null, since, null),
                filter(null, null, null, null, between, null),
                filter(null, null, null, null, null, until),
                filter(null, null, null, null, null, between),
                filter("sip:1@x", "sip:2@y", null, null, null, null),
                filter(null, "sip:2@y", EndCause.Result.BUSY, null, since, null),
                filter("sip:1@x", "sip:2@y", EndCause.Result.BUSY, Direction.INBOUND, since, until));
    }

    private static CdrFilter filter(
            String from, String to, EndCause.Result result, Direction direction, Instant since, Instant until) {
        return new CdrFilter(
                Optional.ofNullable(from),
                Optional.ofNullable(to),
                Optional.ofNullable(result),
                Optional.ofNullable(direction),
                Optional.ofNullable(since),
                Optional.ofNullable(until));
    }

    @ParameterizedTest
    @MethodSource("filters")
    void a_filter_lets_through_what_it_matches_page_by_page(CdrFilter filter) {
        List<Cdr> records = IntStream.range(0, 240)
                .mapToObj(i -> Cdrs.record(
                        uuid(),
                        "sip:" + i % 2 + "@x",
                        "sip:" + i % 3 + "@y",
                        i % 5 < 3 ? "BUSY" : "COMPLETED",
                        i % 7 < 4 ? "INBOUND" : "OUTBOUND",
                        Cdrs.NOON.plusSeconds(i / 2)))
                .toList();
        store().append(records);

        List<Cdr> found = new ArrayList<>();
        Optional<CdrCursor> next = Optional.empty();
        do {
            CdrPage page = store().page(filter, next, 9);
            found.addAll(page.records());
            next = page.next();
        } while (next.isPresent());

        assertThat(found)
                .isNotEmpty()
                .hasSizeLessThan(240)
                .containsExactlyElementsOf(records.stream()
                        .filter(filter::matches)
                        .sorted(Comparator.comparing(CdrCursor::of))
                        .toList());
    }

    @Test
    void what_ended_before_the_horizon_is_forgotten_a_bite_at_a_time() {
        List<Cdr> records = LongStream.range(0, 10).mapToObj(Cdrs::ended).toList();
        store().append(records);
        Instant horizon = Cdrs.NOON.plusSeconds(7);

        assertThat(store().forget(horizon, 4)).isEqualTo(4);
        assertThat(all(CdrFilter.ALL)).hasSize(6).containsAll(records.subList(7, 10));
        assertThat(store().forget(horizon, 4)).isEqualTo(3);
        assertThat(store().forget(horizon, 4)).isZero();
        assertThat(all(CdrFilter.ALL)).containsExactlyInAnyOrderElementsOf(records.subList(7, 10));
        assertThat(store().find(records.get(0).callId())).isEmpty();
    }

    @Test
    void may_be_read_and_written_by_several_threads_at_once() {
        CdrStore store = store();
        List<CompletableFuture<List<Cdr>>> writers = IntStream.range(0, 4)
                .mapToObj(writer -> CompletableFuture.supplyAsync(() -> {
                    List<Cdr> mine = new ArrayList<>();
                    for (int i = 0; i < 20; i++) {
                        Cdr record = Cdrs.ended(i);
                        store.append(List.of(record));
                        assertThat(store.find(record.callId())).contains(record);
                        mine.add(record);
                    }
                    return mine;
                }))
                .toList();

        assertThat(writers).allSatisfy(writer -> assertThat(writer).succeedsWithin(Duration.ofSeconds(30)));
        assertThat(new HashSet<>(all(CdrFilter.ALL)))
                .isEqualTo(writers.stream().flatMap(w -> w.join().stream()).collect(Collectors.toSet()));
    }
}
