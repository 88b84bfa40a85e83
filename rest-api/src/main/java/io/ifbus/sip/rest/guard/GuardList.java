// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.guard;

import io.ifbus.sip.guard.GuardStatus;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * All guards of a node on the wire.
 *
 * @param total how many there are
 */
@Schema(name = "Guards", description = "Those that are not closed first, then by host")
record GuardList(List<GuardBody> guards, int total) {

    static GuardList of(List<GuardStatus> guards) {
        return new GuardList(guards.stream().map(GuardBody::of).toList(), guards.size());
    }
}
