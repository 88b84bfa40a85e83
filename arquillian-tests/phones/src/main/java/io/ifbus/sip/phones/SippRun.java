// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A sipp process; {@link #close} ends it and removes its files. */
public final class SippRun implements AutoCloseable {

    static final String STATISTICS = "statistics.csv";
    static final String MESSAGES = "messages.log";
    static final String ERRORS = "errors.log";
    private static final Duration READY_LIMIT = Duration.ofSeconds(10);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
    private static final int LOOK_EVERY_MS = 10;

    private final String scenario;
    private final Process process;
    private final Path directory;
    private final int port;
    private final Duration limit;

    SippRun(String scenario, Process process, Path directory, int port, Duration limit) {
        this.scenario = scenario;
        this.process = process;
        this.directory = directory;
        this.port = port;
        this.limit = limit;
    }

    public int port() {
        return port;
    }

    public String uri(String user) {
        return "sip:" + user + "@127.0.0.1:" + port;
    }

    public long pid() {
        return process.pid();
    }

    /** Calls that it has begun, as of its last statistics line, which is at most a second old. */
    public long callsSoFar() {
        List<String> statistics = lines(directory.resolve(STATISTICS));
        return SippReport.callsSoFar(statistics);
    }

    /** Its first statistics line comes after it opened its sockets. */
    void awaitReady() throws IOException {
        long end = System.nanoTime() + READY_LIMIT.toNanos();
        Path statistics = directory.resolve(STATISTICS);
        while (!Files.exists(statistics)) {
            boolean ended = waitFor(LOOK_EVERY_MS);
            if (Files.exists(statistics)) return;
            if (ended || System.nanoTime() > end) {
                String said = screen() + read(ERRORS);
                close();
                throw new IllegalStateException("sipp " + scenario + " did not start: " + said);
            }
        }
    }

    /**
     * Waits until it has made, or taken, all its calls.
     *
     * @throws IllegalStateException if it does not end within its limit
     */
    public SippReport finish() {
        if (!waitFor(limit.plus(STOP_LIMIT).toMillis())) throw new IllegalStateException("sipp " + scenario + " hangs");
        return report();
    }

    /** Ends it now, for a callee that cannot know how many calls will come; open calls may end first. */
    public SippReport stop() {
        // The first USR1 waits for open calls, the second does not.
        for (int i = 0; i < 2 && process.isAlive(); i++) {
            signal();
            waitFor(STOP_LIMIT.toMillis());
        }
        if (process.isAlive()) throw new IllegalStateException("sipp " + scenario + " does not stop");
        return report();
    }

    private void signal() {
        try {
            new ProcessBuilder("kill", "-USR1", Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean waitFor(long millis) {
        try {
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for sipp", e);
        }
    }

    private SippReport report() {
        try (Stream<Path> files = Files.list(directory)) {
            List<String> counts = files.filter(file -> file.toString().endsWith("_counts.csv"))
                    .findFirst()
                    .map(SippRun::lines)
                    .orElse(List.of());
            List<String> statistics = lines(directory.resolve(STATISTICS));
            SippMessages messages = new SippMessages();
            Path log = directory.resolve(MESSAGES);
            if (Files.exists(log)) {
                try (Stream<String> messageLines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
                    messageLines.forEach(messages::add);
                }
            }
            return SippReport.of(scenario, process.exitValue(), statistics, counts, messages, read(ERRORS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String screen() throws IOException {
        return read("screen.txt");
    }

    private String read(String file) throws IOException {
        Path path = directory.resolve(file);
        return Files.exists(path) ? Files.readString(path, StandardCharsets.ISO_8859_1) : "";
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            process.destroyForcibly();
            waitFor(STOP_LIMIT.toMillis());
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
