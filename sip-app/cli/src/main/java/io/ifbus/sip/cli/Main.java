// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ifbus.sip.cli.api.ExitCode;
import io.ifbus.sip.cli.text.Style;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/**
 * The process. {@code bin/ifbus} says by system properties where the token of {@code ./run} would be
 * ({@code ifbus.home}) and whether standard output is a terminal ({@code ifbus.terminal}).
 */
public final class Main {

    private static final Duration LINE = Duration.ofSeconds(1);

    private static final Duration SILENCE = Duration.ofSeconds(90);

    private Main() {}

    public static void main(String[] arguments) {
        Style style = Style.of(Boolean.getBoolean("ifbus.terminal"), System.getenv());
        Console console = new Console(stream(FileDescriptor.out), stream(FileDescriptor.err), style);
        Environment environment = new Environment(
                System.getenv(),
                Path.of(System.getProperty("ifbus.home", "")),
                console,
                InstantSource.system(),
                duration -> Thread.sleep(duration.toMillis()),
                SILENCE);
        Ifbus ifbus = new Ifbus(environment);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> endWell(ifbus.session(), console), "end-well"));
        System.exit(ifbus.run(arguments));
    }

    /** JSON is UTF-8, whatever the terminal's locale. */
    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, UTF_8);
    }

    /** Ctrl-C is how following events ends, so it is no failure; not in the middle of a line. */
    private static void endWell(Session session, Console console) {
        if (session.isFollowing()) {
            console.finishLine(LINE);
            Runtime.getRuntime().halt(ExitCode.DONE.number());
        }
    }
}
