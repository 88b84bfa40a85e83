// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

/** The container answers a request itself: no application sees it, or none finds an answer. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final boolean later;

    /** @param why for the log */
    Refusal(int status, String why) {
        this(status, why, null);
    }

    Refusal(int status, String why, Throwable cause) {
        this(status, why, cause, false);
    }

    private Refusal(int status, String why, Throwable cause, boolean later) {
        super(why, cause);
        this.status = status;
        this.later = later;
    }

    /** 500 with Retry-After: the sender may try again in a moment. */
    static Refusal later(String why) {
        return new Refusal(500, why, null, true);
    }

    boolean isLater() {
        return later;
    }

    int status() {
        return status;
    }
}
