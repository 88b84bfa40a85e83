// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.management;

import static io.ifbus.sip.tests.management.ManagedServer.SIP;
import static io.ifbus.sip.tests.management.ManagedServer.operation;
import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.Phone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.dmr.ModelNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The application router is changed while the server runs. */
class RouterIT {
    private static final String LINE = "(\"ifbus-sip\", \"DAR:From\", \"ORIGINATING\", \"\", \"NO_ROUTE\", \"0\")";

    @RegisterExtension
    final ManagedServer server = new ManagedServer();

    @Test
    void newLinesTakeEffectAtOnce() {
        routes(lines("OPTIONS"));
        Phone alice = server.phone("alice");
        alice.calls(server.process().sipUri("echo"));
        alice.waits("be refused", () -> alice.call().finalStatus().isPresent());
        assertThat(alice.call().finalStatus().orElseThrow())
                .as("nobody is asked for an INVITE")
                .isGreaterThanOrEqualTo(400);

        routes(lines("INVITE"));
        Phone bob = server.phone("bob");
        bob.calls(server.process().sipUri("echo"));
        bob.talks().hangsUp();
        bob.hears(200, "BYE").isIdle();
        assertThat(server.state()).isEqualTo("running");
    }

    @Test
    void aLineThatIsNotRightIsRefusedAndNothingIsChanged() {
        ModelNode lines = new ModelNode();
        lines.get("INVITE").set("ifbus-sip");

        assertThat(server.refuses(operation(SIP, "write-attribute", "name", "application-router", "value", lines)))
                .contains("application router, method INVITE: expected (")
                .contains("but found 'ifbus-sip'");
        assertThat(server.read(SIP, "application-router").isDefined()).isFalse();
        assertThat(server.state()).isEqualTo("running");
    }

    @Test
    void theFileIsLookedForBesideTheServersConfiguration() throws IOException {
        Path file = server.process().baseDirectory().resolve("configuration/router.properties");
        ModelNode write =
                operation(SIP, "write-attribute", "name", "application-router-file", "value", "router.properties");
        assertThat(server.refuses(write)).contains("application router file " + file + " cannot be read: ");

        Files.writeString(file, "INVITE: " + LINE + "\n");
        server.afterwards(() -> server.does(operation(SIP, "undefine-attribute", "name", "application-router-file")));
        server.does(write);
        Phone alice = server.phone("alice");
        alice.calls(server.process().sipUri("echo"));
        alice.talks().hangsUp();
        alice.hears(200, "BYE").isIdle();
    }

    private void routes(ModelNode lines) {
        server.afterwards(() -> server.does(operation(SIP, "undefine-attribute", "name", "application-router")));
        server.does(operation(SIP, "write-attribute", "name", "application-router", "value", lines));
    }

    private static ModelNode lines(String method) {
        ModelNode lines = new ModelNode();
        lines.get(method).set(LINE);
        return lines;
    }
}
