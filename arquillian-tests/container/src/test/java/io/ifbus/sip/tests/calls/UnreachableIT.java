// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.Phone;
import io.ifbus.sip.phones.Ports;
import io.ifbus.sip.tests.server.ApiCall;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Parties at whose address nobody is. */
class UnreachableIT {

    @RegisterExtension
    final Story story = new Story();

    private final Phone alice = story.phone("alice", 440);

    @Test
    void byTcpTheCallEndsAtOnce() throws IOException {
        ApiCall call = story.api().connect(alice.uri(), nobody() + ";transport=tcp");
        alice.rings().answers();
        alice.hears("BYE").isIdle();
        call.ends("failed", 503, "callee");
    }

    @Test
    void byTcpTheFirstPartyIsMissedAtOnce() throws IOException {
        ApiCall call = story.api().connect(nobody() + ";transport=tcp", alice.uri());
        call.ends("failed", 503, "caller");
        assertThat(alice.trace()).isEmpty();
    }

    /** RFC 3261 section 17.1.1.2, timer B: 32 s of silence end it. */
    @Test
    void byUdpTheCallEndsWhenTheInviteWasNotHeard() throws IOException {
        ApiCall call = story.api().connect(alice.uri(), nobody());
        alice.rings().answers();
        call.becomes("terminated", Duration.ofSeconds(40));
        call.ends("failed", 408, "callee");
        alice.hears("BYE").isIdle();
    }

    private static String nobody() throws IOException {
        return "sip:nobody@127.0.0.1:" + Ports.freeForSip();
    }
}
