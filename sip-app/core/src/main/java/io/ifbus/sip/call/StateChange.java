// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * One change of a call's public state.
 *
 * @param sequence counts the changes of this call from 1
 * @param state what it became
 * @param at when
 */
public record StateChange(long sequence, CallState state, Instant at) {
    public StateChange {
        requireNonNull(state, "state");
        requireNonNull(at, "at");
    }
}
