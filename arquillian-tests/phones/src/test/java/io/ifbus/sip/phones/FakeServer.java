// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Just enough of a server for the demonstration: connects two phones as RFC 3725 flow I does. */
final class FakeServer implements AutoCloseable {

    static final String TOKEN = "secret";

    private final HttpServer http;
    private final boolean silent;
    private final Phone toFrom;
    private final Phone toTo = Phone.named("server")
            .withoutAudio()
            .negotiates(media -> new Second())
            .switchedOn();
    private final CompletableFuture<String> offer = new CompletableFuture<>();
    private final CompletableFuture<String> answer = new CompletableFuture<>();
    private String to = "";

    /** @param silent whether it lets no audio pass, and hangs up once the call is up */
    FakeServer(boolean silent) throws IOException {
        this.silent = silent;
        toFrom = Phone.named("server")
                .withoutAudio()
                .negotiates(media -> new First())
                .switchedOn();
        if (silent) toFrom.on("200 INVITE", PhoneCall::hangUp);
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/v1/calls", this::handle);
        http.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean known =
                    ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
            if (!known) reply(exchange, 401, Map.of("type", "unauthorized"));
            else if ("POST".equals(exchange.getRequestMethod())) connect(exchange);
            else if ("DELETE".equals(exchange.getRequestMethod())) hangUp(exchange);
            else reply(exchange, 200, Map.of("state", state()));
        }
    }

    private void connect(HttpExchange exchange) throws IOException {
        Map<String, Object> call = JSON.std.mapFrom(exchange.getRequestBody().readAllBytes());
        to = (String) call.get("to");
        toFrom.callsWithoutOffer((String) call.get("from"));
        reply(exchange, 202, Map.of("call_id", "if://call/1", "state", "created"));
    }

    private void hangUp(HttpExchange exchange) throws IOException {
        toFrom.hangsUp();
        if (!toTo.allCalls().isEmpty()) toTo.hangsUp();
        reply(exchange, 202, Map.of());
    }

    private String state() {
        return switch (toFrom.call().state()) {
            case TALKING -> "connected";
            case ENDED -> "terminated";
            default -> "dialing";
        };
    }

    private static void reply(HttpExchange exchange, int status, Map<String, String> body) throws IOException {
        byte[] bytes = JSON.std.asString(body).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private String passed(String sdp) {
        return silent ? sdp.replace("a=sendrecv", "a=inactive") : sdp;
    }

    /** Takes the first phone's offer to the second phone and answers with what that says. */
    private final class First extends Relay {
        @Override
        public Optional<String> answer(String theirs) {
            offer.complete(theirs);
            toTo.calls(to);
            try {
                return Optional.of(passed(answer.get(5, TimeUnit.SECONDS)));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private final class Second extends Relay {
        @Override
        public String offer() {
            return passed(offer.join());
        }

        @Override
        public void answered(String theirs) {
            answer.complete(theirs);
        }
    }

    /** Has no media of its own. */
    private abstract static class Relay implements Negotiation {
        @Override
        public String offer() {
            throw new IllegalStateException("never offers");
        }

        @Override
        public Optional<String> answer(String theirs) {
            return Optional.empty();
        }

        @Override
        public void answered(String theirs) {}

        @Override
        public void wants(Direction most) {}

        @Override
        public void end() {}
    }

    @Override
    public void close() {
        http.stop(0);
        toFrom.close();
        toTo.close();
    }
}
