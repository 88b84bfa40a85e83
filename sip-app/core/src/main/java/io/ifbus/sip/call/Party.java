// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;

/**
 * One end of a call as it is shown to the other.
 *
 * @param uri a {@code sip:}, {@code sips:} or {@code tel:} URI without angle brackets
 * @param displayName the name in front of it, unquoted
 */
public record Party(String uri, Optional<String> displayName) {
    public Party {
        requireNonNull(displayName, "displayName");
        if (requireNonNull(uri, "uri").isBlank()) {
            throw new IllegalArgumentException("uri must not be blank");
        }
    }

    /** Host of the URI with its port if it names one, in lower case; empty for a {@code tel:} URI. */
    public String host() {
        int scheme = uri.indexOf(':');
        if (uri.regionMatches(true, 0, "tel:", 0, 4) || scheme < 0) {
            return "";
        }
        String rest = uri.substring(scheme + 1).split("[;?]", 2)[0];
        return rest.substring(rest.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }

    /** Host of the URI without the port, in lower case. */
    public String hostName() {
        String host = host();
        return host.startsWith("[") ? host.substring(0, host.indexOf(']') + 1) : host.split(":", 2)[0];
    }

    /** As a header shows it. */
    String nameAddr() {
        return displayName
                        .map(name -> '"' + name.replaceAll("[\"\\\\]", "\\\\$0") + "\" ")
                        .orElse("")
                + '<'
                + uri
                + '>';
    }

    public static Party of(String uri) {
        return new Party(uri, Optional.empty());
    }
}
