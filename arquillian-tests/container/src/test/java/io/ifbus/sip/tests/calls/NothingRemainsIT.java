// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.phones.Phone;
import io.ifbus.sip.tests.server.ApiCall;
import io.ifbus.sip.tests.server.Management;
import java.time.Duration;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the server still knows when all stories are over, and the last transactions with them. */
@Order(Integer.MAX_VALUE)
class NothingRemainsIT {

    /** The last transactions take 64*T1 = 32 s (RFC 3261 section 17), the sessions wait for them. */
    private static final Duration FORGETS_WITHIN = Duration.ofSeconds(60);

    @RegisterExtension
    final Story story = new Story();

    @Test
    void theServerForgetsAllCalls() {
        SampleCalls.clickToDial(story.server());
        SampleCalls.echo(story.server());
        Phone alice = story.phone("alice", 440);
        ApiCall call = story.connects(alice, story.phone("bob", 660));
        alice.rejects(486);
        call.becomes("terminated");

        try (Management management = story.server().management()) {
            await().atMost(FORGETS_WITHIN).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
                for (String count :
                        new String[] {"active-application-sessions", "active-queues", "active-transactions"})
                    assertThat(management.read("/subsystem=sip", count).asInt())
                            .as(count)
                            .isZero();
            });
        }
    }
}
