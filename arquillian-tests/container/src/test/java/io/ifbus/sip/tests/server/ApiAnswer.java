// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.server;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What the API answered.
 *
 * @param type the media type without its parameters, empty if there is none
 * @param location empty if there is none
 * @param body empty if it is none or not a JSON object
 * @param headers all of them
 */
public record ApiAnswer(int status, String type, String location, Map<String, Object> body, HttpHeaders headers) {

    static ApiAnswer of(HttpResponse<String> response) throws IOException {
        String type = response.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
        boolean json = type.equals("application/json") || type.endsWith("+json");
        return new ApiAnswer(
                response.statusCode(),
                type,
                response.headers().firstValue("Location").orElse(""),
                json ? JSON.std.mapFrom(response.body()) : Map.of(),
                response.headers());
    }

    /** The first header of that name; empty if there is none. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** A value in the body: {@code state}, {@code hangup_cause.code}; {@code null} as text if it is not there. */
    public String text(String path) {
        return String.valueOf(value(path));
    }

    /** The objects of an array in the body. */
    @SuppressWarnings("unchecked")
    public List<Map<String, Object>> list(String path) {
        return (List<Map<String, Object>>) value(path);
    }

    private Object value(String path) {
        Object value = body;
        for (String name : Arrays.asList(path.split("\\.")))
            value = value instanceof Map<?, ?> map ? map.get(name) : null;
        return value;
    }
}
