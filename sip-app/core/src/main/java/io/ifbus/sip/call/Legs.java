// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The legs of a call; one that was never rung is {@link OutgoingLeg.Idle}.
 *
 * @param all by their names in this call, in the order of their coming
 * @param lodgers where those live that began in another call
 */
record Legs(Map<LegId, Leg> all, Map<LegId, Home> lodgers) {
    Legs {
        all = Map.copyOf(all);
        lodgers = Map.copyOf(lodgers);
    }

    static Legs of(Leg a, Leg b) {
        return new Legs(Map.of(LegId.A, a, LegId.B, b), Map.of());
    }

    Leg get(LegId id) {
        return all.get(id);
    }

    boolean has(LegId id) {
        return all.containsKey(id);
    }

    Legs with(LegId id, Leg leg) {
        Map<LegId, Leg> changed = new LinkedHashMap<>(all);
        changed.put(id, leg);
        return new Legs(changed, lodgers);
    }

    Legs adopting(LegId id, Leg leg, Home home) {
        Map<LegId, Home> homes = new LinkedHashMap<>(lodgers);
        homes.put(id, home);
        return new Legs(with(id, leg).all, homes);
    }

    Legs without(LegId id) {
        Map<LegId, Leg> legs = new LinkedHashMap<>(all);
        Map<LegId, Home> homes = new LinkedHashMap<>(lodgers);
        legs.remove(id);
        homes.remove(id);
        return new Legs(legs, homes);
    }

    /** A name that no leg has. */
    LegId free() {
        return ids().lastKey().next();
    }

    /** All names, in their order. */
    TreeMap<LegId, Leg> ids() {
        return new TreeMap<>(all);
    }

    Optional<LegId> at(Home home) {
        return lodgers.entrySet().stream()
                .filter(entry -> entry.getValue().equals(home))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    boolean haveEnded() {
        return all.values().stream().allMatch(Leg::isEnded);
    }

    boolean haveEndedBut(LegId one) {
        Predicate<LegId> isOther = id -> !id.equals(one);
        return all.keySet().stream().filter(isOther).allMatch(id -> all.get(id).isEnded());
    }
}
