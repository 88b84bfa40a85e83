// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static java.util.Objects.requireNonNull;

/** The two legs whose parties talk, or are to talk, with each other; each has a side for as long as it is in the pair. */
record Pair(LegId caller, LegId callee) {
    static final Pair FIRST = new Pair(LegId.A, LegId.B);

    Pair {
        requireNonNull(caller, "caller");
        requireNonNull(callee, "callee");
    }

    boolean has(LegId leg) {
        return caller.equals(leg) || callee.equals(leg);
    }

    /** The one at the other end. */
    LegId other(LegId leg) {
        return caller.equals(leg) ? callee : caller;
    }

    LegId at(Side side) {
        return side == Side.CALLER ? caller : callee;
    }

    Side side(LegId leg) {
        return caller.equals(leg) ? Side.CALLER : Side.CALLEE;
    }

    /** The pair with {@code next} in the place of {@code leg}. */
    Pair replacing(LegId leg, LegId next) {
        return caller.equals(leg) ? new Pair(next, callee) : new Pair(caller, next);
    }
}
