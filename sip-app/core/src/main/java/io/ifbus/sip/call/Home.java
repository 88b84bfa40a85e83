// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static java.util.Objects.requireNonNull;

/** Where a leg lives on the wire: the call that it began in, and its name there. It stays so when another call takes it. */
public record Home(CallId call, LegId leg) {
    public Home {
        requireNonNull(call, "call");
        requireNonNull(leg, "leg");
    }
}
