// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.route;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One line of the route table.
 *
 * @param name how configuration calls it
 * @param to which {@code user@host} of a request URI it is for; {@code *} stands for any run of characters
 */
public record Route(String name, String to, Target target) {
    public Route {
        requireNonNull(name, "name");
        requireNonNull(target, "target");
        if (requireNonNull(to, "to").isBlank()) {
            throw new IllegalArgumentException("route " + name + ": 'to' must not be blank");
        }
    }

    /** @throws IllegalArgumentException if {@code target} is neither {@code echo} nor a SIP URI template */
    public static Route parse(String name, String to, String target) {
        return new Route(name, to, Target.parse(target));
    }

    /** Users are case-sensitive, hosts are not (RFC 3261 section 19.1.4). */
    boolean matches(String user, String host) {
        int at = to.lastIndexOf('@');
        String userGlob = at < 0 ? "*" : to.substring(0, at);
        String hostGlob = to.substring(at + 1);
        return glob(userGlob, user) && glob(hostGlob.toLowerCase(Locale.ROOT), host.toLowerCase(Locale.ROOT));
    }

    private static boolean glob(String glob, String text) {
        String regex = glob.chars()
                .mapToObj(c -> c == '*' ? ".*" : Pattern.quote(Character.toString(c)))
                .collect(Collectors.joining());
        return Pattern.matches(regex, text);
    }
}
