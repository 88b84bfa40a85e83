// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import java.util.Locale;

/** What can be asked of a call; {@link #word()} is its spelling in JSON. */
public enum Operation {
    HANG_UP,
    HOLD,
    RESUME,
    TRANSFER,
    DTMF,
    ANSWER,
    RING,
    REJECT,
    REDIRECT;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
