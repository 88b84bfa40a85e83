// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cdr;

import io.ifbus.sip.call.CallId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where records are kept; survives a restart. Each method may block and may be called by any thread, so none is called
 * on the path of a call. Each throws {@link CdrStoreUnavailable} while the store is broken, and works again when that is
 * over.
 */
public interface CdrStore {
    /**
     * Keeps {@code records}: on return they are safe. The first record of a call stays; another of the same call is
     * left out, so that an append may be repeated.
     *
     * @throws IllegalArgumentException if one of them can never be kept; then none is
     * @throws CdrStoreUnavailable if it is not known whether they are kept
     */
    void append(List<Cdr> records);

    Optional<Cdr> find(CallId call);

    /**
     * Some of the records that {@code filter} lets through, newest end first.
     *
     * @param after where the page before this one ended; empty for the first page
     * @param limit at most so many, 1 or more
     */
    CdrPage page(CdrFilter filter, Optional<CdrCursor> after, int limit);

    /**
     * Forgets records of calls that ended before {@code horizon}.
     *
     * @param atMost so many in one go
     * @return how many were forgotten; fewer than {@code atMost} when no more are left
     */
    int forget(Instant horizon, int atMost);
}
