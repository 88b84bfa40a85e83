// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.container.Proves;
import java.util.List;
import javax.servlet.sip.Proxy;
import javax.servlet.sip.SipServletRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The branches of a proxy, their settings, redirection, time-out and end (JSR 289 sections 10.2.1, 10.2.4, 10.2.5). */
class CancelReasonsTest {
    @RegisterExtension
    static final Exchange exchange = Exchange.usual();

    private Script script;
    private Phone alice;
    private Phone bob;
    private Phone carol;

    @BeforeEach
    void scene() {
        script = exchange.script();
        alice = exchange.phone("alice");
        bob = exchange.phone("bob");
        carol = exchange.phone("carol");
    }

    @Test
    @Proves("J-10.2.5-a")
    void theApplicationCancelsAllBranchesAndSaysWhy() throws Exception {
        script.onRequest("doInvite", invite -> {
            Proxy proxy = invite.getProxy();
            proxy.proxyTo(List.of(exchange.uri(bob), exchange.uri(carol)));
        });
        alice.invites();
        SipServletRequest invite = script.gets("doInvite").request();
        Message atBob = bob.hears("INVITE");
        Message atCarol = carol.hears("INVITE");
        bob.answers(atBob, 180);
        carol.answers(atCarol, 180);
        script.gets("doProvisionalResponse");
        script.gets("doProvisionalResponse");
        exchange.inOrder(invite.getApplicationSession(), () -> {
            invite.getProxy()
                    .cancel(new String[] {"SIP", "Q.850"}, new int[] {580, 16}, new String[] {"Changed mind", "Bye"});
            return null;
        });
        Message cancel = bob.hears("CANCEL");
        assertThat(cancel.headers("Reason")).hasSize(2);
        assertThat(cancel.headers("Reason").get(0)).startsWith("SIP").contains("cause=580", "text=\"Changed mind\"");
        assertThat(cancel.headers("Reason").get(1)).startsWith("Q.850").contains("cause=16", "text=\"Bye\"");
        carol.hears("CANCEL");
        bob.answers(atBob, 487);
        carol.answers(atCarol, 487);
        alice.hears(487);
    }
}
