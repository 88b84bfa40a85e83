// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.UUID;

/** Names a transfer for life: {@code if://transfer/{uuid}}. */
public record TransferId(UUID uuid) {
    public TransferId {
        requireNonNull(uuid, "uuid");
    }

    /** Reads the bare uuid that stands for the transfer in URLs; empty if it is not one. */
    public static Optional<TransferId> parse(String bareUuid) {
        return CallId.parse(bareUuid).map(id -> new TransferId(id.uuid()));
    }

    /** The form used in URLs. */
    public String bare() {
        return uuid.toString();
    }

    /** The form used everywhere but in URLs. */
    @Override
    public String toString() {
        return "if://transfer/" + uuid;
    }
}
