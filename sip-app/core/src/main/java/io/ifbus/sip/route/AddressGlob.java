// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.route;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * A glob over {@code user@host}; without an {@code @} over the host alone.
 *
 * @param text as it was written
 */
public record AddressGlob(String text, Glob user, Glob host) {
    private static final Glob ANY = new Glob("*");

    public AddressGlob {
        requireNonNull(text, "text");
        requireNonNull(user, "user");
        requireNonNull(host, "host");
    }

    /**
     * Reads the glob of a route.
     *
     * @param field the name of the route's field in JSON
     * @throws InvalidRoute naming {@code field} if {@code text} is no {@linkplain Glob#of glob}
     */
    public static AddressGlob of(String field, String text) {
        Glob.of(field, text);
        int at = text.lastIndexOf('@');
        return new AddressGlob(
                text,
                at < 0 ? ANY : new Glob(text.substring(0, at)),
                new Glob(text.substring(at + 1).toLowerCase(Locale.ROOT)));
    }

    /** Users are case-sensitive, hosts are not (RFC 3261 section 19.1.4). */
    boolean matches(UserHost address) {
        return user.matches(address.user()) && host.matches(address.host());
    }
}
