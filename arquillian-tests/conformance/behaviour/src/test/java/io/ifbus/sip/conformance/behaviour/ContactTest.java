// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.container.Proves;
import java.util.List;
import javax.servlet.sip.Address;
import javax.servlet.sip.SipServletMessage;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.SipURI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Addresses and their headers (JSR 289 chapter 4). */
class ContactTest {
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
    @Proves("J-4.1-a")
    void whatIsSetOnAnAddressIsSent() throws Exception {
        SipServletRequest register = exchange.request("REGISTER", bob);
        Address contact = exchange.factory().createAddress("<sip:us@10.1.1.1>");
        contact.setQ(0.5f);
        contact.setExpires(90);
        contact.setDisplayName("Desk \"7\", hall");
        register.addAddressHeader("Contact", contact, true);
        Address plain = exchange.factory().createAddress("<sip:us@10.1.1.2>");
        plain.setDisplayName("Desk");
        register.addAddressHeader("Contact", plain, false);
        exchange.sends(register);
        List<String> contacts = bob.hears("REGISTER").headers("Contact");
        assertThat(contacts).hasSize(2);
        assertThat(contacts.get(0))
                .startsWith("\"Desk \\\"7\\\", hall\" <sip:us@10.1.1.1>")
                .containsPattern(";q=0\\.5\\b")
                .contains(";expires=90");
        assertThat(contacts.get(1)).matches("(Desk|\"Desk\") ?<sip:us@10.1.1.2>");
    }

    private static void decorate(SipServletMessage message) throws Exception {
        Address contact = message.getAddressHeader("Contact");
        contact.setDisplayName("Front desk");
        contact.setParameter("room", "7");
        SipURI uri = (SipURI) contact.getURI();
        uri.setUser("desk");
        uri.setParameter("shelf", "8");
    }

    private void assertDecorated(Message message) {
        assertThat(message.header("Contact")).startsWith("\"Front desk\" <").endsWith(";room=7");
        assertThat(message.uri("Contact"))
                .startsWith("sip:desk@127.0.0.1:" + exchange.port())
                .contains(";shelf=8");
    }

    @Test
    @Proves("J-4.1.3-a")
    void theApplicationDecoratesTheContactOfItsInvite() throws Exception {
        SipServletRequest invite = exchange.request("INVITE", bob);
        decorate(invite);
        exchange.sends(invite);
        assertDecorated(bob.hears("INVITE"));
    }

    @Test
    @Proves("J-4.1.3-a")
    void theApplicationDecoratesTheContactOfItsAnswer() {
        script.onRequest("doInvite", invite -> {
            SipServletResponse ok = invite.createResponse(200);
            decorate(ok);
            ok.send();
        });
        alice.invites();
        assertDecorated(alice.hears(200));
    }

    /** Does what may be refused, and need not be. */
    private static void tries(Runnable change) {
        try {
            change.run();
        } catch (IllegalArgumentException | IllegalStateException refused) {
            assertThat(refused).isNotNull();
        }
    }

    @Test
    @Proves("J-4.1.3-b")
    void whatTheContainerNeedsInItsContactIsNotChanged() throws Exception {
        SipServletRequest invite = exchange.request("INVITE", bob);
        SipURI uri = (SipURI) invite.getAddressHeader("Contact").getURI();
        tries(() -> uri.setHost("10.1.1.1"));
        tries(() -> uri.setPort(9));
        tries(() -> uri.setMethodParam("BYE"));
        tries(() -> uri.setTTLParam(3));
        tries(() -> uri.setMAddrParam("10.1.1.2"));
        tries(() -> uri.setLrParam(true));
        tries(() -> uri.setParameter("maddr", "10.1.1.3"));
        exchange.sends(invite);
        assertThat(bob.hears("INVITE").uri("Contact"))
                .contains("127.0.0.1:" + exchange.port())
                .doesNotContain("10.1.1.", "method", "ttl", "maddr", ";lr");
    }
}
