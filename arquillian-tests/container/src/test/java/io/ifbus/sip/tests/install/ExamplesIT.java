// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.install;

import io.ifbus.sip.phones.Phone;
import io.ifbus.sip.tests.server.ServerBuilder;
import io.ifbus.sip.tests.server.ServerProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The examples of docs/examples, on the server that one of them provisions. */
class ExamplesIT {

    private static final Path EXAMPLES = Path.of(System.getProperty("ifbus.examples"));

    @Test
    void theAttendantRingsAndIsBusy() {
        try (ServerProcess server = ownServer("attendant/target/attendant.war");
                Phone alice = Phone.named("alice").switchedOn()) {
            alice.calls(server.sipUri("anybody"));
            alice.hears(180).hears(486).isIdle();
        }
    }

    private static ServerProcess ownServer(String archive) {
        ServerBuilder server = ServerProcess.named("own");
        return server.home(EXAMPLES.resolve("own-server/target/server"))
                .deploying(EXAMPLES.resolve(archive))
                .start();
    }
}
