// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.cdr;

import java.util.concurrent.atomic.AtomicLong;

/** Records that found the queue full: counted each, told when it begins and when it is over. For use by any thread. */
final class CdrLosses {

    private final AtomicLong lost = new AtomicLong();
    private final CdrCounts counts;
    private final int capacity;

    CdrLosses(CdrCounts counts, int capacity) {
        this.counts = counts;
        this.capacity = capacity;
    }

    /** One more. */
    void add() {
        counts.dropped(1);
        if (lost.getAndIncrement() == 0) {
            CdrLog.LOG.queueFull(capacity);
        }
    }

    /** It is over if there is {@code room} again. */
    void overIf(boolean room) {
        long so = room ? lost.getAndSet(0) : 0;
        if (so > 0) {
            CdrLog.LOG.queueHasRoom(so);
        }
    }
}
