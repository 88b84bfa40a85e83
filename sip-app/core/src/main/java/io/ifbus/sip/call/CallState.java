// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import java.util.Locale;

/** A call's state as the rest of IF.bus sees it. The machine behind it is finer: {@link Call}. */
public enum CallState {
    CREATED,
    DIALING,
    RINGING,
    INCOMING,
    CONNECTED,
    ON_HOLD,
    TRANSFERRING,
    HANGING_UP,
    TERMINATED;

    /** Spelling in JSON, events and metric tags. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
