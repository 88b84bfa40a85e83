// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who is told who calls (RFC 3325): the asserted identity stays inside the trust domain, and a caller who wants privacy
 * is anonymous outside.
 *
 * @param isPrivate the caller wants to stay unknown
 * @param asserted the P-Asserted-Identity that a trusted host told us; the caller's own address if none did
 * @param trusted the hosts of the trust domain, in lower case
 */
public record Identity(boolean isPrivate, Optional<String> asserted, Set<String> trusted) {
    /** Nobody is trusted and nothing is hidden. */
    public static final Identity OPEN = new Identity(false, Optional.empty(), Set.of());

    private static final Party ANONYMOUS =
            new Party("sip:anonymous@anonymous.invalid", Optional.of("Anonymous")); // RFC 3323 section 4.1.1.3

    public Identity {
        requireNonNull(asserted, "asserted");
        trusted = Set.copyOf(trusted);
    }

    /** What holds for everybody but the caller. */
    Identity ofOthers() {
        return new Identity(false, Optional.empty(), trusted);
    }

    /** Whom the From of an INVITE shows. */
    Party shown(Party from) {
        return isPrivate ? ANONYMOUS : from;
    }

    /** The headers that an INVITE from {@code from} to {@code to} carries. */
    Map<String, String> headers(Party from, Party to) {
        Map<String, String> headers = new HashMap<>();
        if (isPrivate) {
            headers.put("Privacy", "id");
        }
        if (trusted.contains(to.hostName())) {
            headers.put("P-Asserted-Identity", asserted.orElse(from.nameAddr()));
        }
        return headers;
    }
}
