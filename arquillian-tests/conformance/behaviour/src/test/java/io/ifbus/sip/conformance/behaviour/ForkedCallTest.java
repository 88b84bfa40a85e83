// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.container.Proves;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An application that calls (JSR 289 sections 6.2 and 11.1). */
class ForkedCallTest {
    @RegisterExtension
    static final Exchange exchange = Exchange.usual();

    private Script script;
    private Phone bob;

    @BeforeEach
    void scene() {
        script = exchange.script();
        bob = exchange.phone("bob");
    }

    private SipServletRequest callsBob() throws Exception {
        return exchange.sends(exchange.request("INVITE", bob));
    }

    @Test
    @Proves("J-11.1-c")
    void each2xxOfAForkedCallHasItsOwnSessionAndAck() throws Exception {
        SipServletRequest invite = callsBob();
        Message atBob = bob.hears("INVITE");
        bob.answerAs("desk", atBob, 200).body("application/sdp", Phone.SDP).send();
        SipServletResponse first = script.gets("doSuccessResponse").response();
        bob.answerAs("mobile", atBob, 200).body("application/sdp", Phone.SDP).send();
        SipServletResponse second = script.gets("doSuccessResponse").response();
        assertThat(first.getSession().getId()).isNotEqualTo(second.getSession().getId());
        assertThat(first.getApplicationSession().getId())
                .isEqualTo(second.getApplicationSession().getId())
                .isEqualTo(invite.getApplicationSession().getId());
        exchange.sends(first.createAck());
        assertThat(bob.hears("ACK").toTag()).isEqualTo("desk");
        exchange.sends(second.createAck());
        assertThat(bob.hears("ACK").toTag()).isEqualTo("mobile");

        exchange.sends(second.getSession().createRequest("BYE"));
        assertThat(bob.hears("BYE").toTag()).isEqualTo("mobile");
        exchange.sends(first.getSession().createRequest("BYE"));
        assertThat(bob.hears("BYE").toTag()).isEqualTo("desk");
    }
}
