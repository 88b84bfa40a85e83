// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ifbus.sip.container.Proves;
import java.util.List;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.SipSession;
import javax.servlet.sip.TooManyHopsException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An application that is called by alice and calls bob (JSR 289 chapter 12). */
class ForkedLegTest {
    @RegisterExtension
    static final Exchange exchange = Exchange.usual();

    private Script script;
    private Phone alice;
    private Phone bob;

    @BeforeEach
    void scene() {
        script = exchange.script();
        alice = exchange.phone("alice");
        bob = exchange.phone("bob");
    }

    /** The second leg, linked to the first and sent to bob. */
    private SipServletRequest callBob(SipServletRequest invite) throws Exception {
        SipServletRequest out = invite.getB2buaHelper().createRequest(invite, true, null);
        out.setRequestURI(exchange.uri(bob));
        out.send();
        return out;
    }

    @Test
    @Proves("J-12.2-c")
    void thereIsNoSecondLegWithoutAHopLeft() {
        script.onRequest("doInvite", invite -> assertThatThrownBy(
                        () -> invite.getB2buaHelper().createRequest(invite, true, null))
                .isInstanceOf(TooManyHopsException.class));
        alice.request("INVITE").with("Max-Forwards", 0).send();
        alice.hears(483);
    }

    @Test
    @Proves({"J-12.5-a", "B2buaHelper.createResponseToOriginalRequest"})
    void theFirstLegIsAnsweredOnceForEachForkOfTheSecond() throws Exception {
        script.onRequest("doInvite", invite -> {
            invite.getSession().setAttribute("order", "pizza");
            callBob(invite);
        });
        alice.invites();
        Message atBob = bob.hears("INVITE");
        SipServletRequest in = script.gets("doInvite").request();
        for (String fork : List.of("desk", "mobile")) {
            bob.answerAs(fork, atBob, 200).body("application/sdp", Phone.SDP).send();
            SipServletResponse ok = script.gets("doSuccessResponse").response();
            exchange.sends(ok.createAck());
            SipServletResponse back = exchange.inOrder(in.getApplicationSession(), () -> in.getB2buaHelper()
                    .createResponseToOriginalRequest(in.getSession(), 200, "From " + fork));
            exchange.sends(back);
            assertThat(back.getSession().getAttribute("order")).isEqualTo("pizza");
        }
        Message first = alice.hears(200, "INVITE");
        Message second = alice.hears(200, "INVITE");
        assertThat(first.toTag()).isNotEqualTo(second.toTag());
        Dialog one = alice.dialogBy(first);
        Dialog two = alice.dialogBy(second);
        one.acks();
        SipSession ofOne = script.gets("doAck").request().getSession();
        two.acks();
        SipSession ofTwo = script.gets("doAck").request().getSession();
        assertThat(ofOne.getId()).isNotEqualTo(ofTwo.getId());
        exchange.sends(ofTwo.createRequest("INFO"));
        assertThat(alice.hears("INFO").fromTag()).isEqualTo(second.toTag());
        exchange.sends(ofOne.createRequest("INFO"));
        assertThat(alice.hears("INFO").fromTag()).isEqualTo(first.toTag());
    }
}
