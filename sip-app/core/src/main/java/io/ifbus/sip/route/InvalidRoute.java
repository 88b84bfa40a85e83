// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.route;

import static java.util.Objects.requireNonNull;

/** A part of a route cannot be used; nothing has been changed. */
public final class InvalidRoute extends IllegalArgumentException {
    private final String field;

    /** @param field its name in JSON */
    public InvalidRoute(String field, String message) {
        super(requireNonNull(message, "message"));
        this.field = requireNonNull(field, "field");
    }

    /** The field's name in JSON. */
    public String field() {
        return field;
    }
}
