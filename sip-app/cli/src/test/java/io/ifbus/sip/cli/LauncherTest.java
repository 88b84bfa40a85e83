// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/ifbus} in a directory of its own, with a jar that leads to the classes under test. */
class LauncherTest extends Scene {

    @TempDir
    Path directory;

    private Path launcher;
    private Path home;
    private Process process;

    @BeforeEach
    void install() throws IOException {
        home = Files.createDirectories(directory.resolve("a home"));
        launcher = Files.createDirectories(home.resolve("bin")).resolve("ifbus");
        Files.copy(Launched.LAUNCHER, launcher);
    }

    @AfterEach
    void stop() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    /** A jar without classes: its manifest names the class path of this process. */
    private static void jar(Path file) throws IOException {
        String path = Stream.of(System.getProperty("java.class.path").split(":"))
                .map(entry -> Path.of(entry).toUri())
                .map(URI::toString)
                .collect(Collectors.joining(" "));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Main.class.getName());
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, path);
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            jar.finish();
        }
    }

    private Launched runs(Map<String, String> variables, String... command) throws Exception {
        return Launched.run(directory, variables, List.of(command));
    }

    @Test
    void asks_the_api_with_the_token_of_run_also_through_symbolic_links() throws Exception {
        jar(home.resolve("sip-app/cli/target/ifbus-cli.jar"));
        Path token = home.resolve("target/run/token");
        Files.createDirectories(token.getParent());
        Files.writeString(token, FakeApi.TOKEN);
        Path absolute = Files.createSymbolicLink(directory.resolve("absolute"), launcher);
        Files.createSymbolicLink(directory.resolve("relative"), absolute.getFileName());
        api.answers("POST " + PATH + "/dtmf", 202, "");

        Launched run = runs(Map.of("IFBUS_URL", api.url()), "./relative", "dtmf", UUID, "1 *");

        assertThat(run).isEqualTo(new Launched(0, UUID + "  sending digits\n", ""));
        assertThat(api.request().header("Authorization")).isEqualTo("Bearer " + FakeApi.TOKEN);
        assertThat(json(api.request().body())).isEqualTo(json("{\"digits\":\"1 *\"}"));
    }

    @Test
    void finds_the_jar_beside_it_and_passes_the_exit_code_on() throws Exception {
        jar(home.resolve("bin/ifbus-cli.jar"));

        Launched run = runs(Map.of("IFBUS_TOKEN_FILE", "/nowhere/token"), launcher.toString(), "calls");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).startsWith("ifbus: there is no token file /nowhere/token");
    }

    @Test
    void says_how_to_build_a_missing_jar_and_builds_nothing() throws Exception {
        Launched run = runs(Map.of(), launcher.toString(), "calls");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("sip-app/cli/target/ifbus-cli.jar is not built yet")
                .contains("mvn -q package")
                .contains("-pl sip-app/cli");
    }

    @Test
    void says_when_there_is_no_java() throws Exception {
        jar(home.resolve("bin/ifbus-cli.jar"));

        Launched run = runs(Map.of("JAVA_HOME", "/nowhere"), launcher.toString(), "calls");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("needs a JDK 17");
    }

    @Test
    void says_when_java_is_too_old() throws Exception {
        jar(home.resolve("bin/ifbus-cli.jar"));
        Path old = directory.resolve("jdk-11");
        Files.copy(
                Path.of("/bin/true"),
                Files.createDirectories(old.resolve("bin")).resolve("java"));
        Files.writeString(old.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"11.0.2\"\n");

        Launched run = runs(Map.of("JAVA_HOME", old.toString()), launcher.toString(), "calls");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("needs a JDK 17 or newer, found " + old);
    }

    @Test
    void watching_ends_well_by_ctrl_c() throws Exception {
        jar(home.resolve("bin/ifbus-cli.jar"));
        Path token = Files.writeString(directory.resolve("token"), FakeApi.TOKEN);
        api.hangs("GET /v1/events", "id: 1\ndata: {\"state\":\"ringing\"}\n\n");
        // a shell's background job ignores SIGINT, so it is given its default back
        process = Launched.start(
                directory,
                Map.of("IFBUS_URL", api.url(), "IFBUS_TOKEN_FILE", token.toString()),
                List.of("env", "--default-signal=INT", launcher.toString(), "watch", "--json"));
        await().untilAsserted(() ->
                assertThat(Files.readString(directory.resolve("out"), UTF_8)).endsWith("\n"));

        runs(Map.of(), "kill", "-INT", Long.toString(process.pid()));

        assertThat(Launched.end(directory, process).code()).isZero();
    }

    @Test
    void a_command_that_is_no_watch_is_ended_by_ctrl_c_as_usual() throws Exception {
        jar(home.resolve("bin/ifbus-cli.jar"));
        Path token = Files.writeString(directory.resolve("token"), FakeApi.TOKEN);
        api.hangs("GET /v1/routes", "{}");
        process = Launched.start(
                directory,
                Map.of("IFBUS_URL", api.url(), "IFBUS_TOKEN_FILE", token.toString()),
                List.of("env", "--default-signal=INT", launcher.toString(), "routes"));
        await().untilAsserted(() -> assertThat(api.requests()).hasSize(1));

        runs(Map.of(), "kill", "-INT", Long.toString(process.pid()));

        assertThat(Launched.end(directory, process).code()).isEqualTo(130);
    }
}
