// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a refusal says besides its status.
 *
 * @param credentials it is a challenge, and we have credentials that were not tried yet
 * @param minSession its Min-SE
 * @param contacts its Contacts, best first
 * @param retryAfter its Retry-After
 * @param reason its Reason header as it came
 */
public record Hints(
        boolean credentials,
        Optional<Duration> minSession,
        List<Party> contacts,
        Optional<Duration> retryAfter,
        Optional<String> reason) {
    public static final Hints NONE = new Hints(false, Optional.empty(), List.of(), Optional.empty(), Optional.empty());

    public Hints {
        requireNonNull(minSession, "minSession");
        contacts = List.copyOf(contacts);
        requireNonNull(retryAfter, "retryAfter");
        requireNonNull(reason, "reason");
    }

    /** Nothing but when to come again. */
    public static Hints retryAfter(Duration time) {
        return new Hints(false, Optional.empty(), List.of(), Optional.of(time), Optional.empty());
    }
}
