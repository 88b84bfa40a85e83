// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli.api;

/** How the program ends; scripts rely on the numbers. */
public enum ExitCode {
    DONE(0, "done"),
    FAILED(1, "the operation failed, such as a call that with --wait ended without being connected"),
    USAGE(2, "wrong usage or set-up; nothing was sent that changes anything"),
    REFUSED(3, "the API refused the request (4xx), or no listed call fits"),
    TROUBLE(4, "the server failed (5xx), cannot be reached, or gave no usable answer");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    /** The process's exit status. */
    public int number() {
        return number;
    }

    /** What it stands for, for people. */
    public String meaning() {
        return meaning;
    }

    /** The graver one; trouble is graver than a refusal, a refusal than wrong usage. */
    public ExitCode or(ExitCode other) {
        return number >= other.number ? this : other;
    }
}
