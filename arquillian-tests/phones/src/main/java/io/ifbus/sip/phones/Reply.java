// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a phone answers to a request within a call, where it does not answer as usual.
 *
 * @param kind whether it answers at all
 * @param status 100 to 699 for a {@link Kind#STATUS}, else 0
 * @param after how long it waits first
 * @param headers set in the response, in their order
 */
public record Reply(Kind kind, int status, Duration after, Map<String, String> headers) {

    /** How a request is dealt with. */
    public enum Kind {
        /** As if there were no script: for a late answer. */
        USUAL,
        /** With this status and no more: no session description, no change of the call, except that a BYE ends it. */
        STATUS,
        /** Not at all. The stack itself still sends 100 to an INVITE; {@link Phone#deafTo} prevents that, too. */
        SILENCE,
        /** When the story says so: {@link Phone#answersDeferred()}. */
        DEFERRED
    }

    public Reply {
        requireNonNull(kind, "kind");
        requireNonNull(after, "after");
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        if (kind == Kind.STATUS && (status < 100 || status > 699))
            throw new IllegalArgumentException("not a status: " + status);
    }

    public static Reply usual() {
        return new Reply(Kind.USUAL, 0, Duration.ZERO, Map.of());
    }

    public static Reply of(int status) {
        return new Reply(Kind.STATUS, status, Duration.ZERO, Map.of());
    }

    public static Reply silence() {
        return new Reply(Kind.SILENCE, 0, Duration.ZERO, Map.of());
    }

    public static Reply deferred() {
        return new Reply(Kind.DEFERRED, 0, Duration.ZERO, Map.of());
    }

    public Reply after(Duration delay) {
        return new Reply(kind, status, delay, headers);
    }

    public Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(kind, status, after, more);
    }
}
