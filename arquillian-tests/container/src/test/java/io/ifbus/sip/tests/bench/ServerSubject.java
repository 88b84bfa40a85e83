// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.bench;

import io.ifbus.sip.tests.server.ServerProcess;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/** Our server with the back-to-back user agent of docs/examples. */
final class ServerSubject implements Subject {
    private final ServerProcess server;

    ServerSubject(String calleeUri) {
        server = ServerProcess.named("bench")
                .deploying(Path.of(System.getProperty("ifbus.examples"), "b2bua/target/b2bua.war"))
                .property("b2bua.target", calleeUri)
                .memory(System.getProperty("bench.memory", "-Xms1g -Xmx1g -XX:+UseG1GC -XX:MaxGCPauseMillis=20"))
                .start();
    }

    @Override
    public String name() {
        return "IF.bus SIP";
    }

    @Override
    public int port() {
        return server.ports().sip();
    }

    @Override
    public Collection<Long> pids() {
        return List.of(server.pid());
    }

    @Override
    public long liveBytes() {
        return JavaHeap.liveBytes(server.pid());
    }

    @Override
    public void close() {
        server.close();
    }
}
