// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ifbus.sip.container.ApplicationDescriptor;
import io.ifbus.sip.container.Proves;
import java.time.Duration;
import java.util.List;
import javax.servlet.sip.Proxy;
import javax.servlet.sip.TooManyHopsException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An application that forwards calls to one or more phones (JSR 289 sections 10.1 and 10.2). */
class ProxyTest {
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

    @Test
    void aProxyHasTheDefaultsOfTheSpecification() {
        script.onRequest("doInvite", invite -> {
            Proxy proxy = invite.getProxy();
            assertThat(proxy.getRecurse()).isTrue();
            assertThat(proxy.getRecordRoute()).isFalse();
            assertThat(proxy.getParallel()).isTrue();
            assertThat(proxy.getSupervised()).isTrue();
            assertThat(proxy.getAddToPath()).isFalse();
            assertThat(proxy.getNoCancel()).isFalse();
            assertThat(proxy.getProxyTimeout()).isEqualTo(180);
            invite.createResponse(486).send();
        });
        alice.invites();
        alice.hears(486);
    }

    @Test
    @Proves("J-10.2-a")
    void inParallelAllPhonesRingAtOnce() {
        proxyToBobAndCarol(proxy -> proxy.setParallel(true));
        alice.invites();
        assertThat(bob.hears("INVITE").requestUri()).isEqualTo(bob.uri());
        assertThat(carol.hears("INVITE").requestUri()).isEqualTo(carol.uri());
    }

    @Test
    @Proves("J-10.2-b")
    void inSequenceTheNextPhoneRingsWhenTheOneBeforeHasRefused() {
        proxyToBobAndCarol(proxy -> proxy.setParallel(false));
        alice.invites();
        Message atBob = bob.hears("INVITE");
        bob.answers(atBob, 180);
        alice.hears(180);
        carol.hearsNo("INVITE", A_WHILE);

        bob.answers(atBob, 486);
        carol.accepts(carol.hears("INVITE"));
        alice.hears(200);
        alice.hearsNo(486, A_WHILE);
    }

    @Test
    @Proves("J-10.2-b")
    void inSequenceNoOtherPhoneRingsAfter6xx() {
        proxyToBobAndCarol(proxy -> proxy.setParallel(false));
        alice.invites();
        bob.answers(bob.hears("INVITE"), 603);
        alice.hears(603);
        carol.hearsNo("INVITE", A_WHILE);
    }

    @Test
    @Proves("J-10.2-b")
    void inSequenceTheNextPhoneRingsWhenTheOneBeforeHasTimedOut() {
        proxyToBobAndCarol(proxy -> {
            proxy.setParallel(false);
            proxy.setProxyTimeout(1);
        });
        alice.invites();
        Message atBob = bob.hears("INVITE");
        bob.answers(atBob, 180);
        Message cancel = bob.hears("CANCEL");
        assertThat(Duration.ofNanos(cancel.at() - atBob.at())).isGreaterThan(Duration.ofMillis(900));
        bob.answers(cancel, 200);
        bob.answers(atBob, 487);
        carol.accepts(carol.hears("INVITE"));
        alice.hears(200);
    }

    @Test
    @Proves("J-10.2-c")
    void aRequestThatMayNotGoFurtherIsNotProxied() {
        script.onRequest(
                "doInvite", invite -> assertThatThrownBy(invite::getProxy).isInstanceOf(TooManyHopsException.class));
        alice.request("INVITE").with("Max-Forwards", 0).send();
        script.gets("doInvite");
        bob.hearsNo("INVITE", A_WHILE);
    }

    @Test
    @Proves("J-10.2-c")
    void aRequestThatMayNotGoFurtherIsAnswered483() {
        script.onRequest("doInvite", invite -> {
            try {
                invite.getProxy().proxyTo(exchange.uri(bob));
            } catch (TooManyHopsException e) {
                throw new Script.Intended(e);
            }
        });
        alice.request("INVITE").with("Max-Forwards", 0).send();
        alice.hears(483);
    }

    @Test
    @Proves({"J-10.2-d", "J-12.1-a"})
    void whatABackToBackUserAgentHandlesCannotBeProxied() {
        script.onRequest("doInvite", invite -> {
            invite.getB2buaHelper();
            assertThatThrownBy(invite::getProxy).isInstanceOf(IllegalStateException.class);
            invite.createResponse(486).send();
        });
        alice.invites();
        alice.hears(486);
    }

    @Test
    @Proves("J-12.1-a")
    void whatIsProxiedIsNotForABackToBackUserAgent() {
        script.onRequest("doInvite", invite -> {
            invite.getProxy();
            assertThatThrownBy(invite::getB2buaHelper).isInstanceOf(IllegalStateException.class);
            invite.createResponse(486).send();
        });
        alice.invites();
        alice.hears(486);
    }

    @Test
    @Proves("J-10.2.6-a")
    void aCallerWhoGivesUpEndsTheRingingOfAllPhones() {
        proxyToBobAndCarol(proxy -> proxy.setParallel(true));
        Message invite = alice.invites();
        Message atBob = bob.hears("INVITE");
        Message atCarol = carol.hears("INVITE");
        bob.answers(atBob, 180);
        carol.answers(atCarol, 180);
        alice.hears("180 of bob", m -> m.status() == 180 && "bob".equals(m.toTag()));
        alice.hears("180 of carol", m -> m.status() == 180 && "carol".equals(m.toTag()));

        alice.cancels(invite);
        alice.hears(200, "CANCEL");
        script.gets("doCancel");
        bob.answers(bob.hears("CANCEL"), 200);
        bob.answers(atBob, 487);
        carol.answers(carol.hears("CANCEL"), 200);
        carol.answers(atCarol, 487);
        alice.hears(487, "INVITE");
    }

    @Test
    @Proves("J-10.2-d")
    void whatIsAnsweredCannotBeProxied() {
        script.onRequest("doInvite", invite -> {
            invite.createResponse(486).send();
            assertThatThrownBy(invite::getProxy).isInstanceOf(IllegalStateException.class);
        });
        alice.invites();
        alice.hears(486);
    }

    @Test
    @Proves("J-10.1-a")
    void aProxyHasTheTimeoutOfItsApplicationAndElseTheDefaults() throws Exception {
        exchange.deploysInstead(
                ApplicationDescriptor.of("test", null, List.of(Exchange.servlet("Attendant", 1)), List.of(), 7, 3));
        script.onRequest("doInvite", invite -> {
            Proxy proxy = invite.getProxy();
            assertThat(proxy.getProxyTimeout()).isEqualTo(7);
            assertThat(proxy.getRecurse()).isTrue();
            assertThat(proxy.getRecordRoute()).isFalse();
            assertThat(proxy.getParallel()).isTrue();
            assertThat(proxy.getSupervised()).isTrue();
            assertThat(proxy.getAddToPath()).isFalse();
            assertThat(proxy.getNoCancel()).isFalse();
            invite.createResponse(486).send();
        });
        alice.invites();
        alice.hears(486);
    }
}
