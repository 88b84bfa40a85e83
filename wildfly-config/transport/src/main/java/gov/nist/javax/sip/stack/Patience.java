// SPDX-License-Identifier: AGPL-3.0-or-later
package gov.nist.javax.sip.stack;

import io.ifbus.sip.transport.WireLimits;
import java.util.concurrent.TimeUnit;

/** Since when a connection has been busy with something, or with nothing. Safe for use by any thread. */
final class Patience {
    private final long madeAt = System.nanoTime();
    private volatile boolean proven; // a message has come, or the connection is one of ours
    private volatile boolean inMessage = true; // a handshake may come first
    private volatile long messageBeganAt = madeAt;
    private volatile boolean inWrite;
    private volatile long writeBeganAt;
    private volatile long lastUsedAt = madeAt;
    private volatile boolean asked; // for a sign of life
    private volatile long askedAt;

    /** @param proven whether it need not bring a message soon */
    Patience(boolean proven) {
        this.proven = proven;
    }

    /** A message or handshake has begun; only the first of several tellings counts. */
    void messageBegun() {
        asked = false;
        if (!inMessage) {
            messageBeganAt = System.nanoTime();
            inMessage = true;
        }
    }

    void messageEnded() {
        inMessage = false;
        lastUsedAt = System.nanoTime();
    }

    /** A whole message has come. */
    void prove() {
        proven = true;
    }

    void writeBegun() {
        writeBeganAt = System.nanoTime();
        inWrite = true;
    }

    void writeEnded() {
        inWrite = false;
        lastUsedAt = System.nanoTime();
    }

    /** Expects the peer to send something; false when that is expected already. */
    synchronized boolean ask() {
        if (asked) {
            return false;
        }
        askedAt = System.nanoTime();
        asked = true;
        return true;
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
        if (!proven && isOver(now, madeAt, limits.messageMillis())) {
            return "no message came within " + limits.messageMillis() + " ms";
        }
        if (asked && isOver(now, askedAt, limits.messageMillis())) {
            return "a ping was not answered within " + limits.messageMillis() + " ms";
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
