// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.control;

import static java.util.Objects.requireNonNull;

/** A command was refused; nothing has been done or sent. */
public abstract sealed class Refusal extends RuntimeException
        permits InvalidRequest,
                NoSuchCall,
                NoSuchTransfer,
                WrongState,
                IdempotencyConflict,
                UpstreamUnavailable,
                StackUnavailable {
    private final transient Verdict verdict;

    Refusal(Verdict verdict, String message) {
        super(requireNonNull(message, "message"));
        this.verdict = requireNonNull(verdict, "verdict");
    }

    public final Verdict verdict() {
        return verdict;
    }
}
