// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static java.util.Objects.requireNonNull;

/** What a client says to a call that was offered to it. */
public sealed interface Decision {
    /** Answer it; the caller hears nothing until the call is transferred. */
    record Answer() implements Decision {}

    /** Answer it; the caller hears itself. */
    record Echo() implements Decision {}

    /** Ring {@code target}, and answer when it does. */
    record Bridge(Party target) implements Decision {
        public Bridge {
            requireNonNull(target, "target");
        }
    }

    /** Tell the caller that it rings. */
    record Ring() implements Decision {}

    /** Refuse it. */
    record Reject(int status, String phrase) implements Decision {
        public Reject {
            requireNonNull(phrase, "phrase");
            if (status < 400 || status > 699) {
                throw new IllegalArgumentException("status must be 400 to 699, was " + status);
            }
        }
    }

    /** Tell the caller to call {@code target} instead. */
    record Redirect(Party target) implements Decision {
        public Redirect {
            requireNonNull(target, "target");
        }
    }
}
