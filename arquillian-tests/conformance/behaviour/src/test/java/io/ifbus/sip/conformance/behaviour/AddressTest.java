// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.container.Proves;
import java.util.List;
import javax.servlet.sip.Address;
import javax.servlet.sip.Parameterable;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Addresses and their headers (JSR 289 chapter 4). */
class AddressTest {
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

    @Test
    @Proves("J-4.1.1-a")
    void theParametersOfAHeaderAreReadSetAndRemoved() throws Exception {
        script.onRequest("doSubscribe", subscribe -> {
            Parameterable event = subscribe.getParameterableHeader("Event");
            assertThat(event.getValue()).isEqualTo("presence");
            assertThat(event.getParameter("id")).isEqualTo("4");
            subscribe.createResponse(403).send();
        });
        alice.request("SUBSCRIBE").header("Event", "presence;id=4").send();
        alice.hears(403);

        SipServletRequest subscribe = exchange.request("SUBSCRIBE", bob);
        subscribe.setHeader("Event", "dialog;id=5;old=1");
        Parameterable event = subscribe.getParameterableHeader("Event");
        event.setParameter("id", "6");
        event.setParameter("new", "2");
        event.removeParameter("old");
        exchange.sends(subscribe);
        assertThat(bob.hears("SUBSCRIBE").header("Event"))
                .startsWith("dialog")
                .contains(";id=6", ";new=2")
                .doesNotContain("old", "id=5");
    }

    /** SipServletMessage: "From and To are system header fields only with respect to their tags". */
    @Test
    void theTagsOfWhatWasReceivedCannotBeChanged() {
        script.onRequest("doInvite", invite -> invite.createResponse(180).send());
        script.onRequest(
                "doCancel",
                cancel -> SoftAssertions.assertSoftly(all -> {
                    for (Address address : List.of(cancel.getFrom(), cancel.getTo())) {
                        all.assertThatThrownBy(() -> address.setParameter("tag", "other"))
                                .isInstanceOf(IllegalStateException.class);
                        all.assertThatThrownBy(() -> address.removeParameter("tag"))
                                .isInstanceOf(IllegalStateException.class);
                    }
                }));
        Message invite = alice.invites();
        alice.hears(180);
        alice.cancels(invite);
        script.gets("doCancel");
    }

    @Test
    @Proves("J-4.1.3-c")
    void theContactOfARegistrationIsFree() throws Exception {
        SipServletRequest register = exchange.request("REGISTER", bob);
        register.setAddressHeader("Contact", exchange.factory().createAddress("<sip:us@10.1.1.1:9;lr>"));
        exchange.sends(register);
        assertThat(bob.hears("REGISTER").headers("Contact")).containsExactly("<sip:us@10.1.1.1:9;lr>");
    }

    @Test
    @Proves("J-4.1.3-c")
    void theContactOfAnAnswerThatNamesOthersIsFree() {
        Script.Act<SipServletRequest> answer = request -> {
            SipServletResponse response = request.createResponse(Integer.parseInt(request.getHeader("X-Status")));
            response.setAddressHeader(
                    "Contact", exchange.factory().createAddress("<sip:other@10.1.1.1:9;maddr=10.1.1.2>"));
            response.send();
        };
        script.onRequest("doInvite", answer);
        script.onRequest("doRegister", answer);
        script.onRequest("doOptions", answer);
        assertContactIsFree("INVITE", 302);
        assertContactIsFree("INVITE", 485);
        assertContactIsFree("REGISTER", 200);
        assertContactIsFree("OPTIONS", 200);
    }

    private void assertContactIsFree(String method, int status) {
        alice.request(method).header("X-Status", status).send();
        assertThat(alice.hears(status, method).headers("Contact"))
                .containsExactly("<sip:other@10.1.1.1:9;maddr=10.1.1.2>");
    }
}
