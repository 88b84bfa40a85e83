// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest;

import io.ifbus.sip.call.CallId;
import io.ifbus.sip.cdr.Cdr;
import io.ifbus.sip.cdr.CdrCursor;
import io.ifbus.sip.cdr.CdrFilter;
import io.ifbus.sip.cdr.CdrPage;
import io.ifbus.sip.cdr.CdrStore;
import io.ifbus.sip.cdr.CdrStoreUnavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers as a test tells it, and notes what it was asked for. */
public final class StubCdrStore implements CdrStore {

    /** What a search was for. */
    public record Search(CdrFilter filter, Optional<CdrCursor> after, int limit) {}

    public final List<Search> searches = new ArrayList<>();
    public List<Cdr> records = List.of();
    public Optional<CdrCursor> next = Optional.empty();
    public boolean broken;

    @Override
    public void append(List<Cdr> added) {
        throw new UnsupportedOperationException("the API writes no records");
    }

    @Override
    public Optional<Cdr> find(CallId call) {
        work();
        return records.stream().filter(record -> record.callId().equals(call)).findFirst();
    }

    @Override
    public CdrPage page(CdrFilter filter, Optional<CdrCursor> after, int limit) {
        work();
        searches.add(new Search(filter, after, limit));
        return new CdrPage(records, next);
    }

    @Override
    public int forget(Instant horizon, int atMost) {
        throw new UnsupportedOperationException("the API forgets no records");
    }

    private void work() {
        if (broken) {
            throw new CdrStoreUnavailable(new IllegalStateException("disk full at /secret/place"));
        }
    }
}
