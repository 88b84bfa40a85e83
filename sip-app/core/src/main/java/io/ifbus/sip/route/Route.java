// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.route;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * One line of the route table.
 *
 * @param name how operators call it: 1 to 63 lower-case letters, digits and {@code -}, the first no {@code -}
 */
public record Route(String name, Conditions conditions, Target target) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    /** @throws InvalidRoute if {@code name} cannot be one */
    public Route {
        if (!isName(requireNonNull(name, "name"))) {
            throw new InvalidRoute("name", "'name' must be 1 to 63 lower-case letters, digits and '-'");
        }
        requireNonNull(conditions, "conditions");
        requireNonNull(target, "target");
    }

    /** @throws InvalidRoute if one of them cannot be used */
    public static Route parse(String name, String to, String target) {
        return new Route(name, Conditions.to(to), Target.parse(target));
    }

    /** Whether a route can be called {@code text}. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }
}
