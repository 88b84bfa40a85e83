// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void succeedsWhenBothHearTheOther() throws Exception {
        try (FakeServer server = new FakeServer(false)) {
            assertThat(demo(server.uri(), FakeServer.TOKEN))
                    .as(said.toString(StandardCharsets.UTF_8))
                    .isZero();
        }
        assertThat(said.toString(StandardCharsets.UTF_8))
                .containsSubsequence("alice rings", "bob rings", "alice is connected", "alice is hung up")
                .contains("alice hears 660 Hz", "bob hears 440 Hz", "call is connected", "call is terminated");
    }

    @Test
    void failsWhenTheCallEndsBeforeBothHeardTheOther() throws Exception {
        try (FakeServer server = new FakeServer(true)) {
            assertThat(demo(server.uri(), FakeServer.TOKEN))
                    .as(said.toString(StandardCharsets.UTF_8))
                    .isEqualTo(1);
        }
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("FAILED: the call ended before both sides heard the other");
    }

    @Test
    void failsWithTheAnswerWhenTheTokenIsWrong() throws Exception {
        try (FakeServer server = new FakeServer(false)) {
            assertThat(demo(server.uri(), "guess")).isEqualTo(1);
        }
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("FAILED: POST")
                .contains("401");
    }

    @Test
    void failsWhenThereIsNoServer() throws Exception {
        assertThat(demo(URI.create("http://127.0.0.1:" + Ports.freeForSip()), "any"))
                .isEqualTo(1);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("FAILED: no answer from");
    }

    @Test
    void explainsItself() {
        assertThat(run(List.of("--help"))).isZero();
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("--token-file");
        assertThat(run(List.of("--fast"))).isEqualTo(1);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("unknown option --fast");
        assertThat(run(List.of())).isEqualTo(1);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("--token-file is missing");
    }

    private int demo(URI api, String token) throws Exception {
        Path tokenFile = Files.writeString(directory.resolve("token"), token + "\n");
        return run(List.of("--api", api.toString(), "--token-file", tokenFile.toString(), "--seconds", "1"));
    }

    private int run(List<String> arguments) {
        return Demo.run(arguments, new PrintStream(said, true, StandardCharsets.UTF_8));
    }
}
