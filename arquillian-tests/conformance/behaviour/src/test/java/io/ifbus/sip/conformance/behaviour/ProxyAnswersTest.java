// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.container.Proves;
import java.time.Duration;
import java.util.List;
import javax.servlet.sip.Proxy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which answers a proxy passes on (JSR 289 sections 10.2.3 and 10.2.4). */
class ProxyAnswersTest {
    @RegisterExtension
    static final Exchange exchange = Exchange.usual();

    private static final Duration A_WHILE = Duration.ofMillis(400);

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

    private void proxyToBobAndCarol(Script.Act<Proxy> settings) {
        script.onRequest("doInvite", invite -> {
            Proxy proxy = invite.getProxy();
            settings.on(proxy);
            proxy.proxyTo(List.of(exchange.uri(bob), exchange.uri(carol)));
        });
    }

    private Message heardFrom(Phone phone, int status) {
        return alice.hears(
                status + " of " + phone.name(),
                message -> message.status() == status && phone.name().equals(message.toTag()));
    }

    @Test
    @Proves("J-10.2.4-b")
    void theOtherPhonesStopRingingWhenOneHasAnswered() {
        proxyToBobAndCarol(proxy -> {});
        alice.invites();
        Message atBob = bob.hears("INVITE");
        Message atCarol = carol.hears("INVITE");
        carol.answers(atCarol, 180);
        heardFrom(carol, 180);
        bob.accepts(atBob);
        heardFrom(bob, 200);
        carol.answers(carol.hears("CANCEL"), 200);
        carol.answers(atCarol, 487);
        carol.hears("ACK");
        alice.hearsNo(487, A_WHILE);
    }

    @Test
    @Proves("J-10.2.4-b")
    void theOtherPhonesStopRingingWhenOneHasDeclinedForAll() {
        proxyToBobAndCarol(proxy -> {});
        alice.invites();
        Message atBob = bob.hears("INVITE");
        Message atCarol = carol.hears("INVITE");
        carol.answers(atCarol, 180);
        heardFrom(carol, 180);
        bob.answers(atBob, 603);
        carol.answers(carol.hears("CANCEL"), 200);
        carol.answers(atCarol, 487);
        alice.hears(603);
    }

    @Test
    @Proves("J-10.2.4-b")
    void theOtherPhonesGoOnRingingWithNoCancel() {
        proxyToBobAndCarol(proxy -> proxy.setNoCancel(true));
        alice.invites();
        Message atBob = bob.hears("INVITE");
        Message atCarol = carol.hears("INVITE");
        carol.answers(atCarol, 180);
        heardFrom(carol, 180);
        bob.accepts(atBob);
        heardFrom(bob, 200);
        carol.hearsNo("CANCEL", A_WHILE);
    }

    @Test
    @Proves("J-10.2.4-c")
    void a6xxIsTheBestOfAllRefusals() {
        proxyToBobAndCarol(proxy -> proxy.setNoCancel(true));
        alice.invites();
        carol.answers(carol.hears("INVITE"), 404);
        alice.hearsNo(404, A_WHILE);
        bob.answers(bob.hears("INVITE"), 600);
        alice.hears(600);
        alice.hearsNo(404, A_WHILE);
    }

    @Test
    @Proves("J-10.2.4-c")
    void theLowestClassIsTheBestOfTheOtherRefusals() {
        proxyToBobAndCarol(proxy -> proxy.setRecurse(false));
        alice.invites();
        bob.answers(bob.hears("INVITE"), 503);
        carol.answers(carol.hears("INVITE"), 486);
        alice.hears(486);
        assertThat(alice.heard()).noneMatch(message -> message.status() == 503);

        alice.invites();
        bob.answer(bob.hears("INVITE"), 302)
                .header("Contact", "<sip:dave@127.0.0.1:9>")
                .send();
        carol.answers(carol.hears("INVITE"), 404);
        alice.hears(302);
        assertThat(alice.heard()).noneMatch(message -> message.status() == 404);
    }

    @Test
    @Proves("J-10.2.4-d")
    void aSupervisedProxyShowsEachAnswerBeforeItIsPassedOn() {
        proxyToBobAndCarol(proxy -> proxy.setSupervised(true));
        script.onResponse("doProvisionalResponse", ringing -> ringing.setHeader("X-Seen", "180"));
        script.onResponse("doSuccessResponse", ok -> ok.setHeader("X-Seen", "200"));
        alice.invites();
        Message atBob = bob.hears("INVITE");
        bob.answers(atBob, 180);
        assertThat(heardFrom(bob, 180).header("X-Seen")).isEqualTo("180");
        bob.accepts(atBob);
        assertThat(heardFrom(bob, 200).header("X-Seen")).isEqualTo("200");
    }

    @Test
    @Proves("J-10.2.4-d")
    void anUnsupervisedProxyDoesNotBotherTheApplication() {
        proxyToBobAndCarol(proxy -> proxy.setSupervised(false));
        alice.invites();
        Message atBob = bob.hears("INVITE");
        bob.answers(atBob, 180);
        heardFrom(bob, 180);
        carol.answers(carol.hears("INVITE"), 486);
        bob.accepts(atBob);
        heardFrom(bob, 200);
        assertThat(script.events("doProvisionalResponse", "doSuccessResponse", "doErrorResponse", "doBranchResponse"))
                .isEmpty();
    }

    @Test
    @Proves("J-10.2.4-e")
    void theApplicationTriesAnotherPhoneInsteadOfTheBestRefusal() {
        script.onRequest("doInvite", invite -> invite.getProxy().proxyTo(exchange.uri(bob)));
        script.onResponse("doErrorResponse", busy -> busy.getProxy().proxyTo(exchange.uri(carol)));
        alice.invites();
        bob.answers(bob.hears("INVITE"), 486);
        Message atCarol = carol.hears("INVITE");
        alice.hearsNo(486, A_WHILE);
        carol.accepts(atCarol);
        heardFrom(carol, 200);
        assertThat(alice.heard()).noneMatch(message -> message.status() == 486);
    }

    @Test
    @Proves("J-2.5-b")
    void anIntermediateRefusalIsABranchResponse() {
        proxyToBobAndCarol(proxy -> {});
        alice.invites();
        bob.answers(bob.hears("INVITE"), 486);
        assertThat(script.gets("doBranchResponse").response().getStatus()).isEqualTo(486);
        script.getsNo("doErrorResponse", A_WHILE);
        carol.answers(carol.hears("INVITE"), 503);
        assertThat(script.gets("doErrorResponse").response().getStatus()).isEqualTo(486);
        alice.hears(486);
    }

    @Test
    @Proves("J-10.2.4-a")
    void allProvisionalAnswersBut100AndEach200ArePassedOnAtOnce() {
        proxyToBobAndCarol(proxy -> proxy.setNoCancel(true));
        alice.invites();
        Message atBob = bob.hears("INVITE");
        Message atCarol = carol.hears("INVITE");
        bob.answer(atBob, 100).header("X-From", "bob").send();
        bob.answers(atBob, 180);
        heardFrom(bob, 180);
        carol.answers(atCarol, 183);
        heardFrom(carol, 183);
        bob.accepts(atBob);
        heardFrom(bob, 200);
        carol.accepts(atCarol);
        heardFrom(carol, 200);
        assertThat(alice.heard()).noneMatch(message -> message.status() == 100 && message.header("X-From") != null);
    }
}
