// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A server in a process of its own, with its own ports and its own directory below {@code target/servers}, started by the
 * same script as people start it.
 *
 * <pre>{@code
 * try (ServerProcess server = ServerProcess.named("node1").withApplication().start()) {
 *     alice.calls(server.sipUri("echo"));
 * }
 * }</pre>
 *
 * Its methods may be called from any thread.
 */
public final class ServerProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(180);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final Duration ASK_LIMIT = Duration.ofSeconds(5);

    private final ServerBuilder wanted;
    private final PortOffset offset;
    private final ServerDirectory directory;
    private final ProcessTree processes;
    private final HttpClient http = HttpClient.newHttpClient();

    private ServerProcess(ServerBuilder wanted, PortOffset offset, ServerDirectory directory, ProcessTree processes) {
        this.wanted = wanted;
        this.offset = offset;
        this.directory = directory;
        this.processes = processes;
    }

    public static ServerBuilder named(String name) {
        return new ServerBuilder(name);
    }

    static ServerProcess launch(ServerBuilder wanted, PortOffset offset) throws IOException {
        ServerDirectory directory = ServerDirectory.create(wanted);
        ProcessBuilder command = new ProcessBuilder(directory.command(wanted, offset))
                .redirectErrorStream(true)
                .redirectOutput(directory.console().toFile());
        command.environment().remove("JAVA_OPTS");
        command.environment().put("JAVA_HOME", wanted.javaHome().toString());
        command.environment().put("JBOSS_HOME", wanted.home().toString());
        command.environment().put("JBOSS_JAVA_SIZING", wanted.memory());
        // so that the script passes on the signal that ends it
        command.environment().put("LAUNCH_JBOSS_IN_BACKGROUND", "true");
        return new ServerProcess(wanted, offset, directory, ProcessTree.start(command));
    }

    /**
     * Waits until it can be used.
     *
     * @throws IllegalStateException with the end of its log if it does not start; no process is left
     */
    public void awaitStarted() {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (!isStarted()) {
            Optional<String> failure =
                    processes.endsWithin(LOOK_EVERY) ? Optional.of("ended while starting") : directory.failure();
            if (failure.isEmpty() && System.nanoTime() > end)
                failure = Optional.of("did not start within " + START_LIMIT);
            if (failure.isPresent()) throw failed(failure.get());
        }
    }

    private boolean isStarted() {
        return wanted.application() ? isReady() : directory.isStarted();
    }

    private IllegalStateException failed(String what) {
        String message = wanted.name() + " " + what + "; from its log:\n" + directory.excerpt(); // first: it grows
        close();
        return directory.isPortTaken() ? new PortTaken(message) : new IllegalStateException(message);
    }

    /** Whether it says that it is ready for calls. */
    public boolean isReady() {
        try {
            HttpRequest request = HttpRequest.newBuilder(http("/health/ready"))
                    .timeout(ASK_LIMIT)
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking " + wanted.name(), e);
        }
    }

    public String name() {
        return wanted.name();
    }

    public PortOffset ports() {
        return offset;
    }

    /** A URI at this server, to be called by UDP unless the caller prefers TCP. */
    public String sipUri(String user) {
        return "sip:" + user + "@127.0.0.1:" + offset.sip();
    }

    public URI http(String path) {
        return URI.create("http://127.0.0.1:" + offset.http() + path);
    }

    /** The API's token, for clients of a test's own. */
    public String token() {
        return directory.token();
    }

    /** Its REST API, with the right token. */
    public Api api() {
        return new Api(this, Optional.of(directory.token()));
    }

    /** Its management interface; to be closed. */
    public Management management() {
        return new Management(offset.management());
    }

    /** The metrics of the application. */
    public Metrics metrics() {
        return new Metrics(http, http("/metrics"));
    }

    /** All of its log so far. */
    public String log() {
        return directory.log();
    }

    public Path baseDirectory() {
        return directory.path();
    }

    /** The process id of its JVM. */
    public long pid() {
        return processes
                .java()
                .orElseThrow(() -> new IllegalStateException(wanted.name() + " does not run"))
                .pid();
    }

    public boolean isAlive() {
        return processes.java().isPresent();
    }

    /** Ends it in good order, as {@code ./run --stop} does, or by force if that takes too long. */
    @Override
    public void close() {
        processes.close();
    }
}
