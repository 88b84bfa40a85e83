// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One end of a call as it is shown to the other.
 *
 * @param uri a {@code sip:}, {@code sips:} or {@code tel:} URI without angle brackets
 * @param displayName the name in front of it, unquoted
 */
public record Party(String uri, Optional<String> displayName) {
    public Party {
        requireNonNull(displayName, "displayName");
        if (requireNonNull(uri, "uri").isBlank()) {
            throw new IllegalArgumentException("uri must not be blank");
        }
    }

    public static Party of(String uri) {
        return new Party(uri, Optional.empty());
    }
}
