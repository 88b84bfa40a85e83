// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;

/** What to do with an INVITE that reached us. */
public sealed interface Plan {
    /** Answer it ourselves; the caller hears itself. */
    record Echo() implements Plan {}

    /** Ring {@code target} and join the two. */
    record Bridge(Party target) implements Plan {
        public Bridge {
            requireNonNull(target, "target");
        }
    }

    /**
     * Let a client decide.
     *
     * @param limit how long it has
     * @param status what the caller is told when nobody decided
     */
    record Offer(Duration limit, int status) implements Plan {
        public Offer {
            requireNonNull(limit, "limit");
        }
    }

    /**
     * Let it take the place of a leg of another call (RFC 3891).
     *
     * @param earlyOnly not if that leg was answered
     */
    record Replace(Home replaced, boolean earlyOnly) implements Plan {
        public Replace {
            requireNonNull(replaced, "replaced");
        }
    }

    /**
     * Refuse it.
     *
     * @param headers what the refusal says besides, by name
     */
    record Refuse(int status, String phrase, Map<String, String> headers) implements Plan {
        public Refuse {
            headers = Map.copyOf(headers);
        }

        public Refuse(int status, String phrase) {
            this(status, phrase, Map.of());
        }
    }
}
