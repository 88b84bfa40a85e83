// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.cdr;

import static java.util.Objects.requireNonNull;

import io.ifbus.sip.cdr.CdrStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Forgets records that are too old: looks once an hour, and takes away a bite at a time so that new records need not
 * wait. For use by one thread.
 */
public final class CdrPruner {

    static final Duration LOOK = Duration.ofHours(1);
    static final int BITE = 500;

    private final CdrStore store;
    private final InstantSource clock;
    private final Duration retention;
    private Instant next = Instant.MIN;

    /** @param retention how long after the end of a call its record is kept */
    public CdrPruner(CdrStore store, InstantSource clock, Duration retention) {
        this.store = requireNonNull(store, "store");
        this.clock = requireNonNull(clock, "clock");
        this.retention = requireNonNull(retention, "retention");
    }

    /**
     * Takes one bite if it is time to; quick if it is not.
     *
     * @return whether it was time to
     * @throws io.ifbus.sip.cdr.CdrStoreUnavailable if the store is broken; tried again at the next look
     */
    boolean run() {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return false;
        }
        next = now.plus(LOOK);
        if (store.forget(now.minus(retention), BITE) == BITE) {
            next = now; // there may be more
        }
        return true;
    }
}
