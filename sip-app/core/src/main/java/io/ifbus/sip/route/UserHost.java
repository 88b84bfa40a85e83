// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What routes compare of an address.
 *
 * @param user without its escapes, empty if there is none; the number of a {@code tel:} URI
 * @param host lower case, without the port; empty for a {@code tel:} URI
 */
public record UserHost(String user, String host) {
    private static final Pattern SIP = Pattern.compile(
            "(?i)sips?:(?:(?<user>[^\\s<>@:]*)(?::[^\\s<>@]*)?@)?(?<host>\\[[0-9a-f:.]+]|[^\\s<>@:;?\\[\\]]+)(?::\\d+)?"
                    + "(?:[;?][^\\s<>@]*)?");
    private static final Pattern TEL = Pattern.compile("(?i)tel:(?<user>[^\\s<>@;]+)(?:;[^\\s<>@]*)?");
    private static final Pattern ESCAPES = Pattern.compile("(?:%[0-9A-Fa-f]{2})+");

    public UserHost {
        requireNonNull(user, "user");
        host = host.toLowerCase(Locale.ROOT);
    }

    /** Reads a {@code sip:}, {@code sips:} or {@code tel:} URI without angle brackets; empty if it is none of these. */
    public static Optional<UserHost> of(String uri) {
        Matcher sip = SIP.matcher(uri);
        if (sip.matches()) {
            String user = sip.group("user");
            return Optional.of(new UserHost(user == null ? "" : unescaped(user), sip.group("host")));
        }
        Matcher tel = TEL.matcher(uri);
        return tel.matches() ? Optional.of(new UserHost(unescaped(tel.group("user")), "")) : Optional.empty();
    }

    /** RFC 3261 section 19.1.2: what is escaped means the same as what is not. */
    private static String unescaped(String text) {
        return ESCAPES.matcher(text).replaceAll(run -> Matcher.quoteReplacement(decoded(run.group())));
    }

    private static String decoded(String escapes) {
        byte[] bytes = new byte[escapes.length() / 3];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(escapes.substring(3 * i + 1, 3 * i + 3), 16);
        }
        return new String(bytes, UTF_8);
    }
}
