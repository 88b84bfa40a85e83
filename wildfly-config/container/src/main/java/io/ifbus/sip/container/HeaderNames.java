// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static java.util.Map.entry;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Long names of header fields by their compact ones, as IANA has registered them. */
final class HeaderNames {
    private static final Map<String, String> LONG = Map.ofEntries(
            entry("a", "Accept-Contact"),
            entry("b", "Referred-By"),
            entry("c", "Content-Type"),
            entry("d", "Request-Disposition"),
            entry("e", "Content-Encoding"),
            entry("f", "From"),
            entry("i", "Call-ID"),
            entry("j", "Reject-Contact"),
            entry("k", "Supported"),
            entry("l", "Content-Length"),
            entry("m", "Contact"),
            entry("n", "Identity-Info"),
            entry("o", "Event"),
            entry("r", "Refer-To"),
            entry("s", "Subject"),
            entry("t", "To"),
            entry("u", "Allow-Events"),
            entry("v", "Via"),
            entry("x", "Session-Expires"),
            entry("y", "Identity"));

    private static final Map<String, String> COMPACT = LONG.entrySet().stream()
            .collect(Collectors.toUnmodifiableMap(each -> lower(each.getValue()), Map.Entry::getKey));

    private HeaderNames() {}

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** All compact names by the long ones in lower case. */
    static Map<String, String> compact() {
        return COMPACT;
    }

    /** Whether {@code name} is a compact one. */
    static boolean isCompact(String name) {
        return LONG.containsKey(lower(name));
    }

    /** The long form of {@code name}; a name without a compact form is returned as it is. Null stays null. */
    static String full(String name) {
        return name == null || name.length() != 1 ? name : LONG.getOrDefault(lower(name), name);
    }
}
