// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.guard;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * Decides whether one more INVITE may go to a target host, and learns what became of it. Safe for use by any thread;
 * never blocks.
 */
public interface TargetGuard {
    /** What the guard says to an INVITE that is about to leave. */
    sealed interface Admission {}

    /** It may leave. One of the two must be called once when it is known how the target did; later calls are ignored. */
    non-sealed interface Admitted extends Admission {
        /** The target answered, with whatever a living server says: 2xx, 3xx, most of 4xx and 6xx; or we gave up first. */
        void succeeded();

        /** The target did not answer, could not be reached, or said that it cannot serve. */
        void failed();
    }

    /**
     * It must not leave.
     *
     * @param retryAfter when it may be worth another try; at least a second
     * @param why a few words for people
     */
    record Refused(Duration retryAfter, String why) implements Admission {
        public Refused {
            requireNonNull(retryAfter, "retryAfter");
            requireNonNull(why, "why");
        }
    }

    /**
     * Asks for one INVITE to {@code host}, which keeps a place in the bulkhead until its outcome is told.
     *
     * @param host host of the target's URI in lower case, with {@code :port} if the URI names one
     */
    Admission admit(String host);

    /**
     * What {@link #admit} would refuse with now, without asking for a place; empty if it would probably admit.
     * Whoever asks refuses with the answer: it is counted as a refusal.
     */
    Optional<Refused> barred(String host);

    /** Lets everything pass. */
    static TargetGuard none() {
        Admitted open = new Admitted() {
            @Override
            public void succeeded() {
                // nobody counts
            }

            @Override
            public void failed() {
                // nobody counts
            }
        };
        return new TargetGuard() {
            @Override
            public Admission admit(String host) {
                return open;
            }

            @Override
            public Optional<Refused> barred(String host) {
                return Optional.empty();
            }
        };
    }
}
