// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.control;

/** The idempotency key was used for a request that said something else. */
public final class IdempotencyConflict extends Refusal {
    public IdempotencyConflict() {
        super(
                new Verdict(Verdict.Fault.CLIENT, "idempotency-conflict", false),
                "The Idempotency-Key was used for another request in the last 24 hours");
    }
}
