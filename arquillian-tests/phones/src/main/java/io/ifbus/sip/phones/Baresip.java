// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A {@code baresip} process, a phone that others wrote, for the same stories. Made for 1.0 as Debian has it (package
 * {@code baresip-core}), which was found to do this:
 *
 * <ul>
 *   <li>It is driven by its module {@code ctrl_tcp}: JSON in netstrings. The names of commands are those of its menu:
 *       {@code dial}, {@code accept}, {@code hold}, {@code resume}, {@code transfer}, {@code sndcode}, {@code hangup},
 *       {@code quit}. {@code help} lists those that its state allows; the others are refused with "Invalid argument".
 *   <li>{@code ausine} plays at 48 kHz with two channels only, else the call ends at once with BYE ("Operation not
 *       supported"). {@code aufile} is no player. {@code aubridge} is one without hardware. {@code stdio} wants a
 *       terminal or a pipe.
 *   <li>It does not find the interface {@code lo} ({@code net_interface lo}: "No such device"). Its SIP can be bound to
 *       127.0.0.1, but its session descriptions name the address of another interface: it needs one.
 *   <li>Its Contact has a user of its own making, so that it is called by {@code sip:name@127.0.0.1:port}.
 *   <li>Allow has REFER but not UPDATE, which it answers 501; Supported is {@code gruu}: neither timer nor replaces. An
 *       INVITE with Replaces rings as any other.
 *   <li>Hold is a re-INVITE with sendonly. A re-INVITE without an offer is answered with one. INFO with
 *       application/dtmf-relay is a key; its own keys go by RTP.
 *   <li>As the one who transfers: its REFER has a Refer-To and no more, neither Referred-By nor Replaces. It hangs up
 *       when a NOTIFY with a final status comes, even if that is a failure. If it hangs up before, it sends SUBSCRIBE to
 *       end the subscription, and {@code quit} waits for the answer.
 *   <li>As the one who is transferred: 202, NOTIFY with 100, then an INVITE without Referred-By, NOTIFY with the final
 *       status (none with 180). The old call stays up and is not put on hold.
 * </ul>
 *
 * <p>Its methods return when it has taken the command; {@code hears} waits for events. For one thread.
 */
public final class Baresip implements AutoCloseable {

    private static final String ADDRESS = "127.0.0.1";
    private static final List<String> MODULES = List.of(
            "/usr/lib/baresip/modules", "/usr/local/lib/baresip/modules", "/usr/lib/x86_64-linux-gnu/baresip/modules");
    private static final Duration READY_LIMIT = Duration.ofSeconds(10);
    private static final Duration COMMAND_LIMIT = Duration.ofSeconds(5);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(2);
    private static final int LOOK_EVERY_MS = 20;
    private static final int TRIES = 3;

    private final String name;
    private final int port;
    private final Path directory;
    private final Process process;
    private final BaresipControl control;
    private final Watch watch = new Watch();

    /** Guarded by the watch. */
    private final List<String> events = new ArrayList<>();

    private int taken;

    private Baresip(String name, int port, int controlPort, Path directory, Process process) throws IOException {
        this.name = name;
        this.port = port;
        this.directory = directory;
        this.process = process;
        control = new BaresipControl(connect(controlPort), watch, this::event);
    }

    /** Whether there is a baresip on the PATH, with its modules where we know to find them. */
    public static boolean isAvailable() {
        return modules().isPresent()
                && Stream.of(Optional.ofNullable(System.getenv("PATH"))
                                .orElse("")
                                .split(File.pathSeparator))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, "baresip")));
    }

    private static Optional<String> modules() {
        return MODULES.stream().filter(path -> Files.isDirectory(Path.of(path))).findFirst();
    }

    /**
     * Starts one on a free port, with a tone of 440 Hz for a voice.
     *
     * @throws IllegalStateException if it is not installed or does not start; the message has what it said
     */
    public static Baresip named(String name) {
        if (!isAvailable()) throw new IllegalStateException("baresip is not installed (Debian package baresip-core)");
        for (int tries = 1; ; tries++) {
            try {
                return start(name);
            } catch (IOException e) {
                if (tries == TRIES || !String.valueOf(e.getMessage()).contains("Address already in use"))
                    throw new IllegalStateException("cannot start baresip", e);
            }
        }
    }

    private static Baresip start(String name) throws IOException {
        Path directory = Files.createTempDirectory("baresip");
        try {
            int sip = Ports.freeForSip();
            int control = freeTcp();
            Files.writeString(directory.resolve("config"), config(sip, control));
            Files.writeString(
                    directory.resolve("accounts"),
                    "<sip:%s@%s:%d>;regint=0;audio_codecs=PCMU/8000/1\n".formatted(name, ADDRESS, sip));
            Process process = new ProcessBuilder("baresip", "-f", directory.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("output").toFile())
                    .start();
            return started(name, sip, control, directory, process);
        } catch (IOException e) {
            remove(directory);
            throw e;
        }
    }

    private static Baresip started(String name, int sip, int control, Path directory, Process process)
            throws IOException {
        try {
            return new Baresip(name, sip, control, directory, process);
        } catch (IOException e) {
            process.destroyForcibly();
            throw new IOException(output(directory), e);
        }
    }

    private static int freeTcp() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(ADDRESS))) {
            return socket.getLocalPort();
        }
    }

    private static String config(int sip, int control) {
        return """
                poll_method epoll
                sip_listen %1$s:%2$d
                call_local_timeout 120
                call_max_calls 4
                audio_source ausine,440
                audio_player aubridge,out
                audio_alert aubridge,alert
                ausrc_srate 48000
                ausrc_channels 2
                module_path %4$s
                module g711.so
                module ausine.so
                module aubridge.so
                module_tmp uuid.so
                module_tmp account.so
                module_app menu.so
                module_app ctrl_tcp.so
                ctrl_tcp_listen %1$s:%3$d
                """.formatted(ADDRESS, sip, control, modules().orElseThrow());
    }

    private Socket connect(int controlPort) throws IOException {
        long end = System.nanoTime() + READY_LIMIT.toNanos();
        while (true) {
            try {
                return new Socket(ADDRESS, controlPort);
            } catch (IOException e) {
                if (waitFor(Duration.ofMillis(LOOK_EVERY_MS)) || System.nanoTime() > end) throw e;
            }
        }
    }

    public String uri() {
        return "sip:" + name + "@" + ADDRESS + ":" + port;
    }

    public long pid() {
        return process.pid();
    }

    // ---- the story ----

    public Baresip calls(String uri) {
        return does("dial", uri);
    }

    /** Waits for a call and takes it. */
    public Baresip answers() {
        return hears("CALL_INCOMING").does("accept", "");
    }

    public Baresip holds() {
        return does("hold", "");
    }

    public Baresip resumes() {
        return does("resume", "");
    }

    /** A blind transfer: REFER. */
    public Baresip refersTo(String uri) {
        return does("transfer", uri);
    }

    /** Hangs up, refuses or cancels the current call. */
    public Baresip hangsUp() {
        return does("hangup", "");
    }

    /** Waits until its call is up. */
    public Baresip talks() {
        return hears("CALL_ESTABLISHED");
    }

    /**
     * Waits for an event after those that were heard before: {@code CALL_INCOMING}, {@code CALL_RINGING},
     * {@code CALL_ESTABLISHED}, {@code CALL_CLOSED}, {@code TRANSFER}, {@code TRANSFER_FAILED}, {@code CALL_DTMF_START}.
     *
     * @throws AssertionError with what it said if the event does not come within 5 s
     */
    public Baresip hears(String type) {
        boolean came = watch.await(
                COMMAND_LIMIT, () -> events.subList(taken, events.size()).contains(type));
        if (!came)
            throw new AssertionError(
                    name + " did not get " + type + "; it had " + events() + " and said\n" + output(directory));
        watch.change(() -> taken += events.subList(taken, events.size()).indexOf(type) + 1);
        return this;
    }

    /** The types of all events so far, in their order. */
    public List<String> events() {
        return watch.look(() -> List.copyOf(events));
    }

    /**
     * Any command of its menu.
     *
     * @throws IllegalStateException if it refuses
     */
    public Baresip does(String command, String parameters) {
        try {
            control.command(command, parameters, COMMAND_LIMIT);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("baresip is gone", e);
        }
    }

    private void event(Map<String, Object> event) {
        watch.change(() -> events.add(String.valueOf(event.get("type"))));
    }

    /** Ends the process, whatever its calls do, and removes its files. */
    @Override
    public void close() {
        try {
            control.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            process.destroy();
            if (!waitFor(STOP_LIMIT)) process.destroyForcibly();
            waitFor(STOP_LIMIT);
            remove(directory);
        }
    }

    private boolean waitFor(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for baresip", e);
        }
    }

    private static String output(Path directory) {
        try {
            return Files.readString(directory.resolve("output"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "nothing that can be read: " + e;
        }
    }

    private static void remove(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
