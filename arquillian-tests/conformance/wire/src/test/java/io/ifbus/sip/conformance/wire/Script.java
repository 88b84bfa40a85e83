// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.wire;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.servlet.sip.SipErrorEvent;
import javax.servlet.sip.SipErrorListener;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;

/** The application: it notes what it gets and then does what the test says. Without a script it says 200 to all. */
public final class Script extends SipServlet implements SipErrorListener {
    private static volatile Act<SipServletRequest> onRequest;
    private static volatile Act<SipServletResponse> onResponse;
    private static volatile Act<SipErrorEvent> onNoAck;
    private static volatile Act<SipErrorEvent> onNoPrack;
    private static final BlockingQueue<SipServletRequest> REQUESTS = new LinkedBlockingQueue<>();
    private static final BlockingQueue<SipServletResponse> RESPONSES = new LinkedBlockingQueue<>();
    private static volatile boolean noting = true;

    /** What a test lets the application do. */
    @FunctionalInterface
    interface Act<T> {
        void on(T message) throws IOException, ServletException;
    }

    static void reset() {
        onRequest = Script::sayOk;
        onResponse = response -> {};
        onNoAck = event -> {};
        onNoPrack = event -> {};
        noting = true;
        REQUESTS.clear();
        RESPONSES.clear();
    }

    static void onRequest(Act<SipServletRequest> act) {
        onRequest = act;
    }

    static void onResponse(Act<SipServletResponse> act) {
        onResponse = act;
    }

    static void onNoAck(Act<SipErrorEvent> act) {
        onNoAck = act;
    }

    static void onNoPrack(Act<SipErrorEvent> act) {
        onNoPrack = act;
    }

    /** From now on nothing is kept of what arrives. */
    static void forgetful() {
        noting = false;
    }

    private static void sayOk(SipServletRequest request) throws IOException {
        if (!request.getMethod().equals("ACK") && !request.getMethod().equals("CANCEL")) {
            request.createResponse(SipServletResponse.SC_OK).send();
        }
    }

    /** The next request of that method that reached the application. Fails after 10 s. */
    static SipServletRequest request(String method) throws InterruptedException {
        SipServletRequest request = REQUESTS.poll(10, TimeUnit.SECONDS);
        while (request != null && !request.getMethod().equals(method)) {
            request = REQUESTS.poll(10, TimeUnit.SECONDS);
        }
        if (request == null) {
            throw new AssertionError("no " + method + " reached the application");
        }
        return request;
    }

    /** The next response of that status that reached the application. Fails after 10 s. */
    static SipServletResponse response(int status) throws InterruptedException {
        SipServletResponse response = RESPONSES.poll(10, TimeUnit.SECONDS);
        while (response != null && response.getStatus() != status) {
            response = RESPONSES.poll(10, TimeUnit.SECONDS);
        }
        if (response == null) {
            throw new AssertionError("no " + status + " reached the application");
        }
        return response;
    }

    /** Requests of that method that reached the application and were not taken yet. */
    static long requests(String method) {
        return REQUESTS.stream().filter(r -> r.getMethod().equals(method)).count();
    }

    /** Responses of that status that reached the application and were not taken yet. */
    static long responses(int status) {
        return RESPONSES.stream().filter(r -> r.getStatus() == status).count();
    }

    @Override
    protected void doRequest(SipServletRequest request) throws ServletException, IOException {
        if (noting) {
            REQUESTS.add(request);
        }
        Act<SipServletRequest> act = onRequest;
        if (act == null) {
            super.doRequest(request);
        } else {
            act.on(request);
        }
    }

    @Override
    protected void doResponse(SipServletResponse response) throws ServletException, IOException {
        if (noting) {
            RESPONSES.add(response);
        }
        onResponse.on(response);
    }

    @Override
    public void noAckReceived(SipErrorEvent event) {
        act(onNoAck, event);
    }

    @Override
    public void noPrackReceived(SipErrorEvent event) {
        act(onNoPrack, event);
    }

    private static void act(Act<SipErrorEvent> act, SipErrorEvent event) {
        try {
            act.on(event);
        } catch (IOException | ServletException e) {
            throw new IllegalStateException(e);
        }
    }
}
