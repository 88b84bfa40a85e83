// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import java.util.List;
import java.util.Optional;

/** What an event or an order led to on one leg. */
record LegStep(Leg next, List<CallAction> actions, Optional<LegNews> news) {
    LegStep {
        actions = List.copyOf(actions);
    }

    static LegStep to(Leg next, CallAction... actions) {
        return new LegStep(next, List.of(actions), Optional.empty());
    }

    /** Nothing to do and nothing to tell; not a surprise. */
    static LegStep stay(Leg leg) {
        return to(leg);
    }

    static LegStep unexpected(Leg leg, String what) {
        return to(leg, new CallAction.NoteSurprise(leg.getClass().getSimpleName(), what));
    }

    static LegStep unexpected(Leg leg, LegEvent event) {
        return unexpected(leg, event.getClass().getSimpleName());
    }

    LegStep telling(LegNews what) {
        return new LegStep(next, actions, Optional.of(what));
    }
}
