// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.Phone;
import io.ifbus.sip.tests.server.ServerBuilder;
import io.ifbus.sip.tests.server.ServerProcess;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
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

    /** Built against javax, transformed, deployed: the SIP and the HTTP half work together. */
    @Test
    void theMigratedApplicationScreensCalls() throws Exception {
        try (ServerProcess server = ownServer("screening-jakarta/target/screening-jakarta.war");
                Phone alice = Phone.named("alice").tone(440).switchedOn();
                Phone bob = Phone.named("bob").tone(660).switchedOn()) {
            alice.calls(server.sipUri(Integer.toString(bob.port())));
            bob.rings().answers();
            alice.talks().hearsTone(660).hangsUp();
            bob.hears("BYE").isIdle();
            alice.hears(200, "BYE").isIdle();

            assertThat(blocks(server, "alice")).isEqualTo(204);
            alice.calls(server.sipUri(Integer.toString(bob.port())));
            alice.hears(603).isIdle();
        }
    }

    private static int blocks(ServerProcess server, String user) throws Exception {
        HttpRequest put = HttpRequest.newBuilder(server.http("/screening-jakarta/blocked/" + user))
                .PUT(BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient().send(put, BodyHandlers.discarding()).statusCode();
    }

    private static ServerProcess ownServer(String archive) {
        ServerBuilder server = ServerProcess.named("own");
        return server.home(EXAMPLES.resolve("own-server/target/server"))
                .deploying(EXAMPLES.resolve(archive))
                .start();
    }
}
