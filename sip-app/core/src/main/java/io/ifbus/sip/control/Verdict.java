// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.control;

/**
 * How a refusal is to be understood.
 *
 * @param fault whose it is
 * @param name kebab-case: problem type, metric tag and log key at once
 * @param retryable the same request may succeed later, and repeating it does no harm
 */
public record Verdict(Fault fault, String name, boolean retryable) {
    /** Whose fault a refusal is. */
    public enum Fault {
        CLIENT,
        SERVER,
        UPSTREAM,
        UNKNOWN
    }
}
