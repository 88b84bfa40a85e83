// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.transports;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** A WebSocket client with the subprotocol sip; it does nothing by itself. Waits at most 10 s. */
final class WebSocketPeer implements AutoCloseable, WebSocket.Listener {
    final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    final BlockingQueue<String> pongs = new LinkedBlockingQueue<>();
    final CompletableFuture<Integer> closed = new CompletableFuture<>();
    final WebSocket socket;
    private final StringBuilder text = new StringBuilder();

    private WebSocketPeer(HttpClient client, String uri) {
        socket = client.newWebSocketBuilder()
                .subprotocols("sip")
                .buildAsync(URI.create(uri), this)
                .join();
    }

    static WebSocketPeer ws(String host, int port) {
        return new WebSocketPeer(HttpClient.newHttpClient(), "ws://" + host + ":" + port + "/");
    }

    static WebSocketPeer wss(int port, SSLContext context) {
        HttpClient client = HttpClient.newBuilder().sslContext(context).build();
        return new WebSocketPeer(client, "wss://127.0.0.1:" + port + "/sip?x=y");
    }

    void send(String message) {
        socket.sendText(message, true).join();
    }

    void sendBinary(String message) {
        socket.sendBinary(ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)), true)
                .join();
    }

    String receive() throws InterruptedException {
        String message = messages.poll(10, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("nothing came within 10 s");
        }
        return message;
    }

    String await(String start) throws InterruptedException {
        String message = receive();
        while (!message.startsWith(start)) {
            message = receive();
        }
        return message;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            messages.add(text.toString());
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onPong(WebSocket from, ByteBuffer payload) {
        pongs.add(StandardCharsets.UTF_8.decode(payload).toString());
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        closed.complete(status);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.completeExceptionally(error);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
