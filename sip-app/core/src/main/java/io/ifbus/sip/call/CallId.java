// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.UUID;

/** Names a call for life, across its legs: {@code if://call/{uuid}}. SIP Call-IDs are details, never the id. */
public record CallId(UUID uuid) {
    private static final String PREFIX = "if://call/";
    private static final int UUID_LENGTH = 36;

    public CallId {
        requireNonNull(uuid, "uuid");
    }

    /** Reads the bare uuid that stands for the call in URLs; empty if it is not one. */
    public static Optional<CallId> parse(String bareUuid) {
        if (bareUuid == null || bareUuid.length() != UUID_LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(new CallId(UUID.fromString(bareUuid)));
        } catch (IllegalArgumentException notAUuid) {
            return Optional.empty();
        }
    }

    /** Reads either form, the bare uuid or {@code if://call/} and uuid; empty if it is neither. */
    public static Optional<CallId> read(String id) {
        return parse(id.startsWith(PREFIX) ? id.substring(PREFIX.length()) : id);
    }

    /** The form used in URLs. */
    public String bare() {
        return uuid.toString();
    }

    /** The form used everywhere but in URLs. */
    @Override
    public String toString() {
        return PREFIX + uuid;
    }
}
