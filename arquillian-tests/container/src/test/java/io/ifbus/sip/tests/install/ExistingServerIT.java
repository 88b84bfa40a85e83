// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.tests.calls.SampleCalls;
import io.ifbus.sip.tests.server.ServerProcess;
import io.ifbus.sip.tests.server.SharedServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** WildFly's own distribution, made ours by the overlay and its script. */
class ExistingServerIT {

    private static final Path HOME = Path.of(System.getProperty("ifbus.existing"));
    private static final Path STANDALONE = HOME.resolve("standalone/configuration/standalone.xml");

    @BeforeAll
    static void asItWasUnpacked() throws IOException {
        Path unpacked = STANDALONE.resolveSibling("standalone.xml.unpacked");
        if (!Files.exists(unpacked)) Files.copy(STANDALONE, unpacked);
        Files.write(STANDALONE, Files.readAllBytes(unpacked));
    }

    @Test
    void runsTheApplicationAfterOneScript() throws Exception {
        assertThat(enable()).contains("\"outcome\" => \"success\"").doesNotContain("failed");
        String configuration = Files.readString(STANDALONE);
        assertThat(configuration).contains("urn:ifbus:sip:");

        assertThat(enable()).as("the script a second time").doesNotContain("failed");
        assertThat(Files.readString(STANDALONE)).isEqualTo(configuration);

        try (ServerProcess server =
                SharedServer.routed(ServerProcess.named("existing")).home(HOME).start()) {
            SampleCalls.clickToDial(server);
            SampleCalls.echo(server);
        }
    }

    private static String enable() throws IOException, InterruptedException {
        ProcessBuilder command = new ProcessBuilder("bin/jboss-cli.sh", "--file=ifbus-sip/enable.cli")
                .directory(HOME.toFile())
                .redirectErrorStream(true);
        command.environment().put("JAVA_HOME", System.getProperty("java.home"));
        command.environment().put("JBOSS_HOME", HOME.toString());
        Process process = command.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
