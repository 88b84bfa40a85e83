// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** The three requests of the REST API that a demonstration needs. May be used by several threads. */
final class CallsApi {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(LIMIT).build();
    private final String base;
    private final String token;

    CallsApi(URI base, String token) {
        this.base = base.toString().replaceFirst("/+$", "") + "/v1/calls";
        this.token = token;
    }

    /**
     * Starts a call.
     *
     * @return its id, as it stands in URLs
     * @throws IOException with what the API said, if it did not accept
     */
    String connect(String from, String to) throws IOException, InterruptedException {
        String body = JSON.std.asString(Map.of("from", from, "to", to));
        HttpRequest request = request("")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        String id = String.valueOf(answer(request, 202).get("call_id"));
        return id.substring(id.lastIndexOf('/') + 1);
    }

    Map<String, Object> look(String id) throws IOException, InterruptedException {
        return answer(request("/" + id).GET().build(), 200);
    }

    void hangUp(String id) throws IOException, InterruptedException {
        answer(request("/" + id).DELETE().build(), 202);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json, application/problem+json");
    }

    private Map<String, Object> answer(HttpRequest request, int expected) throws IOException, InterruptedException {
        HttpResponse<String> response;
        try {
            response = http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IOException("no answer from " + request.uri() + ": " + e, e);
        }
        if (response.statusCode() != expected)
            throw new IOException(
                    "%s %s: %d %s".formatted(request.method(), request.uri(), response.statusCode(), response.body()));
        return response.body().isBlank() ? Map.of() : JSON.std.mapFrom(response.body());
    }
}
