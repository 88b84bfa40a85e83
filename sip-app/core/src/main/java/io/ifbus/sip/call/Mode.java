// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.Set;

/** Who hears whom in a call that was answered. Drawn at {@link Talking}. */
sealed interface Mode permits Mode.Flowing, Mode.Parking, Mode.Parked, Mode.Alone, Mode.Linking, Doomed {
    /**
     * A change of the session on its way from one leg to the other.
     *
     * @param from the leg that asked for it
     * @param offered its request carried the offer; if not, its ACK brings the answer for the other leg's
     */
    record Relay(LegId from, boolean offered) {}

    /**
     * Two legs hear each other, and what one changes is passed to the other, one change at a time.
     *
     * @param quiet one of the phones has the other on hold
     */
    record Flowing(Pair pair, Optional<Relay> relay, boolean quiet) implements Mode {
        static Flowing between(Pair pair) {
            return new Flowing(pair, Optional.empty(), false);
        }

        Flowing relaying(Relay what) {
            return new Flowing(pair, Optional.of(what), quiet);
        }

        Flowing relayed() {
            return new Flowing(pair, Optional.empty(), quiet);
        }

        Flowing relayed(boolean nowQuiet) {
            return new Flowing(pair, Optional.empty(), nowQuiet);
        }
    }

    /**
     * Legs are being asked to send nothing.
     *
     * @param todo not asked yet
     * @param asked not answered yet
     */
    record Parking(Set<LegId> todo, Set<LegId> asked) implements Mode {
        public Parking {
            todo = Set.copyOf(todo);
            asked = Set.copyOf(asked);
        }
    }

    /** Nobody hears anybody. */
    record Parked() implements Mode {}

    /** One leg is up and has nobody to talk with. */
    record Alone(LegId leg, Sound sound) implements Mode {
        /** What it hears. */
        enum Sound {
            SILENCE,
            /** Nothing yet, soon itself. */
            ECHO_WANTED,
            ECHO_ASKED,
            ECHO
        }

        /** The same after its session was, or may have been, touched. */
        Alone anew() {
            return new Alone(leg, sound == Sound.SILENCE ? Sound.SILENCE : Sound.ECHO_WANTED);
        }
    }

    /** Why two legs are being joined. */
    enum Purpose {
        /** The call was just answered. */
        DIAL,
        /** It was on hold, or a transfer failed that had touched it. */
        RESUME,
        /** The target of a transfer is to talk with the party that is handed over. */
        HAND_OVER,
        /** The target of a transfer is to talk with the transferor first. */
        CONSULT
    }

    /**
     * Two legs are being joined.
     *
     * @param before where to go back to
     */
    record Linking(Link link, Purpose purpose, Mode before) implements Mode {
        public Linking {
            requireNonNull(link, "link");
            requireNonNull(purpose, "purpose");
        }
    }
}
