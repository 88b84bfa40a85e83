// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli.api;

/** Why a command did not do what it was told: one message for people, one exit code for scripts. */
public final class Failure extends RuntimeException {

    private final ExitCode code;

    /**
     * @param code how the program ends
     * @param message one or more lines, without the program's name
     */
    public Failure(ExitCode code, String message) {
        super(message);
        this.code = code;
    }

    /** As above, with what caused it. */
    public Failure(ExitCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public ExitCode code() {
        return code;
    }
}
