// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.tests.server.ServerProcess;
import io.ifbus.sip.tests.server.SharedServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The whole line on the newest long-term JDK. */
@EnabledIf(value = "isThereOrMustBe", disabledReason = "there is no JDK 25 at the path in jdk25.home")
class Jdk25IT {

    private static final Path HOME = Path.of(System.getProperty("jdk25.home"));

    static boolean isThereOrMustBe() {
        return Files.isExecutable(HOME.resolve("bin/java")) || Skips.areForbidden();
    }

    @Test
    void callsWorkThereToo() {
        try (ServerProcess server =
                SharedServer.routed(ServerProcess.named("jdk25")).javaHome(HOME).start()) {
            assertThat(ProcessHandle.of(server.pid())
                            .flatMap(process -> process.info().command()))
                    .hasValueSatisfying(java -> assertThat(Path.of(java)).startsWith(HOME));
            SampleCalls.clickToDial(server);
            SampleCalls.echo(server);
        }
    }
}
