// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.call;

import io.ifbus.sip.control.InvalidRequest;

/** Reads a query parameter; Jakarta REST itself would answer 404 to one that is not a number. */
public final class WholeNumber {

    private WholeNumber() {}

    /**
     * The number, or {@code otherwise} if there is no parameter.
     *
     * @throws InvalidRequest naming {@code parameter} if {@code text} is no whole number
     */
    public static int parse(String parameter, String text, int otherwise) {
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("-?\\d{1,9}")) {
            throw new InvalidRequest(parameter, "'" + parameter + "' must be a whole number");
        }
        return Integer.parseInt(text);
    }
}
