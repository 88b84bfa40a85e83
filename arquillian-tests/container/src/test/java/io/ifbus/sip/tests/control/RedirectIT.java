// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.Phone;
import io.ifbus.sip.phones.RawMessage;
import io.ifbus.sip.phones.RawPeer;
import io.ifbus.sip.tests.calls.Story;
import io.ifbus.sip.tests.server.ApiCall;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Far sides that say: call there instead (RFC 3261 section 8.1.3.4). */
class RedirectIT {

    @RegisterExtension
    final Story story = new Story();

    private final Phone alice = story.phone("alice", 440);
    private final Phone bob = story.phone("bob", 660);
    private RawPeer desk;

    @BeforeEach
    void opens() throws IOException {
        desk = new RawPeer("desk");
    }

    @AfterEach
    void closes() {
        desk.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302})
    void areFollowed(int status) {
        ApiCall call = leg();
        desk.hears("INVITE").sends(redirection(status, "<" + bob.uri() + ">")).hears("ACK");
        bob.rings().answers();
        call.becomes("connected").hangUp().ends("completed", 200, "api");
        assertThat(call.look().text("to")).isEqualTo(desk.uri());
    }

    @Test
    void areFollowedForCallersToo() {
        alice.calls(story.server().sipUri(Integer.toString(desk.port())));
        desk.hears("INVITE").sends(redirection(302, "<" + bob.uri() + ">")).hears("ACK");
        bob.rings().answers();
        alice.talks().hearsTone(660);
        bob.talks().hearsTone(440);
        alice.hangsUp();
        bob.hears("BYE");
        story.inbound().ends("completed", 200, "caller");
    }

    @Test
    void theBestContactComesFirst() {
        Phone carol = story.phone("carol", 880);
        ApiCall call = leg();
        desk.hears("INVITE")
                .sends(redirection(302, "<" + carol.uri() + ">;q=0.2, <" + bob.uri() + ">;q=0.9"))
                .hears("ACK");
        bob.rings().answers();
        call.becomes("connected").hangUp().ends("completed", 200, "api");
        assertThat(carol.trace()).isEmpty();
    }

    @Test
    void theNextContactIsTriedWhenTheBestRefuses() {
        Phone carol = story.phone("carol", 880);
        ApiCall call = leg();
        desk.hears("INVITE")
                .sends(redirection(302, "<" + carol.uri() + ">;q=0.2, <" + bob.uri() + ">;q=0.9"))
                .hears("ACK");
        bob.rings().rejects(404);
        carol.rings().answers();
        call.becomes("connected").hangUp().ends("completed", 200, "api");
    }

    @Test
    void whoRefusesForAllIsBelieved() {
        Phone carol = story.phone("carol", 880);
        ApiCall call = leg();
        desk.hears("INVITE")
                .sends(redirection(302, "<" + bob.uri() + ">, <" + carol.uri() + ">"))
                .hears("ACK");
        bob.rings().rejects(603);
        call.ends("failed", 603, "callee");
        assertThat(carol.trace()).isEmpty();
    }

    @Test
    void toThemselvesAreNotFollowedForEver() {
        ApiCall call = leg();
        int invites = redirectsEach(call, false);
        assertThat(invites).isBetween(1, 2);
        call.ends("failed", 302, "callee");
    }

    @Test
    void areFollowedFiveTimesAndNoMore() {
        ApiCall call = leg();
        int invites = redirectsEach(call, true);
        assertThat(invites).isEqualTo(6);
        call.ends("failed", 302, "callee");
    }

    /** Redirects each INVITE that comes; to another user of the desk each time if so wanted. */
    private int redirectsEach(ApiCall call, boolean other) {
        return Stubborn.tries(desk, call, "INVITE", before -> {
            String contact = other ? desk.uri().replace("desk@", "desk" + before + "@") : desk.uri();
            desk.sends(redirection(302, "<" + contact + ">")).hears("ACK");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<tel:+15551234>", "<mailto:bob@example.com>"})
    void withoutASipContactAreARefusal(String contact) {
        alice.calls(story.server().sipUri(Integer.toString(desk.port())));
        desk.hears("INVITE");
        RawMessage response = desk.response(302, "Moved Temporarily");
        desk.sends(contact.isEmpty() ? response.without("Contact") : response.with("Contact", contact))
                .hears("ACK");
        alice.hears(480).isIdle();
        story.inbound().ends("failed", 302, "callee");
    }

    @Test
    void headersInAContactAreNotObeyed() {
        ApiCall call = leg();
        desk.hears("INVITE")
                .sends(redirection(302, "<" + bob.uri() + "?X-Evil=1&Subject=no>"))
                .hears("ACK");
        bob.rings();
        assertThat(bob.lastReceived("INVITE").text())
                .startsWith("INVITE " + bob.uri() + " SIP/2.0\r\n")
                .doesNotContain("X-Evil");
        bob.rejects(603);
        call.ends("failed", 603, "callee");
    }

    @Test
    void canBeHungUpOn() {
        ApiCall call = leg();
        desk.hears("INVITE").sends(redirection(302, "<" + bob.uri() + ">")).hears("ACK");
        bob.rings();
        call.hangUp();
        bob.hears("CANCEL").hears("ACK").isIdle();
        call.ends("cancelled", 200, "api");
    }

    private ApiCall leg() {
        return story.api().connect(alice.uri(), desk.uri(), Map.of("mode", "leg"));
    }

    private RawMessage redirection(int status, String contact) {
        return desk.response(status, "Moved").with("Contact", contact);
    }
}
