// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.security;

import java.security.Principal;
import java.util.Optional;
import java.util.Set;

/** Somebody whom {@link Users} know. Used by one thread at a time. */
public interface User {
    /** Who it is, as applications see it. */
    Principal principal();

    /** The roles that this user has. Asked only once the user has proved to be it. */
    Set<String> roles();

    /**
     * The hash of {@code name:realm:password}, where name is the one that {@link Users#find} was asked for; computed from a
     * clear password ({@link DigestAlgorithm#ha1}) or as it is stored. Empty if there is none for that algorithm and realm:
     * the user cannot log in with it.
     */
    Optional<byte[]> ha1(DigestAlgorithm algorithm, String realm);
}
