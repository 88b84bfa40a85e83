// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.phones.Phone;
import io.ifbus.sip.tests.calls.Story;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/ifbus} at the real server. */
class CommandLineIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @RegisterExtension
    final Story story = new Story();

    @TempDir
    Path directory;

    private final Phone alice = story.phone("alice", 440).waitsAtMost(PATIENCE);
    private final Phone bob = story.phone("bob", 660).waitsAtMost(PATIENCE);
    private final Phone carol = story.phone("carol", 880).waitsAtMost(PATIENCE);

    /** A command that runs, or has run. */
    private record Running(Process process, Path output) {

        Running ends(int code) {
            try {
                assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .as("%s", said())
                        .isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            assertThat(process.exitValue()).as("%s", said()).isEqualTo(code);
            return this;
        }

        Running says(String text) {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(said()).contains(text));
            return this;
        }

        String said() {
            try {
                return Files.readString(output, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void doesWhatTheApiDoes() throws IOException {
        Running watch = ifbus("watch");
        Running waiting = ifbus("call", "--wait", "--timeout", "30", alice.uri(), bob.uri());
        alice.rings().answers();
        bob.rings().answers();
        waiting.ends(0).says("connected");
        String call = waiting.said().split("\\s+")[0];
        ifbus("calls", "--state", "connected").ends(0).says(call.substring(0, 8));
        ifbus("hold", call).ends(0);
        story.api().call(call).becomes("on_hold");
        ifbus("resume", call.substring(0, 8)).ends(0);
        story.api().call(call).becomes("connected");
        Running transfer = ifbus("transfer", call, carol.uri(), "--wait");
        carol.rings().answers();
        transfer.ends(0).says("completed");
        bob.hears("BYE").isIdle();
        ifbus("ring", call).ends(3).says("wrong-state");
        ifbus("hangup", call).ends(0);
        story.api().call(call).ends("completed", 200, "api");
        ifbus("show", "--json", call).ends(0).says("\"result\"");
        ifbus("show", "00000000-0000-0000-0000-000000000000").ends(3).says("no-such-call");
        ifbus("calls", "--colour").ends(2);
        watch.says("terminated");
        watch.process().destroy();
    }

    @Test
    void saysByItsExitCodeWhatBecameOfACall() throws IOException {
        Running busy = ifbus("call", "--wait", "--leg", alice.uri(), bob.uri());
        bob.rejects(486);
        busy.ends(1).says("busy");
        Path other = Files.writeString(directory.resolve("other"), "not-the-token\n");
        launch(List.of("calls", "--url", url(), "--token-file", other.toString()))
                .ends(3)
                .says("token-refused");
        launch(List.of("calls", "--url", "http://127.0.0.1:9", "--token-file", token()))
                .ends(4);
    }

    private Running ifbus(String... words) throws IOException {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--url", url(), "--token-file", token()));
        return launch(all);
    }

    private String url() {
        return story.server().http("").toString();
    }

    private String token() {
        return story.server().baseDirectory().resolve("token").toString();
    }

    private Running launch(List<String> words) throws IOException {
        List<String> command = new ArrayList<>(List.of(System.getProperty("ifbus.launcher")));
        command.addAll(words);
        Path output = Files.createTempFile(directory, "output", "");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return new Running(builder.start(), output);
    }
}
