// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.event;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What an event tells of; {@link #word()} is its spelling on the wire. */
public enum EventType {
    /** A call's public state changed. */
    CALL_STATE_CHANGED,
    /** An INVITE reached us and became a call. */
    INCOMING_CALL,
    /** A client may say what becomes of the call. */
    CALL_OFFERED,
    /** A transfer began, went on or ended. */
    TRANSFER_STATE_CHANGED,
    /** Something could not be done. */
    ERROR,
    /** The link to a server went up or down. */
    CONNECTION_STATE_CHANGED;

    /** The type with that spelling; empty if there is none. */
    public static Optional<EventType> parse(String word) {
        return Stream.of(values()).filter(type -> type.word().equals(word)).findFirst();
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
