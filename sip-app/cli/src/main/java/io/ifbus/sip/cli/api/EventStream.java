// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The API's events, followed over broken connections: each new connection resumes after the last event seen, by
 * Last-Event-ID. A connection on which nothing comes for long, not even a comment, counts as broken.
 */
public final class EventStream {

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(30);

    private final Api api;
    private final Pause pause;
    private final Duration silence;
    private final Consumer<String> notices;
    private final EventParser parser = new EventParser();
    private int failures;

    /**
     * @param silence after so long without a byte a connection counts as broken
     * @param notices hears of broken connections, a line each
     */
    public EventStream(Api api, Pause pause, Duration silence, Consumer<String> notices) {
        this.api = api;
        this.pause = pause;
        this.silence = silence;
        this.notices = notices;
    }

    /**
     * Gives each event to {@code each}, on this thread, until that returns false or the server has nothing more (204).
     *
     * @throws Failure if the first connection fails, or the API refuses any
     */
    public void follow(String path, Predicate<Event> each) {
        try {
            boolean more = connect(path, each);
            while (more) {
                more = again(path, each);
            }
        } catch (IOException e) {
            throw Trouble.of(e, api.request(path).build().uri());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.TROUBLE, "interrupted", e);
        }
    }

    private boolean again(String path, Predicate<Event> each) throws InterruptedException {
        Duration delay = delay();
        notices.accept("the event stream broke; connecting again in " + delay.toMillis() / 1000.0 + " s");
        pause.of(delay);
        failures++;
        try {
            return connect(path, each);
        } catch (IOException e) {
            return true;
        } catch (Failure e) {
            if (e.code() != ExitCode.TROUBLE) {
                throw e;
            }
            return true;
        }
    }

    private Duration delay() {
        Duration delay = parser.retry().orElse(FIRST_DELAY).multipliedBy(1L << Math.min(failures, 10));
        return delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY;
    }

    /** Whether to connect again once this connection has ended. */
    private boolean connect(String path, Predicate<Event> each) throws IOException, InterruptedException {
        HttpRequest.Builder builder = api.request(path).header("Accept", "text/event-stream, application/problem+json");
        if (!parser.lastId().isEmpty()) {
            builder.header("Last-Event-ID", parser.lastId());
        }
        HttpRequest request = builder.build();
        HttpResponse<Flow.Publisher<List<ByteBuffer>>> response = open(request);
        if (response.statusCode() == 204) {
            return false;
        }
        if (response.statusCode() != 200) {
            BodySubscriber<String> body = BodySubscribers.ofString(UTF_8);
            response.body().subscribe(body);
            throw Problem.of(response.statusCode(), text(body), "GET " + request.uri());
        }
        return read(response.body(), each);
    }

    private HttpResponse<Flow.Publisher<List<ByteBuffer>>> open(HttpRequest request)
            throws IOException, InterruptedException {
        // no timeout of the request itself: some clients extend it over the body, which has no end
        CompletableFuture<HttpResponse<Flow.Publisher<List<ByteBuffer>>>> response =
                api.client().sendAsync(request, BodyHandlers.ofPublisher());
        try {
            return response.get(ANSWER_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            response.cancel(true);
            throw new HttpTimeoutException("no answer");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException broken ? broken : new IOException(e.getCause());
        }
    }

    private static String text(BodySubscriber<String> body) throws IOException, InterruptedException {
        try {
            return body.getBody().toCompletableFuture().get(ANSWER_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new IOException("the answer broke off", e);
        }
    }

    private boolean read(Flow.Publisher<List<ByteBuffer>> body, Predicate<Event> each) throws InterruptedException {
        Lines lines = new Lines();
        body.subscribe(BodySubscribers.fromLineSubscriber(lines, ignored -> null, UTF_8, null));
        try {
            for (Optional<String> line = lines.next(silence); line.isPresent(); line = lines.next(silence)) {
                failures = 0;
                Optional<Event> event = parser.accept(line.get());
                if (event.isPresent() && !each.test(event.get())) {
                    return false;
                }
            }
            return true;
        } finally {
            lines.cancel();
            parser.disconnected();
        }
    }
}
