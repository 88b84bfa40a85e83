// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.server;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The REST API of one server. May be used by several threads. */
public final class Api {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newHttpClient();
    private final ServerProcess server;
    private final Optional<String> token;

    Api(ServerProcess server, Optional<String> token) {
        this.server = server;
        this.token = token;
    }

    /** The same API for somebody who has another token, or none. */
    public Api withToken(Optional<String> other) {
        return new Api(server, other);
    }

    /** Has two parties rung and connected. */
    public ApiCall connect(String from, String to) {
        return connect(from, to, Map.of());
    }

    /** @param options more fields of the request's body */
    public ApiCall connect(String from, String to, Map<String, ?> options) {
        Map<String, Object> body = new HashMap<>(options);
        body.put("from", from);
        body.put("to", to);
        ApiAnswer answer = post("/v1/calls", json(body));
        if (answer.status() != 202) throw new AssertionError("not accepted: " + answer);
        return call(answer.text("call_id"));
    }

    /** @param id with or without {@code if://call/} */
    public ApiCall call(String id) {
        return new ApiCall(this, id.substring(id.lastIndexOf('/') + 1));
    }

    public ApiAnswer get(String path) {
        return send(path, "GET", BodyPublishers.noBody());
    }

    public ApiAnswer delete(String path) {
        return send(path, "DELETE", BodyPublishers.noBody());
    }

    /** @param body JSON, or what a client takes for it */
    public ApiAnswer post(String path, String body) {
        return send(path, "POST", BodyPublishers.ofString(body));
    }

    /** @param headers further ones of the request */
    public ApiAnswer post(String path, Map<String, ?> body, Map<String, String> headers) {
        return send(path, "POST", BodyPublishers.ofString(json(body)), headers);
    }

    public ApiAnswer post(String path, Map<String, ?> body) {
        return post(path, json(body));
    }

    public ApiAnswer put(String path) {
        return send(path, "PUT", BodyPublishers.noBody());
    }

    public ApiAnswer put(String path, Map<String, ?> body) {
        return send(path, "PUT", BodyPublishers.ofString(json(body)));
    }

    /** The lines of an answer as they come, for event streams; to be closed. */
    public Stream<String> lines(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.http(path)).header("Accept", "text/event-stream");
        token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
        try {
            HttpResponse<Stream<String>> response = http.send(request.build(), BodyHandlers.ofLines());
            if (response.statusCode() != 200) throw new AssertionError("no stream: " + response);
            return response.body();
        } catch (IOException e) {
            throw new AssertionError("no answer to GET " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during GET " + path, e);
        }
    }

    static String json(Map<String, ?> body) {
        try {
            return JSON.std.asString(body);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private ApiAnswer send(String path, String method, BodyPublisher body) {
        return send(path, method, body, Map.of());
    }

    private ApiAnswer send(String path, String method, BodyPublisher body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.http(path))
                .timeout(LIMIT)
                .header("Accept", "application/json, application/problem+json")
                .method(method, body);
        token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
        headers.forEach(request::header);
        if (body.contentLength() > 0) request.header("Content-Type", "application/json");
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return ApiAnswer.of(response);
        } catch (IOException e) {
            throw new AssertionError("no answer to " + method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during " + method + " " + path, e);
        }
    }
}
