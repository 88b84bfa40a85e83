// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A run of {@code sipp}, an independent SIP peer, with one of the scenarios of this module:
 *
 * <ul>
 *   <li>{@code uac-basic}: INVITE with an offer, 180 and 200, ACK, {@link #pause}, BYE
 *   <li>{@code uac-cancel}: INVITE, on 180 after {@link #pause} CANCEL, 487
 *   <li>{@code uac-hold}: INVITE, after each {@link #pause} a re-INVITE to hold, one to resume, BYE
 *   <li>{@code uac-refer}: INVITE, after {@link #pause} REFER to the URI given by {@code with("-key", "target", uri)},
 *       NOTIFYs of 100, 180 and 200, waits for BYE
 *   <li>{@code uas-basic}: 180, 200, waits for BYE
 *   <li>{@code uas-3pcc}: the same with or without an offer, with any number of re-INVITEs and UPDATEs
 * </ul>
 *
 * Mutable, for one thread.
 */
public final class Sipp {

    private static final String ADDRESS = "127.0.0.1";

    private final String name;
    private final Optional<Path> file;
    private String target = "";
    private String service = "service";
    private int calls = 1;
    private double rate = 10;
    private Duration pause = Duration.ofMillis(500);
    private Duration limit = Duration.ofSeconds(60);
    private boolean tcp;
    private boolean traced = true;
    private final List<String> more = new ArrayList<>();

    private Sipp(String name, Optional<Path> file) {
        this.name = name;
        this.file = file;
    }

    /** Whether there is a sipp on the PATH. */
    public static boolean isAvailable() {
        return Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "sipp")));
    }

    /** @throws IllegalArgumentException if this module has no such scenario */
    public static Sipp scenario(String name) {
        if (Sipp.class.getResource(resource(name)) == null)
            throw new IllegalArgumentException("no such scenario: " + name);
        return new Sipp(name, Optional.empty());
    }

    public static Sipp scenarioFile(Path file) {
        return new Sipp(file.getFileName().toString().replaceFirst("\\.xml$", ""), Optional.of(file));
    }

    /** Whom a caller calls: {@code sip:service@host:port}. */
    public Sipp calling(String user, String host, int port) {
        service = user;
        target = host + ":" + port;
        return this;
    }

    /** It ends after so many calls. */
    public Sipp calls(int number) {
        calls = number;
        return this;
    }

    public Sipp callsPerSecond(double callsPerSecond) {
        rate = callsPerSecond;
        return this;
    }

    /** How long a caller's pause lasts; 500 ms unless told. */
    public Sipp pause(Duration length) {
        pause = length;
        return this;
    }

    /** It is ended after this time whatever it has done; 60 s unless told. */
    public Sipp atMost(Duration time) {
        limit = time;
        return this;
    }

    /** TCP with one connection instead of UDP with one socket. */
    public Sipp overTcp() {
        tcp = true;
        return this;
    }

    /** Without the log of its messages, which costs as much as the calls: the report then has no times and no copies. */
    public Sipp untraced() {
        traced = false;
        return this;
    }

    /** Further command line arguments. */
    public Sipp with(String... arguments) {
        more.addAll(List.of(arguments));
        return this;
    }

    /**
     * Starts it and returns when its socket is open.
     *
     * @throws UncheckedIOException if it cannot be started
     * @throws IllegalStateException if it ended before it was ready, with what it said
     */
    public SippRun start() {
        try {
            Path directory = Files.createTempDirectory("sipp-");
            Path scenario = directory.resolve(name + ".xml");
            Files.writeString(scenario, scenarioText());
            int port = Ports.freeForSip();
            Process process = new ProcessBuilder(command(scenario, port))
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("screen.txt").toFile())
                    .start();
            SippRun run = new SippRun(name, process, directory, port, limit);
            run.awaitReady();
            return run;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@link #start} and {@link SippRun#finish} in one. */
    public SippReport run() {
        try (SippRun run = start()) {
            return run.finish();
        }
    }

    private List<String> command(Path scenario, int port) throws IOException {
        List<String> command = new ArrayList<>(List.of("sipp"));
        if (!target.isEmpty()) command.add(target);
        command.addAll(List.of("-sf", scenario.toString(), "-s", service, "-i", ADDRESS, "-bind_local"));
        command.addAll(List.of("-p", text(port), "-mi", ADDRESS, "-mp", text(Ports.freeForSip())));
        command.addAll(List.of("-cp", text(Ports.freeForSip()), "-t", tcp ? "t1" : "u1"));
        command.addAll(List.of("-m", text(calls), "-l", text(calls), "-r", String.format(Locale.ROOT, "%.3f", rate)));
        command.addAll(List.of("-d", text(pause.toMillis()), "-timeout", limit.toSeconds() + "s", "-timeout_error"));
        command.addAll(List.of("-nostdin", "-aa", "-default_behaviors", "all,-abortunexp"));
        command.addAll(List.of("-buff_size", "1048576", "-trace_err", "-error_file", SippRun.ERRORS));
        command.addAll(List.of("-trace_stat", "-stf", SippRun.STATISTICS, "-fd", "1", "-trace_counts"));
        if (traced) command.addAll(List.of("-trace_shortmsg", "-shortmessage_file", SippRun.MESSAGES));
        command.addAll(more);
        return command;
    }

    private String scenarioText() throws IOException {
        if (file.isPresent()) return Files.readString(file.get());
        try (InputStream scenario = Sipp.class.getResourceAsStream(resource(name))) {
            String text = new String(scenario.readAllBytes(), StandardCharsets.UTF_8);
            // RFC 3261 section 17.2.2: timer J is zero for reliable transports, and the peer closes the connection.
            return tcp ? text.replaceAll("<timewait[^>]*/>", "") : text;
        }
    }

    private static String resource(String name) {
        return "sipp/" + name + ".xml";
    }

    private static String text(long number) {
        return Long.toString(number);
    }
}
