// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.control;

import static java.util.Objects.requireNonNull;

/** A field of a request is missing or wrong. */
public final class InvalidRequest extends Refusal {
    private final String field;

    /** @param field its name in JSON */
    public InvalidRequest(String field, String message) {
        super(new Verdict(Verdict.Fault.CLIENT, "invalid-request", false), message);
        this.field = requireNonNull(field, "field");
    }

    /** The field's name in JSON. */
    public String field() {
        return field;
    }
}
