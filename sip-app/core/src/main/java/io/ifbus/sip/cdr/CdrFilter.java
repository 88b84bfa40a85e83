// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cdr;

import io.ifbus.sip.call.Direction;
import io.ifbus.sip.call.EndCause;
import java.time.Instant;
import java.util.Optional;

/**
 * Which records are wanted: those that fulfil each condition that is there.
 *
 * @param from exactly this URI of the caller
 * @param to exactly this URI of the callee
 * @param since ended at this moment or later
 * @param until ended before this moment
 */
public record CdrFilter(
        Optional<String> from,
        Optional<String> to,
        Optional<EndCause.Result> result,
        Optional<Direction> direction,
        Optional<Instant> since,
        Optional<Instant> until) {
    /** Lets everything through. */
    public static final CdrFilter ALL = new CdrFilter(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Whether {@code record} is wanted. */
    public boolean matches(Cdr record) {
        return from.map(record.from()::equals).orElse(true)
                && to.map(record.to()::equals).orElse(true)
                && result.map(wanted -> wanted == record.result()).orElse(true)
                && direction.map(wanted -> wanted == record.direction()).orElse(true)
                && since.map(at -> !record.endTime().isBefore(at)).orElse(true)
                && until.map(at -> record.endTime().isBefore(at)).orElse(true);
    }
}
