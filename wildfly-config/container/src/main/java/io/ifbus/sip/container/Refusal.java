// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

/** The container answers a request itself: no application sees it, or none finds an answer. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    /** @param why for the log */
    Refusal(int status, String why) {
        this(status, why, null);
    }

    Refusal(int status, String why, Throwable cause) {
        super(why, cause);
        this.status = status;
    }

    int status() {
        return status;
    }
}
