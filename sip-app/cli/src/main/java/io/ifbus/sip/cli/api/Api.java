// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.UUID;

/**
 * The REST API of one server. Each method sends one request and returns its 2xx answer; anything else is thrown as a
 * {@link Failure} that says what the problem document says. An interrupted thread is trouble, too.
 *
 * <p>A request whose connection broke before an answer came is sent once more if it is a GET or carries an
 * Idempotency-Key. All others are not: they may have had their effect.
 */
public final class Api {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    private final URI base;
    private final Token token;
    // HTTP/1.1: no upgrade to HTTP/2, which would cost a request with a body
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();

    /** @param base the server's root, such as {@code http://127.0.0.1:8080}; a path in front of {@code /v1} is kept */
    public Api(URI base, Token token) {
        this.base = base;
        this.token = token;
    }

    /** @param path from {@code /v1} on, with its query */
    public Answer get(String path) {
        return send(request(path).GET(), true);
    }

    /** Posts {@code body} once; what is meant to be posted twice with one effect goes by {@link #postOnce}. */
    public Answer post(String path, JsonNode body) {
        return send(json(path).POST(publisher(body)), false);
    }

    /** Posts with an Idempotency-Key of its own, so that sending it again has no second effect. */
    public Answer postOnce(String path, JsonNode body) {
        return send(
                json(path)
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .POST(publisher(body)),
                true);
    }

    /** Puts without a body. */
    public Answer put(String path) {
        return send(request(path).PUT(BodyPublishers.noBody()), false);
    }

    public Answer delete(String path) {
        return send(request(path).DELETE(), false);
    }

    HttpClient client() {
        return client;
    }

    HttpRequest.Builder request(String path) {
        String root = base.toString().replaceFirst("/+$", "");
        return HttpRequest.newBuilder(URI.create(root + path)).header("Authorization", token.header());
    }

    private HttpRequest.Builder json(String path) {
        return request(path).header("Content-Type", "application/json");
    }

    private static BodyPublisher publisher(JsonNode body) {
        return BodyPublishers.ofString(body.toString());
    }

    private Answer send(HttpRequest.Builder builder, boolean again) {
        HttpRequest request = builder.header("Accept", "application/json, application/problem+json")
                .timeout(ANSWER_TIMEOUT)
                .build();
        try {
            return answer(request, exchange(request, again));
        } catch (IOException e) {
            throw Trouble.of(e, request.uri());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.TROUBLE, "interrupted", e);
        }
    }

    private HttpResponse<String> exchange(HttpRequest request, boolean again) throws IOException, InterruptedException {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (ConnectException | HttpTimeoutException e) {
            throw e;
        } catch (IOException e) {
            if (!again) {
                throw e;
            }
            return client.send(request, BodyHandlers.ofString());
        }
    }

    private static Answer answer(HttpRequest request, HttpResponse<String> response) {
        String name = request.method() + " " + request.uri();
        int status = response.statusCode();
        if (status < 200 || status > 299) {
            throw Problem.of(status, response.body(), name);
        }
        JsonNode json = Json.parse(response.body())
                .orElseThrow(
                        () -> new Failure(ExitCode.TROUBLE, "the answer to " + name + " is not JSON; is --url right?"));
        return new Answer(status, response.body().strip(), json);
    }
}
