// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.transport;

import static java.util.Objects.requireNonNull;

import io.ifbus.sip.transport.WireCounters.Reject;
import java.io.IOException;

/** What a peer sent is refused, and its connection with it. */
public final class WireException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Reject kind;

    public WireException(Reject kind, String message) {
        this(kind, message, null);
    }

    public WireException(Reject kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = requireNonNull(kind, "kind");
    }

    public Reject kind() {
        return kind;
    }
}
