// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static java.util.Objects.requireNonNull;

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

    /** Refuse it. */
    record Refuse(int status, String phrase) implements Plan {}
}
