// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.phones.Phone;
import io.ifbus.sip.tests.server.ApiCall;
import io.ifbus.sip.tests.server.ServerProcess;

/** One call of each kind, whole, on any server with the application. */
public final class SampleCalls {

    private SampleCalls() {}

    /** The API connects two phones; both hear the other; the API hangs up. */
    public static void clickToDial(ServerProcess server) {
        try (Phone alice = Phone.named("alice").tone(440).switchedOn();
                Phone bob = Phone.named("bob").tone(660).switchedOn()) {
            clickToDial(server, alice, bob);
        }
    }

    static void clickToDial(ServerProcess server, Phone alice, Phone bob) {
        ApiCall call = server.api().connect(alice.uri(), bob.uri());
        alice.rings().answers();
        bob.rings().answers();
        alice.talks().hearsTone(660);
        bob.talks().hearsTone(440);
        call.becomes("connected").hangUp();
        alice.hears("BYE").isIdle();
        bob.hears("BYE").isIdle();
        call.ends("completed", 200, "api");
        none(server);
    }

    /** A phone calls the echo, hears itself and hangs up. */
    public static void echo(ServerProcess server) {
        try (Phone alice = Phone.named("alice").tone(440).switchedOn()) {
            alice.calls(server.sipUri("echo"));
            alice.talks().hearsTone(440).hangsUp();
            alice.hears(200, "BYE").isIdle();
        }
        none(server);
    }

    private static void none(ServerProcess server) {
        await().untilAsserted(() -> assertThat(server.metrics().sum("ifbus_calls_active"))
                .as("active calls of %s", server.name())
                .isZero());
    }
}
