// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.SippReport;
import io.ifbus.sip.phones.SippRun;
import io.ifbus.sip.tests.server.ServerProcess;
import java.nio.file.Path;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A servlet that blocks in one call of a hundred. */
@RequiresSipp
class SleepyServletIT {
    @TempDir
    Path directory;

    @Test
    void aServletThatBlocksDelaysItsOwnCallOnly() {
        try (ServerProcess server =
                ServerProcess.named("sleepy").deploying(application()).start()) {
            int port = server.ports().sip();
            LoadFigures.warmUp("awake", port, false);

            int sleepers = Math.max(5, LoadFigures.SECONDS / 2);
            try (SippRun sleeping =
                    LoadFigures.caller("sleeper", port, false, sleepers, 0.5).start()) {
                SippReport others = LoadFigures.caller("awake", port, false, 99 * sleepers, 49.5)
                        .run();
                SippReport slept = sleeping.finish();

                LoadFigures.assertFlawless("beside a sleeper", others, 99 * sleepers);
                assertThat(others.setupMillis(99)).as(others.toString()).isLessThan(100);
                // one that stood behind a sleeper would have waited for it, on average for a second
                assertThat(others.setupMillis(100)).as(others.toString()).isLessThan(1000);
                assertThat(slept.successful()).isEqualTo(sleepers);
                assertThat(slept.setupMillis(1)).isGreaterThanOrEqualTo(1900);
            }
        }
    }

    private Path application() {
        Path file = directory.resolve("sleepy.war");
        ShrinkWrap.create(WebArchive.class, "sleepy.war")
                .addClass(SleepyServlet.class)
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
                .as(ZipExporter.class)
                .exportTo(file.toFile(), true);
        return file;
    }
}
