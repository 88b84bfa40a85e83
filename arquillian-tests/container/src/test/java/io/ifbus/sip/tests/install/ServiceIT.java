// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.install;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.tests.server.PortOffset;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What provisioning/install puts on a machine, below a directory of its own. */
class ServiceIT {

    private static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();
    private static final Path HOST_UNITS = Path.of("/lib/systemd/system");
    private static final double EXPOSED = 2.0;

    @TempDir
    static Path root;

    @BeforeAll
    static void installs() throws Exception {
        install();
    }

    private static void install() throws Exception {
        Path script = REPOSITORY.resolve("provisioning/install");
        assertThat(output(script.toString(), "--destdir", root.toString())).contains("Installed below " + root);
    }

    @Test
    void systemdFindsNothingWrongWithTheUnitAndLittleThatItIsExposedTo() throws Exception {
        Path units = Files.createDirectories(root.resolve("lib/systemd"));
        output("cp", "-a", HOST_UNITS.toString(), units.toString()); // those that ours refers to
        assertThat(output("systemd-analyze", "verify", "--root=" + root, "ifbus-sip.service"))
                .isEmpty();
        String report = output("systemd-analyze", "security", "--offline=true", "--root=" + root, "ifbus-sip.service");
        Matcher level = Pattern.compile("Overall exposure level for ifbus-sip.service: ([0-9.]+)")
                .matcher(report);
        assertThat(level.find()).as(report).isTrue();
        assertThat(Double.parseDouble(level.group(1))).isLessThan(EXPOSED);
    }

    @Test
    void theTokenIsItsOwnersAlone() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(etc("token"))))
                .isEqualTo("r--------");
        assertThat(Files.readString(etc("token"))).hasSize(64);
    }

    @Test
    void aSecondInstallationKeepsSettingsAndToken() throws Exception {
        String token = Files.readString(etc("token"));
        Files.writeString(etc("ifbus-sip.properties"), "# mine\n", StandardOpenOption.APPEND);
        install();
        assertThat(Files.readString(etc("token"))).isEqualTo(token);
        assertThat(Files.readString(etc("ifbus-sip.properties"))).contains("# mine");
    }

    @Test
    void theCommandOfTheUnitStartsAServerThatIsReadyAndStopsInGoodOrder() throws Exception {
        PortOffset ports = PortOffset.find();
        Files.writeString(
                etc("ifbus-sip.properties"),
                "jboss.socket.binding.port-offset=" + ports.value() + "\n",
                StandardOpenOption.APPEND);
        Path log = root.resolve("console.log");
        ProcessBuilder command =
                new ProcessBuilder(commandOfTheUnit()).redirectErrorStream(true).redirectOutput(log.toFile());
        command.environment()
                .put("JBOSS_HOME", root.resolve("opt/ifbus-sip/server").toString());
        command.environment().put("LAUNCH_JBOSS_IN_BACKGROUND", "true");
        environment().forEach(line -> command.environment().put(line.split("=", 2)[0], line.split("=", 2)[1]));
        Process service = command.start();
        try {
            await().atMost(Duration.ofSeconds(120))
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .untilAsserted(() -> assertThat(ready(ports)).isEqualTo(200));
            service.destroy();
            assertThat(service.waitFor(60, SECONDS)).as("stopped").isTrue();
            assertThat(service.exitValue()).isIn(0, 143);
            assertThat(Files.readString(log)).contains("WFLYSRV0050"); // stopped, not killed
        } finally {
            service.descendants().forEach(ProcessHandle::destroyForcibly);
            service.destroyForcibly();
        }
    }

    private static List<String> commandOfTheUnit() throws IOException {
        String unit = Files.readString(root.resolve("etc/systemd/system/ifbus-sip.service"));
        Matcher start = Pattern.compile("(?m)^ExecStart=(.*)$").matcher(unit);
        assertThat(start.find()).isTrue();
        String configuration = environment().stream()
                .filter(line -> line.startsWith("IFBUS_CONFIGURATION="))
                .findFirst()
                .orElseThrow()
                .substring("IFBUS_CONFIGURATION=".length());
        return Arrays.stream(start.group(1)
                        .replace("${IFBUS_CONFIGURATION}", configuration)
                        .split(" "))
                .map(word -> word.replaceFirst("^(-D[\\w.]+=)?(/(?:opt|etc|var)/)", "$1" + root + "$2"))
                .toList();
    }

    private static List<String> environment() throws IOException {
        return Files.readAllLines(etc("environment")).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    private static Path etc(String file) {
        return root.resolve("etc/ifbus-sip").resolve(file);
    }

    private static int ready(PortOffset ports) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.http() + "/health/ready"))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }

    private static String output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(REPOSITORY.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
