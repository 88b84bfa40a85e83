// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.wire;

import io.ifbus.sip.container.Remains;
import io.ifbus.sip.container.SipServerSettings;
import io.ifbus.sip.container.TestServer;
import io.ifbus.sip.transport.WireLimits;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipServletRequest;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A SIP server with the scripted application, from before the first test of a class until after the last one. */
final class Server implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    private final SipServerSettings settings;
    private TestServer test;

    Server(SipServerSettings settings) {
        this.settings = settings;
    }

    /** With the timers of RFC 3261. */
    static Server standard() {
        return new Server(SipServerSettings.DEFAULTS);
    }

    /** With T1 as given, T2 of eight and T4 of ten times that. */
    static Server quick(int t1Millis) {
        return new Server(new SipServerSettings(
                64,
                WireLimits.DEFAULTS,
                Duration.ofMillis(t1Millis),
                Duration.ofMillis(8L * t1Millis),
                Duration.ofMillis(10L * t1Millis),
                Map.of()));
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        Script.reset();
        test = new TestServer(settings, Script.class);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Script.reset();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        test.close();
    }

    TestServer test() {
        return test;
    }

    int port() {
        return test.port;
    }

    SipFactory factory() {
        return test.application.sipFactory();
    }

    Remains remains() {
        return Remains.of(test);
    }

    UdpPeer udp() throws IOException {
        return new UdpPeer(port());
    }

    TcpPeer tcp() throws IOException {
        return new TcpPeer(port());
    }

    /** A request of the application's own, in a new application session, that has not been sent. */
    SipServletRequest request(String method, String uri) throws ServletException {
        SipServletRequest request = factory()
                .createRequest(
                        factory().createApplicationSession(), method, "sip:us@127.0.0.1", "sip:callee@127.0.0.1");
        request.setRequestURI(factory().createURI(uri));
        return request;
    }

    /** Does that in the order of the session, and waits until it is done. */
    void inSession(SipApplicationSession session, Work work) throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        test.application.serialExecution().execute(session, () -> {
            try {
                work.run();
                done.complete(null);
            } catch (Exception e) {
                done.completeExceptionally(e);
            }
        });
        done.get(10, TimeUnit.SECONDS);
    }

    /** What an application does with its messages. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }
}
