// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import java.util.Locale;

/** One of the two ends of a call; {@link #word()} is its spelling in JSON. */
public enum Side {
    CALLER,
    CALLEE;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    Side opposite() {
        return this == CALLER ? CALLEE : CALLER;
    }

    EndCause.By by() {
        return this == CALLER ? EndCause.By.CALLER : EndCause.By.CALLEE;
    }
}
