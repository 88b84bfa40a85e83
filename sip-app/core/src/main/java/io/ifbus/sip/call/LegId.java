// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

/**
 * Which leg of a call. {@link #A} and {@link #B} are the two that it begins with, the caller's and the callee's; a leg
 * that joins later has the next number.
 *
 * @param number from 0
 */
public record LegId(int number) implements Comparable<LegId> {
    public static final LegId A = new LegId(0);
    public static final LegId B = new LegId(1);

    public LegId {
        if (number < 0) {
            throw new IllegalArgumentException("number must be >= 0, was " + number);
        }
    }

    LegId next() {
        return new LegId(number + 1);
    }

    @Override
    public int compareTo(LegId other) {
        return Integer.compare(number, other.number);
    }

    /** A letter, or from the 27th on a number. */
    @Override
    public String toString() {
        return number < 26 ? Character.toString('A' + number) : "L" + number;
    }
}
