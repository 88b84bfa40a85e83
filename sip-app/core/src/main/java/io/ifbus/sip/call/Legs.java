// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

/** Both legs of a call; one that was never rung is {@link OutgoingLeg.Idle}. */
record Legs(Leg a, Leg b) {
    Leg get(LegId id) {
        return id == LegId.A ? a : b;
    }

    Legs with(Leg leg) {
        return leg.id() == LegId.A ? new Legs(leg, b) : new Legs(a, leg);
    }

    boolean haveEnded() {
        return a.isEnded() && b.isEnded();
    }
}
