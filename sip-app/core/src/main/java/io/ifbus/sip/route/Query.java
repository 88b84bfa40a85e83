// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.route;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What routes look at in an INVITE.
 *
 * @param user of the request URI, empty if it has none
 * @param host of the request URI without the port, empty if it has none
 * @param fromUser of the From URI, empty if it has none
 * @param fromHost of the From URI without the port, empty if it has none
 * @param headers the first value of each header; their names count in any case
 * @param region of this node, empty if it has none
 */
public record Query(
        String user, String host, String fromUser, String fromHost, Map<String, String> headers, String region) {
    public Query {
        requireNonNull(user, "user");
        requireNonNull(host, "host");
        requireNonNull(fromUser, "fromUser");
        requireNonNull(fromHost, "fromHost");
        requireNonNull(region, "region");
        Map<String, String> lowered = new TreeMap<>();
        headers.forEach((name, value) -> lowered.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
        headers = Map.copyOf(lowered);
    }

    UserHost to() {
        return new UserHost(user, host);
    }

    UserHost from() {
        return new UserHost(fromUser, fromHost);
    }

    /** @param name in lower case */
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }
}
