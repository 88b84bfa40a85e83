// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.transport;

import static java.util.Objects.requireNonNull;

import io.ifbus.sip.transport.WireCounters.Reject;
import java.io.IOException;
import java.net.InetSocketAddress;

/** What a peer sent is refused, and its connection with it. */
public final class WireException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Reject kind;
    private final transient byte[] head;

    public WireException(Reject kind, String message) {
        this(kind, message, (Throwable) null);
    }

    public WireException(Reject kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = requireNonNull(kind, "kind");
        this.head = null;
    }

    /** @param head of a message whose end cannot be told: to be answered before the connection is closed */
    WireException(Reject kind, String message, byte[] head) {
        super(message);
        this.kind = requireNonNull(kind, "kind");
        this.head = head;
    }

    /** The last response to send, or null. */
    public byte[] answer(InetSocketAddress source) {
        return head == null ? null : PlainAnswer.badRequest(head, source);
    }

    public Reject kind() {
        return kind;
    }
}
