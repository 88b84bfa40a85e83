// SPDX-License-Identifier: AGPL-3.0-or-later
package gov.nist.javax.sip.stack;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds the threads that write to connections at a time, over all connectors: a write to a peer that does not read hangs.
 * When none is left, connections that have hung for a quarter of a second are closed. Safe for use by any thread.
 */
final class WriteSlots {
    static final int PROMPT_MILLIS = 250;

    private final Semaphore free;
    private final Set<StreamConnection> taken = ConcurrentHashMap.newKeySet();

    WriteSlots(int slots) {
        free = new Semaphore(slots);
    }

    /** @throws IOException if none comes free in time */
    void enter(StreamConnection connection) throws IOException {
        try {
            if (!free.tryAcquire() && !free.tryAcquire(PROMPT_MILLIS, TimeUnit.MILLISECONDS)) {
                taken.forEach(StreamConnection::endHangingWrite);
                if (!free.tryAcquire(PROMPT_MILLIS, TimeUnit.MILLISECONDS)) {
                    throw new IOException("too many writes to other peers hang");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted before a write");
        }
        taken.add(connection);
    }

    void leave(StreamConnection connection) {
        taken.remove(connection);
        free.release();
    }
}
