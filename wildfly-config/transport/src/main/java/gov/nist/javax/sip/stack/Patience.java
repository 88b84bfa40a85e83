// SPDX-License-Identifier: AGPL-3.0-or-later
package gov.nist.javax.sip.stack;

import io.ifbus.sip.transport.WireLimits;
import java.util.concurrent.TimeUnit;

/** Since when a connection has been busy with something, or with nothing. Safe for use by any thread. */
final class Patience {
    private volatile boolean inMessage = true; // a handshake may come first
    private volatile long messageBeganAt = System.nanoTime();
    private volatile boolean inWrite;
    private volatile long writeBeganAt;
    private volatile long lastUsedAt = System.nanoTime();

    /** A message or handshake has begun; only the first of several tellings counts. */
    void messageBegun() {
        if (!inMessage) {
            messageBeganAt = System.nanoTime();
            inMessage = true;
        }
    }

    void messageEnded() {
        inMessage = false;
        lastUsedAt = System.nanoTime();
    }

    void writeBegun() {
        writeBeganAt = System.nanoTime();
        inWrite = true;
    }

    void writeEnded() {
        inWrite = false;
        lastUsedAt = System.nanoTime();
    }

    boolean isInMessage() {
        return inMessage;
    }

    /** Whether a write has been going on for longer than that. */
    boolean isWritingLonger(int millis) {
        return inWrite && isOver(System.nanoTime(), writeBeganAt, millis);
    }

    /** What took too long, in words, or null. */
    String lateFor(long now, WireLimits limits) {
        if (inWrite && isOver(now, writeBeganAt, limits.connectMillis() + 500L)) {
            return "the peer does not read";
        }
        if (inMessage && isOver(now, messageBeganAt, limits.messageMillis())) {
            return "a message or handshake was not complete within " + limits.messageMillis() + " ms";
        }
        return null;
    }

    boolean isIdle(long now, WireLimits limits) {
        return !inMessage && !inWrite && isOver(now, lastUsedAt, limits.idleMillis());
    }

    private static boolean isOver(long now, long since, long millis) {
        return now - since > TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
