// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.container.Proves;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An application that is called (JSR 289 section 11.2). */
class UserAgentServerTest {
    @RegisterExtension
    static final Exchange exchange = Exchange.usual();

    private static final Duration A_WHILE = Duration.ofMillis(400);

    private Script script;
    private Phone alice;

    @BeforeEach
    void scene() {
        script = exchange.script();
        alice = exchange.phone("alice");
    }

    @Test
    @Proves("J-11.2.2-a")
    void theAckOfA2xxIsShownToTheApplication() {
        script.onRequest("doInvite", invite -> invite.createResponse(200).send());
        alice.invites();
        alice.dialogBy(alice.hears(200)).acks();
        script.gets("doAck");
    }

    @Test
    @Proves("J-11.2.2-a")
    void theAckOfARefusalIsNot() {
        script.onRequest("doInvite", invite -> invite.createResponse(486).send());
        alice.invites();
        alice.hears(486);
        script.getsNo("doAck", A_WHILE);
    }

    @Test
    @Proves("J-11.2.3-a")
    void aCancelIsAnsweredByTheContainerAndThenShownToTheApplication() {
        script.onRequest("doInvite", invite -> invite.createResponse(180).send());
        script.onRequest("doCancel", cancel -> assertThat(cancel.isCommitted()).isTrue());
        Message invite = alice.invites();
        alice.hears(180);
        alice.cancels(invite);
        alice.hears(200, "CANCEL");
        alice.hears(487, "INVITE");
        script.gets("doCancel");
    }
}
