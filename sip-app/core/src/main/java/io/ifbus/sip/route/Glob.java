// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.route;

import static java.util.Objects.requireNonNull;

/**
 * A pattern for a whole text; <code>*</code> stands for any run of characters, everything else for itself.
 *
 * @param text 1 to {@value #LONGEST} characters, none of them a control character
 */
public record Glob(String text) {
    /** In characters. */
    public static final int LONGEST = 256;

    public Glob {
        requireNonNull(text, "text");
    }

    /**
     * Reads the glob of a route.
     *
     * @param field the name of the route's field in JSON
     * @throws InvalidRoute naming {@code field} if {@code text} is absent, blank, too long or has a control character
     */
    public static Glob of(String field, String text) {
        if (text == null
                || text.isBlank()
                || text.length() > LONGEST
                || text.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidRoute(
                    field,
                    "'" + field + "' must be a glob of 1 to " + LONGEST + " characters without control characters");
        }
        return new Glob(text);
    }

    /** Takes at most (length of the glob) times (length of {@code other}) steps, whatever both are. */
    boolean matches(String other) {
        int at = 0;
        int in = 0;
        int star = -1;
        int resume = 0;
        while (at < other.length()) {
            if (in < text.length() && text.charAt(in) == '*') {
                star = in++;
                resume = at;
            } else if (in < text.length() && text.charAt(in) == other.charAt(at)) {
                in++;
                at++;
            } else if (star >= 0) { // the last star takes one more
                in = star + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        while (in < text.length() && text.charAt(in) == '*') {
            in++;
        }
        return in == text.length();
    }
}
