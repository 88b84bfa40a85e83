// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What an event led to.
 *
 * @param next the call from now on
 * @param actions what to do about it, in order
 */
public record Step(Call next, List<CallAction> actions) {
    public Step {
        requireNonNull(next, "next");
        actions = List.copyOf(actions);
    }
}
