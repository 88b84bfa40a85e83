// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * Why a call ended.
 *
 * @param result the outcome as billing counts it
 * @param code SIP status code that tells it best; 200 for a call that ended normally
 * @param reason a few words for people
 * @param by whose doing it was
 */
public record EndCause(Result result, int code, String reason, By by) {
    /** The outcome of a call; {@link #word()} is its spelling in JSON and metric tags. */
    public enum Result {
        COMPLETED,
        NO_ANSWER,
        BUSY,
        FAILED,
        CANCELLED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Who ended it; {@link #word()} is its spelling in JSON. */
    public enum By {
        API,
        CALLER,
        CALLEE,
        SYSTEM;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public EndCause {
        requireNonNull(result, "result");
        requireNonNull(reason, "reason");
        requireNonNull(by, "by");
        if (code < 200 || code > 699) {
            throw new IllegalArgumentException("code must be a final SIP status, was " + code);
        }
    }

    /** A leg that never answered, by its final status. */
    static EndCause refused(By by, int status, String phrase, boolean reached) {
        return new EndCause(resultOf(status, reached), status, phrase, by);
    }

    private static Result resultOf(int status, boolean reached) {
        return switch (status) {
            case 486, 600 -> Result.BUSY;
            case 480 -> Result.NO_ANSWER;
            case 408 -> reached ? Result.NO_ANSWER : Result.FAILED; // nobody there to ring: unreachable
            case 487 -> Result.CANCELLED;
            default -> Result.FAILED;
        };
    }

    static EndCause ringTimeout() {
        return new EndCause(Result.NO_ANSWER, 408, "Ring timeout", By.SYSTEM);
    }

    static EndCause failed(int code, String reason) {
        return new EndCause(Result.FAILED, code, reason, By.SYSTEM);
    }
}
