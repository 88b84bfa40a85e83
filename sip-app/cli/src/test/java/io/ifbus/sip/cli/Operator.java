// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ifbus.sip.cli.text.Style;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Somebody who types commands and reads what comes, in this process. Waits without waiting. */
final class Operator {

    static final Instant NOW = Instant.parse("2026-01-02T12:00:00.5Z");

    final Map<String, String> variables = new HashMap<>();
    final List<Duration> pauses = new ArrayList<>();
    Duration silence = Duration.ofSeconds(90);
    private final Path home;
    private Style style = Style.PLAIN;
    private String out = "";
    private String err = "";

    /** @param home gets a token file where ./run makes it */
    Operator(Path home, FakeApi api) {
        this.home = home;
        variables.put("IFBUS_URL", api.url());
        try {
            Path file = home.resolve("target/run/token");
            Files.createDirectories(file.getParent());
            Files.writeString(file, FakeApi.TOKEN + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Operator atATerminal() {
        style = Style.COLOURED;
        return this;
    }

    /** Types a command and waits for its end; the result is its exit code. */
    int types(String... arguments) {
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        Console console = new Console(stream(outBytes), stream(errBytes), style);
        Environment environment =
                new Environment(variables, home, console, InstantSource.fixed(NOW), pauses::add, silence);
        int code = new Ifbus(environment).run(arguments);
        out = outBytes.toString(UTF_8);
        err = errBytes.toString(UTF_8);
        return code;
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, UTF_8);
    }

    String out() {
        return out;
    }

    String err() {
        return err;
    }
}
