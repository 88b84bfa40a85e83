// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.problem;

import static java.util.Objects.requireNonNull;

/** The API itself refuses the request; nothing has been done for it. Core's own refusals pass as they are. */
public final class RequestRefused extends RuntimeException {

    private final ProblemType type;

    /** @param detail what was wrong this time, for the client's eyes */
    public RequestRefused(ProblemType type, String detail) {
        super(detail, null, false, false);
        this.type = requireNonNull(type, "type");
    }

    ProblemType type() {
        return type;
    }
}
