// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.load;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Deque;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Holds many calls between phones of a crowd and does something with one of them so many times a second: hold, resume,
 * transfer, digits, hang up. A while after each command it looks whether the call is as the command wanted it.
 */
final class ControlLoad implements AutoCloseable {
    /** By when a command must have had its effect. */
    private static final long LOOK_MS = 3000;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
    private final Deque<Call> resting = new ConcurrentLinkedDeque<>();
    private final Function<String, URI> server;
    private final String token;
    private final Crowd crowd;
    private final Random random;
    final ControlFigures figures = new ControlFigures();

    /** One call, and whether it is on hold. */
    private record Call(String id, boolean held) {}

    ControlLoad(Function<String, URI> server, String token, Crowd crowd, long seed) {
        this.server = server;
        this.token = token;
        this.crowd = crowd;
        this.random = new Random(seed);
    }

    /** Sets {@code count} calls up, {@code rate} a second, and waits until all rest. */
    void setUp(int count, int rate) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            clock.schedule(this::originate, i * 1000L / rate, TimeUnit.MILLISECONDS);
        }
        long end = System.nanoTime() + Duration.ofSeconds(60 + count / rate).toNanos();
        while (resting.size() < count && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        if (resting.size() < count) throw new AssertionError(resting.size() + " of " + count + " calls are up");
    }

    /** Commands at {@code rate} for {@code time}, then waits for the last look. */
    void run(int rate, Duration time) throws InterruptedException {
        long commands = rate * time.toMillis() / 1000;
        for (long i = 0; i < commands; i++) {
            clock.schedule(this::command, i * 1000 / rate, TimeUnit.MILLISECONDS);
        }
        TimeUnit.MILLISECONDS.sleep(time.toMillis() + 2 * LOOK_MS);
    }

    private void command() {
        Call call = random.nextBoolean() ? resting.pollFirst() : resting.pollLast(); // some often, some seldom
        if (call == null) {
            figures.failed("no call rests");
            return;
        }
        String path = "/v1/calls/" + call.id();
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> {
                if (call.held()) does("resume", "DELETE", path + "/hold", "", new Call(call.id(), false), "connected");
                else does("hold", "PUT", path + "/hold", "", new Call(call.id(), true), "on_hold");
            }
            case 3, 4, 5 -> does("dtmf", "POST", path + "/dtmf", "{\"digits\":\"1#\"}", call, state(call));
            case 6, 7 -> {
                String body = "{\"target\":\"" + crowd.uri("next") + "\",\"consult\":false}";
                does("transfer", "POST", path + "/transfers", body, new Call(call.id(), call.held()), "any");
            }
            case 8 -> does("get", "GET", path, "", call, state(call));
            default -> {
                does("hang up", "DELETE", path, "", null, "");
                originate();
            }
        }
    }

    private static String state(Call call) {
        return call.held() ? "on_hold" : "connected";
    }

    private void originate() {
        String body = "{\"from\":\"" + crowd.uri("a") + "\",\"to\":\"" + crowd.uri("b") + "\"}";
        send("originate", "POST", "/v1/calls", body)
                .thenAccept(answer -> {
                    String id = field(answer, "call_id");
                    look(new Call(id.substring(id.lastIndexOf('/') + 1), false), "connected", "originate");
                })
                .exceptionally(this::lost);
    }

    private void does(String what, String method, String path, String body, Call after, String wanted) {
        send(what, method, path, body)
                .thenAccept(answer -> {
                    if (after != null) look(after, wanted, what);
                })
                .exceptionally(this::lost);
    }

    private void look(Call call, String wanted, String after) {
        clock.schedule(
                () -> send("get", "GET", "/v1/calls/" + call.id(), "")
                        .thenAccept(answer -> {
                            String state = field(answer, "state");
                            boolean rests = wanted.equals("any")
                                    ? state.equals("connected") || state.equals("on_hold")
                                    : state.equals(wanted);
                            if (rests) resting.add(new Call(call.id(), state.equals("on_hold")));
                            else figures.failed(after + " led to " + state + ", not " + wanted + ": " + answer.body());
                        })
                        .exceptionally(this::lost),
                LOOK_MS,
                TimeUnit.MILLISECONDS);
    }

    private Void lost(Throwable cause) {
        figures.failed(cause.toString());
        return null;
    }

    private CompletableFuture<HttpResponse<String>> send(String what, String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(server.apply(path))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        long start = System.nanoTime();
        return http.sendAsync(request, BodyHandlers.ofString()).thenApply(answer -> {
            figures.answered(what, System.nanoTime() - start);
            if (answer.statusCode() >= 300) throw new IllegalStateException(what + ": " + answer + " " + answer.body());
            return answer;
        });
    }

    private static String field(HttpResponse<String> answer, String name) {
        try {
            Map<String, Object> json = JSON.std.mapFrom(answer.body());
            return String.valueOf(json.get(name));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
