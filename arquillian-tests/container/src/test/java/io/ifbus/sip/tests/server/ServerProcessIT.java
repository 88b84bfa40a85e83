// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers of the tests that do not start: the reason is said and no process stays. */
class ServerProcessIT {

    @TempDir
    Path directory;

    @AfterEach
    void noProcessStays() {
        assertThat(ProcessHandle.current()
                        .descendants()
                        .map(ProcessHandle::info)
                        .map(Object::toString))
                .noneMatch(text -> text.contains("jboss-modules.jar") && text.contains("/hopeless-"));
    }

    @Test
    void anApplicationThatCannotBeDeployed() {
        Path broken = directory.resolve("broken.war");
        ShrinkWrap.create(WebArchive.class)
                .addAsWebInfResource(new StringAsset("<web-app><unknown/></web-app>"), "web.xml")
                .as(ZipExporter.class)
                .exportTo(broken.toFile());
        assertThatThrownBy(ServerProcess.named("hopeless").deploying(broken)::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("hopeless could not deploy broken.war; from its log:")
                .hasMessageContaining("WFLYSRV");
    }

    @Test
    void aPortThatIsTaken() throws IOException {
        PortOffset offset = PortOffset.find();
        try (ServerSocket taken = new ServerSocket(offset.sip(), 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(ServerProcess.named("hopeless").withApplication().at(offset)::start)
                    .isInstanceOf(PortTaken.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort() + ": Address already in use");
        }
    }

    @Test
    void aProcessThatEndsAtOnce() {
        assertThatThrownBy(ServerProcess.named("hopeless").under("false")::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("hopeless ended while starting");
    }
}
