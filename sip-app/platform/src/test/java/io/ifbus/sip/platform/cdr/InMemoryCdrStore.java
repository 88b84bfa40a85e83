// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.cdr;

import io.ifbus.sip.call.CallId;
import io.ifbus.sip.cdr.Cdr;
import io.ifbus.sip.cdr.CdrCursor;
import io.ifbus.sip.cdr.CdrFilter;
import io.ifbus.sip.cdr.CdrPage;
import io.ifbus.sip.cdr.CdrStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The port's double: a sorted map. */
class InMemoryCdrStore implements CdrStore {

    private final ConcurrentSkipListMap<CdrCursor, Cdr> records = new ConcurrentSkipListMap<>();

    @Override
    public void append(List<Cdr> added) {
        for (Cdr record : added) {
            if (find(record.callId()).isEmpty()) {
                records.put(CdrCursor.of(record), record);
            }
        }
    }

    @Override
    public Optional<Cdr> find(CallId call) {
        return all().stream().filter(record -> record.callId().equals(call)).findFirst();
    }

    @Override
    public CdrPage page(CdrFilter filter, Optional<CdrCursor> after, int limit) {
        List<Cdr> found = all().stream()
                .filter(filter::matches)
                .filter(record -> after.map(place -> CdrCursor.of(record).compareTo(place) > 0)
                        .orElse(true))
                .limit(limit + 1L)
                .toList();
        return CdrPage.of(found, limit);
    }

    @Override
    public int forget(Instant horizon, int atMost) {
        List<Cdr> old = all().stream()
                .filter(record -> record.endTime().isBefore(horizon))
                .limit(atMost)
                .toList();
        old.forEach(record -> records.remove(CdrCursor.of(record)));
        return old.size();
    }

    List<Cdr> all() {
        return List.copyOf(records.values());
    }
}
