// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.api;

import io.ifbus.sip.container.RawPeer;
import io.ifbus.sip.container.TestServer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipServletRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server with the servlet {@link Script}, and a peer that speaks to it. */
@ExtendWith(SharedServer.class)
abstract class ApiScene {
    static final String SDP =
            "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\n";
    private static final AtomicInteger CALLS = new AtomicInteger();

    static TestServer container;
    static RawPeer peer;
    static SipFactory factory;

    @BeforeAll
    static void open() throws Exception {
        open(SharedServer.usual());
    }

    static void open(TestServer server) throws Exception {
        container = server;
        peer = new RawPeer();
        factory = container.application.sipFactory();
    }

    @AfterAll
    static void close() {
        peer.close();
    }

    /** Work that may throw. */
    @FunctionalInterface
    interface Action<T> {
        T run() throws Exception;
    }

    static String newCall() {
        return "api-" + CALLS.incrementAndGet();
    }

    /** A request of a new call, with headers besides the usual ones. */
    static String request(String method, String... headers) {
        return with(peer.request(method, container.port, newCall(), null, 1, ""), headers);
    }

    static String with(String message, String... headers) {
        StringBuilder lines = new StringBuilder();
        for (String header : headers) {
            lines.append(header).append("\r\n");
        }
        return message.replaceFirst("(?=Content-Length:)", java.util.regex.Matcher.quoteReplacement(lines.toString()));
    }

    static String callId(String message) {
        return RawPeer.header(message, "Call-ID");
    }

    /** Sends the request to the server and does the work in the servlet that gets it. */
    static <T> T inServlet(String request, Script.Work<SipServletRequest, T> work) throws Exception {
        String method = request.substring(0, request.indexOf(' '));
        CompletableFuture<T> result = Script.onRequest(callId(request), method, work);
        peer.send(request, container.port);
        return result(result);
    }

    /** The same with work that has no result. */
    static void check(String request, Check<SipServletRequest> work) throws Exception {
        inServlet(request, message -> {
            work.on(message);
            return null;
        });
    }

    /** What must hold of a message. */
    @FunctionalInterface
    interface Check<M> {
        void on(M message) throws Exception;
    }

    /** The next message to the peer that begins so and belongs to the call of that message. */
    static String heard(String start, String message) {
        return peer.await(start, callId(message));
    }

    static String heard(String start, SipServletRequest request) {
        return peer.await(start, request.getCallId());
    }

    /** A request of the server's to the peer, not yet sent. */
    static SipServletRequest outgoing(String method) throws Exception {
        return outgoing(factory.createApplicationSession(), method);
    }

    static SipServletRequest outgoing(SipApplicationSession session, String method) throws Exception {
        return factory.createRequest(session, method, "sip:us@127.0.0.1", "sip:callee@127.0.0.1:" + peer.port());
    }

    /** Does the work on the queue of the application session. */
    static <T> T inOrder(SipApplicationSession session, Action<T> work) throws Exception {
        CompletableFuture<T> result = new CompletableFuture<>();
        container.application.serialExecution().execute(session, () -> {
            try {
                result.complete(work.run());
            } catch (Exception | AssertionError e) { // thrown where the test waits
                result.completeExceptionally(e);
            }
        });
        return result(result);
    }

    static <T> T result(CompletableFuture<T> future) throws Exception {
        try {
            return future.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (Exception) e.getCause();
        }
    }
}
