// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.api;

import io.ifbus.sip.container.TestServer;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One server at a time: the usual one serves class after class, until a class wants its own, or all have run. */
final class SharedServer implements BeforeAllCallback, AutoCloseable {
    /** How a class wants its server. */
    @FunctionalInterface
    interface Start {
        TestServer run() throws Exception;
    }

    private static TestServer running;
    private static boolean usual;

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).put(SharedServer.class.getName(), this);
    }

    /** The server with {@link Script} and {@link Recorder}. */
    static TestServer usual() throws Exception {
        if (!usual) {
            own(() -> new TestServer(Script.class, Recorder.class));
            usual = true;
        }
        return running;
    }

    /** A server that serves one class. */
    static TestServer own(Start start) throws Exception {
        stop();
        running = start.run();
        return running;
    }

    private static void stop() {
        usual = false;
        if (running != null) {
            running.close();
            running = null;
        }
    }

    @Override
    public void close() {
        stop();
    }
}
