// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a message says of the abilities and wishes of the phone that sent it.
 *
 * @param allow methods of its Allow header; empty if it has none
 * @param supported option tags of its Supported and Require headers
 * @param session its Session-Expires
 * @param minSession its Min-SE
 */
public record Peer(
        Set<String> allow, Set<String> supported, Optional<SessionTerms> session, Optional<Duration> minSession) {
    /** Nothing is known. */
    public static final Peer UNKNOWN = new Peer(Set.of(), Set.of(), Optional.empty(), Optional.empty());

    public Peer {
        allow = allow.stream().map(m -> m.toUpperCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        supported = supported.stream().map(t -> t.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        requireNonNull(session, "session");
        requireNonNull(minSession, "minSession");
    }

    boolean allows(String method) {
        return allow.contains(method);
    }

    boolean supports(String tag) {
        return supported.contains(tag);
    }

    /** What is known after {@code next} came: what it does not speak of stays. */
    Peer then(Peer next) {
        return new Peer(
                next.allow.isEmpty() ? allow : next.allow,
                next.supported.isEmpty() ? supported : next.supported,
                next.session,
                next.minSession);
    }

    /** What is known after it refused {@code method} as unknown. */
    Peer without(String method) {
        return new Peer(
                allow.stream().filter(m -> !m.equals(method)).collect(Collectors.toSet()),
                supported,
                session,
                minSession);
    }

    /** It asks for a session interval that is too short for us (RFC 4028 section 9). */
    public boolean asksTooOften() {
        return session.filter(terms -> terms.interval().compareTo(SessionTimer.SMALLEST) < 0)
                .isPresent();
    }
}
