// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A run of {@code bin/ifbus} in a process of its own that has ended. */
record Launched(int code, String out, String err) {

    /** The repository's root. */
    static final Path ROOT = Path.of("").toAbsolutePath().resolve("../..").normalize();

    static final Path LAUNCHER = ROOT.resolve("bin/ifbus");
    private static final long SECONDS = 60;

    /** Starts a command with only these of the variables that matter. Its output goes to files in {@code directory}. */
    static Process start(Path directory, Map<String, String> variables, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("IFBUS_") || name.equals("NO_COLOR"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(variables);
        return builder.start();
    }

    static Launched end(Path directory, Process process) throws IOException, InterruptedException {
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running after " + SECONDS + " s");
        }
        return new Launched(
                process.exitValue(),
                Files.readString(directory.resolve("out"), UTF_8),
                Files.readString(directory.resolve("err"), UTF_8));
    }

    static Launched run(Path directory, Map<String, String> variables, List<String> command)
            throws IOException, InterruptedException {
        return end(directory, start(directory, variables, command));
    }
}
