// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;

/** The query of a request, in the order in which it was put together. Not thread-safe. */
public final class Query {

    private final List<String> parameters = new ArrayList<>();

    /** Adds a parameter; one without a value (null) is left out. */
    public Query with(String name, Object value) {
        if (value != null) {
            parameters.add(name + "=" + URLEncoder.encode(value.toString(), UTF_8));
        }
        return this;
    }

    /** Adds a parameter once for each value. */
    public Query withEach(String name, List<String> values) {
        values.forEach(value -> with(name, value));
        return this;
    }

    public boolean isEmpty() {
        return parameters.isEmpty();
    }

    /** {@code ?a=1&b=2}, or nothing. */
    @Override
    public String toString() {
        return isEmpty() ? "" : "?" + String.join("&", parameters);
    }
}
