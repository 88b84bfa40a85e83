// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ifbus.sip.rest.Api;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.jboss.resteasy.mock.MockHttpRequest;

/** The API on a free port of the loopback. One request at a time. */
final class ApiServer implements AutoCloseable {

    private static final String ROOT = "/v1/";

    private final HttpServer server;
    private final Api api;

    ApiServer(Api api) throws IOException {
        this.api = api;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(ROOT, this::serve);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            URI asked = URI.create(address() + exchange.getRequestURI());
            MockHttpRequest request =
                    MockHttpRequest.create(exchange.getRequestMethod(), asked, URI.create(address() + ROOT));
            exchange.getRequestHeaders()
                    .forEach((name, values) -> values.forEach(value -> request.header(name, value)));
            request.content(exchange.getRequestBody());
            answer(exchange, api.call(request));
        }
    }

    private static void answer(HttpExchange exchange, Api.Answer answer) throws IOException {
        answer.http()
                .getOutputHeaders()
                .forEach((name, values) ->
                        values.forEach(value -> exchange.getResponseHeaders().add(name, value.toString())));
        byte[] body = answer.http().getOutput();
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
