// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** What a phone does by itself with each call that comes in. It may have many such calls at once. */
public sealed interface Autopilot {

    /** Nothing: the story says what happens. */
    record Off() implements Autopilot {}

    /** Rings and is never answered. */
    record Rings() implements Autopilot {}

    /** Rings when the call has waited for {@code after}, and is never answered. The stack sends 100 before. */
    record RingsLate(Duration after) implements Autopilot {
        public RingsLate {
            requireNonNull(after, "after");
        }
    }

    /** Rings at once, is answered {@code after} that. */
    record Answers(Duration after) implements Autopilot {
        public Answers {
            requireNonNull(after, "after");
        }
    }

    /** As {@link Answers}, and hangs up when the call has been up for {@code talk}. */
    record HangsUp(Duration after, Duration talk) implements Autopilot {
        public HangsUp {
            requireNonNull(after, "after");
            requireNonNull(talk, "talk");
        }
    }

    /** Refuses with a final status of 300 to 699. */
    record Rejects(int status) implements Autopilot {
        public Rejects {
            if (status < 300 || status > 699) throw new IllegalArgumentException("not a refusal: " + status);
        }
    }
}
