// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.route;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * When a route takes a call: if all of these hold. What is absent always holds.
 *
 * @param to over {@code user@host} of the request URI
 * @param from over {@code user@host} of the From URI
 * @param headers over the first value of a header that must be there; by names in lower case, at most
 *     {@value #MOST_HEADERS}
 * @param region the node's region, exactly; 1 to {@value #LONGEST_REGION} characters
 */
public record Conditions(
        Optional<AddressGlob> to,
        Optional<AddressGlob> from,
        SortedMap<String, Glob> headers,
        Optional<String> region) {
    /** How many headers one route may look at. */
    public static final int MOST_HEADERS = 16;

    private static final int LONGEST_REGION = 64;
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9.!%*_+`'~-]{2,128}"); // RFC 3261 section 25.1

    public Conditions {
        requireNonNull(to, "to");
        requireNonNull(from, "from");
        headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
        region.ifPresent(Conditions::region);
    }

    /**
     * Reads conditions; null stands for what is absent.
     *
     * @throws InvalidRoute naming the field that cannot be used
     */
    public static Conditions of(String to, String from, Map<String, String> headers, String region) {
        return new Conditions(
                Optional.ofNullable(to).map(glob -> AddressGlob.of("to", glob)),
                Optional.ofNullable(from).map(glob -> AddressGlob.of("from", glob)),
                headers(headers == null ? Map.of() : headers),
                Optional.ofNullable(region));
    }

    /** Those that look at the request URI alone. */
    public static Conditions to(String glob) {
        return of(requireNonNull(glob, "glob"), null, null, null);
    }

    /**
     * A header's name as it is compared, in lower case.
     *
     * @throws InvalidRoute if it is no token (RFC 3261 section 25.1), or a compact form (section 7.3.3)
     */
    public static String headerName(String name) {
        if (!TOKEN.matcher(name).matches()) {
            throw new InvalidRoute("headers", "'headers' must be named by the long forms of header names");
        }
        return name.toLowerCase(Locale.ROOT);
    }

    /** @throws InvalidRoute if it is blank, too long or has a control character */
    public static String region(String name) {
        if (name.isBlank() || name.length() > LONGEST_REGION || name.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidRoute("region", "'region' must be 1 to " + LONGEST_REGION + " characters on one line");
        }
        return name;
    }

    private static SortedMap<String, Glob> headers(Map<String, String> globs) {
        if (globs.size() > MOST_HEADERS) {
            throw new InvalidRoute("headers", "'headers' may name at most " + MOST_HEADERS);
        }
        SortedMap<String, Glob> headers = new TreeMap<>();
        globs.forEach((name, glob) -> {
            if (headers.put(headerName(name), Glob.of("headers", glob)) != null) {
                throw new InvalidRoute("headers", "'headers' names one header twice");
            }
        });
        return headers;
    }

    boolean hold(Query query) {
        return to.map(glob -> glob.matches(query.to())).orElse(true)
                && from.map(glob -> glob.matches(query.from())).orElse(true)
                && region.map(query.region()::equals).orElse(true)
                && headers.entrySet().stream().allMatch(header -> query.header(header.getKey())
                        .filter(header.getValue()::matches)
                        .isPresent());
    }
}
