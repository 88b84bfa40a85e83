// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * The handing over of one party of a call, as others see it. The machine behind it is {@link TransferRun}.
 *
 * @param transferor the side that leaves
 * @param target whom the other side is handed over to: a URI, or another call's id
 * @param method how; {@code AUTO} until it is chosen
 * @param state where it is
 * @param code SIP status that tells best why it failed; 200 when completed, 0 until then
 * @param reason a few words for people
 */
public record Transfer(
        TransferId id,
        Kind kind,
        Side transferor,
        String target,
        Method method,
        State state,
        int code,
        String reason,
        Instant createdAt,
        Optional<Instant> endedAt) {
    /** What kind it is; {@link #word()} is its spelling in JSON. */
    public enum Kind {
        /** To someone who has not been asked. */
        BLIND,
        /** After a consultation. */
        ATTENDED,
        /** To a party of another call. */
        JOIN,
        /** Another phone took the place of one (RFC 3891). */
        REPLACEMENT;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Who makes the new call; {@link #word()} is its spelling in JSON. */
    public enum Method {
        /** The phone if it can, else we. */
        AUTO,
        /** The phone of the party that is handed over (RFC 3515). */
        REFER,
        /** We. */
        B2BUA;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Where it is; {@link #word()} is its spelling in JSON. */
    public enum State {
        REQUESTED,
        DIALING,
        RINGING,
        CONSULTING,
        JOINING,
        REFERRING,
        COMPLETED,
        FAILED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Transfer {
        requireNonNull(id, "id");
        requireNonNull(kind, "kind");
        requireNonNull(transferor, "transferor");
        requireNonNull(target, "target");
        requireNonNull(method, "method");
        requireNonNull(state, "state");
        requireNonNull(reason, "reason");
        requireNonNull(createdAt, "createdAt");
        requireNonNull(endedAt, "endedAt");
    }

    /** One that has just been asked for. */
    public static Transfer requested(
            TransferId id, Kind kind, Side transferor, String target, Method method, Instant at) {
        return new Transfer(id, kind, transferor, target, method, State.REQUESTED, 0, "", at, Optional.empty());
    }

    public boolean hasEnded() {
        return endedAt.isPresent();
    }

    Transfer now(State next) {
        return new Transfer(id, kind, transferor, target, method, next, code, reason, createdAt, endedAt);
    }

    Transfer by(Method chosen) {
        return new Transfer(id, kind, transferor, target, chosen, state, code, reason, createdAt, endedAt);
    }

    Transfer ended(State how, int status, String why, Instant at) {
        return new Transfer(id, kind, transferor, target, method, how, status, why, createdAt, Optional.of(at));
    }
}
