// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The query of a request, in the order in which it was put together. Not thread-safe. */
public final class Query {

    private final Map<String, String> parameters = new LinkedHashMap<>();

    /** Adds a parameter; one without a value is left out. */
    public Query with(String name, Object value) {
        if (value != null) {
            parameters.put(name, value.toString());
        }
        return this;
    }

    public boolean isEmpty() {
        return parameters.isEmpty();
    }

    /** {@code ?a=1&b=2}, or nothing. */
    @Override
    public String toString() {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), UTF_8))
                .collect(Collectors.joining("&", isEmpty() ? "" : "?", ""));
    }
}
