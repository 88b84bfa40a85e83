// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that answers as it was told, request by request, and remembers what it was asked. */
final class FakeApi implements AutoCloseable {

    static final String TOKEN = "0123456789abcdef";

    /** What came. @param query as it was sent, with its question mark; empty if there was none */
    record Request(String method, String path, String query, Map<String, List<String>> headers, String body) {

        String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().get(0))
                    .findFirst()
                    .orElse("");
        }

        String line() {
            return method + " " + path + query;
        }
    }

    /** What goes back. */
    private record Reply(int status, String type, String body, End end) {

        Reply(int status, String type, String body) {
            this(status, type, body, End.WELL);
        }
    }

    private enum End {
        WELL,
        /** Without an answer. */
        AT_ONCE,
        /** Before the promised length. */
        EARLY,
        /** Not before the server is closed. */
        NEVER
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Deque<Reply>> replies = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    FakeApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Answers the next request of this method and path so; the last answer given is repeated. */
    FakeApi answers(String methodAndPath, int status, String body) {
        return reply(methodAndPath, new Reply(status, "application/json", body));
    }

    FakeApi refuses(String methodAndPath, int status, String problem) {
        return reply(methodAndPath, new Reply(status, "application/problem+json", problem));
    }

    FakeApi streams(String methodAndPath, String events) {
        return reply(methodAndPath, new Reply(200, "text/event-stream", events));
    }

    /** Closes the connection instead of answering. */
    FakeApi breaks(String methodAndPath) {
        return reply(methodAndPath, new Reply(0, "", "", End.AT_ONCE));
    }

    /** Closes the connection after these events, although more are promised. */
    FakeApi cuts(String methodAndPath, String events) {
        return reply(methodAndPath, new Reply(200, "text/event-stream", events, End.EARLY));
    }

    /** Says nothing after these events. */
    FakeApi hangs(String methodAndPath, String events) {
        return reply(methodAndPath, new Reply(200, "text/event-stream", events, End.NEVER));
    }

    /** Has no answer to this any more. */
    FakeApi forgets(String methodAndPath) {
        replies.remove(methodAndPath);
        return this;
    }

    private FakeApi reply(String methodAndPath, Reply reply) {
        replies.computeIfAbsent(methodAndPath, ignored -> new ArrayDeque<>()).add(reply);
        return this;
    }

    List<Request> requests() {
        return requests;
    }

    /** The only request that came. */
    Request request() {
        if (requests.size() != 1) {
            throw new AssertionError("one request expected, not " + requests);
        }
        return requests.get(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        Request request = new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                query == null ? "" : "?" + query,
                Map.copyOf(exchange.getRequestHeaders()),
                new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        requests.add(request);
        Reply reply = next(request.method() + " " + request.path());
        try (exchange) {
            if (reply.end() != End.AT_ONCE) { // closing an exchange without an answer closes its connection
                send(exchange, reply);
            }
        }
    }

    private void send(HttpExchange exchange, Reply reply) throws IOException {
        byte[] body = reply.body().getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", reply.type());
        int length = reply.end() == End.WELL ? body.length : body.length + 1;
        exchange.sendResponseHeaders(reply.status(), length == 0 ? -1 : length);
        OutputStream out = exchange.getResponseBody();
        out.write(body);
        out.flush();
        if (reply.end() == End.NEVER) {
            awaitClose();
        }
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Reply next(String methodAndPath) {
        Deque<Reply> left = replies.get(methodAndPath);
        if (left == null) {
            return new Reply(
                    404,
                    "application/problem+json",
                    "{\"type\":\"if://problem/no-such-resource\",\"detail\":\"no " + methodAndPath + "\"}");
        }
        return left.size() > 1 ? left.remove() : left.element();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
