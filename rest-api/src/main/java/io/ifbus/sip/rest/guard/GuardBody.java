// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.guard;

import io.ifbus.sip.guard.GuardStatus;
import io.ifbus.sip.rest.json.Json;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A guard on the wire.
 *
 * @param since when it came into its state, UTC in ISO 8601 with {@code Z}
 * @param waiting calls whose outcome is not known yet
 */
@Schema(name = "Guard")
record GuardBody(
        @Schema(examples = "sip.example.com:5080") String host,

        @Schema(enumeration = {"closed", "open", "half_open"})
        String state,

        @Schema(format = "date-time", description = "When it came into its state")
        String since,

        @Schema(description = "Calls to the target whose outcome is not known yet")
        int waiting) {

    static GuardBody of(GuardStatus guard) {
        return new GuardBody(guard.host(), guard.state().word(), Json.time(guard.since()), guard.waiting());
    }
}
