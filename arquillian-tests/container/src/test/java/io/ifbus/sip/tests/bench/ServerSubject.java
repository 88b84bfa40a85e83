// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.bench;

import io.ifbus.sip.tests.server.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Our server with the back-to-back user agent of docs/examples. */
final class ServerSubject implements Subject {
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)$");

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

    /** The histogram collects first and counts live objects alone. */
    @Override
    public long liveBytes() {
        String histogram = run(
                Path.of(System.getProperty("java.home"), "bin/jcmd").toString(),
                Long.toString(server.pid()),
                "GC.class_histogram");
        Matcher total = TOTAL.matcher(histogram);
        if (!total.find()) {
            throw new IllegalStateException("no total in " + histogram);
        }
        return Long.parseLong(total.group(1));
    }

    static String run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
