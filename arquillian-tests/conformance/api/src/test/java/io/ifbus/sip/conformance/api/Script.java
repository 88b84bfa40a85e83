// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.api;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletMessage;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;

/** The servlet of the tests: the test that a Call-ID belongs to says what is done with its messages. */
public final class Script extends SipServlet {
    private static final long serialVersionUID = 1L;
    private static final Map<String, Task<? extends SipServletMessage, ?>> TASKS = new ConcurrentHashMap<>();
    private static final Map<String, BlockingQueue<SipServletResponse>> RESPONSES = new ConcurrentHashMap<>();

    /** What a test does with a message, in the servlet. */
    @FunctionalInterface
    interface Work<M, T> {
        T on(M message) throws Exception;
    }

    private record Task<M, T>(Work<M, T> work, CompletableFuture<T> result) {
        void run(M message) {
            try {
                result.complete(work.on(message));
            } catch (Exception | AssertionError e) { // thrown where the test waits
                result.completeExceptionally(e);
            }
        }
    }

    /** Does the work with the next request of that method in that call. */
    static <T> CompletableFuture<T> onRequest(String callId, String method, Work<SipServletRequest, T> work) {
        return put(callId + ' ' + method, work);
    }

    /** Does the work with the next response of that status in that call. */
    static <T> CompletableFuture<T> onResponse(String callId, int status, Work<SipServletResponse, T> work) {
        return put(callId + ' ' + status, work);
    }

    private static <M extends SipServletMessage, T> CompletableFuture<T> put(String key, Work<M, T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        TASKS.put(key, new Task<>(work, result));
        return result;
    }

    /** The next response of that call for which no work was given. Fails after 5 s. */
    static SipServletResponse response(String callId) throws InterruptedException {
        SipServletResponse response = responses(callId).poll(5, TimeUnit.SECONDS);
        if (response == null) {
            throw new AssertionError("no response in " + callId + " within 5 s");
        }
        return response;
    }

    /** How many responses of that call have come that nobody has taken. */
    static int count(String callId) {
        return responses(callId).size();
    }

    private static BlockingQueue<SipServletResponse> responses(String callId) {
        return RESPONSES.computeIfAbsent(callId, id -> new LinkedBlockingQueue<>());
    }

    @Override
    protected void doRequest(SipServletRequest request) throws IOException {
        String method = request.getMethod();
        if (!did(request.getCallId() + ' ' + method, request)
                && !"ACK".equals(method)
                && !"CANCEL".equals(method)
                && !request.isCommitted()) {
            request.createResponse(200).send();
        }
    }

    @Override
    protected void doBranchResponse(SipServletResponse response) {
        doResponse(response);
    }

    @Override
    protected void doResponse(SipServletResponse response) {
        if (!did(response.getCallId() + ' ' + response.getStatus(), response)) {
            responses(response.getCallId()).add(response);
        }
    }

    @SuppressWarnings("unchecked") // the key says which kind of message the work is for
    private static <M extends SipServletMessage> boolean did(String key, M message) {
        Task<M, ?> task = (Task<M, ?>) TASKS.remove(key);
        if (task != null) {
            task.run(message);
        }
        return task != null;
    }
}
