// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ifbus.sip.container.Proves;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.servlet.sip.Proxy;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A proxy that stays in the path of a dialog, or of the requests to a registered phone (JSR 289 sections 10.2, 10.5). */
class RecordRouteTest {
    @RegisterExtension
    static final Exchange exchange = Exchange.usual();

    private static final Duration A_WHILE = Duration.ofMillis(400);

    private Script script;
    private Phone alice;
    private Phone bob;

    @BeforeEach
    void scene() {
        script = exchange.script();
        alice = exchange.phone("alice");
        bob = exchange.phone("bob");
    }

    private void proxyToBob(Script.Act<Proxy> settings) {
        script.onRequest("doInvite", invite -> {
            if (invite.isInitial()) {
                Proxy proxy = invite.getProxy();
                settings.on(proxy);
                proxy.proxyTo(exchange.uri(bob));
            }
        });
    }

    @Test
    @Proves("J-10.2-f")
    void theDialogOfACallThatWasOnlyForwardedPassesBy() {
        proxyToBob(proxy -> {});
        alice.invites();
        Message atBob = bob.hears("INVITE");
        assertThat(atBob.header("Record-Route")).isNull();
        bob.accepts(atBob);
        Message ok = alice.hears(200);
        assertThat(ok.header("Record-Route")).isNull();
        alice.dialogBy(ok).acks();
        bob.hears("ACK");
        bob.answers(bobHearsBye(ok), 200);
        alice.hears(200, "BYE");
        assertThat(script.events("doAck", "doBye")).isEmpty();
    }

    private Message bobHearsBye(Message ok) {
        alice.dialogBy(ok).sends("BYE");
        return bob.hears("BYE");
    }

    @Test
    @Proves("J-10.2-g")
    void whatIsWrittenIntoTheRecordRouteComesBack() {
        proxyToBob(proxy -> {
            proxy.setRecordRoute(true);
            proxy.getRecordRouteURI().setParameter("shelf", "7");
        });
        alice.invites();
        Message atBob = bob.hears("INVITE");
        assertThat(atBob.header("Record-Route")).contains("shelf=7");
        bob.accepts(atBob);
        Dialog ofAlice = alice.dialogBy(alice.hears(200));
        script.onRequest("doAck", ack -> assertThat(ack.getParameter("shelf")).isEqualTo("7"));
        ofAlice.acks();
        script.gets("doAck");
        script.onRequest("doBye", bye -> assertThat(bye.getParameter("shelf")).isEqualTo("7"));
        bob.dialogOf(atBob).sends("BYE");
        script.gets("doBye");
        alice.hears("BYE");
    }

    @Test
    @Proves("J-10.2-g")
    void thereIsNoRecordRouteWithoutRecordRouting() {
        script.onRequest("doInvite", invite -> {
            assertThatThrownBy(invite.getProxy()::getRecordRouteURI).isInstanceOf(IllegalStateException.class);
            invite.createResponse(486).send();
        });
        alice.invites();
        alice.hears(486);
    }

    @Test
    @Proves("J-6.2.2.1-b")
    void aSessionThatIsProxiedMakesNoRequests() {
        proxyToBob(proxy -> proxy.setRecordRoute(true));
        AtomicReference<SipSession> session = new AtomicReference<>();
        script.onRequest("doAck", ack -> {
            session.set(ack.getSession());
            assertThatThrownBy(() -> ack.getSession().createRequest("INFO")).isInstanceOf(IllegalStateException.class);
        });
        alice.invites();
        bob.accepts(bob.hears("INVITE"));
        alice.dialogBy(alice.hears(200)).acks();
        script.gets("doAck");
        assertThat(session.get()).isNotNull();
        bob.hearsNo("INFO", A_WHILE);
    }

    @Test
    @Proves("J-6.2.1-a")
    void theSessionOfARecordRoutingProxyFollowsTheDialog() {
        proxyToBob(proxy -> {
            proxy.setRecordRoute(true);
            SipServletRequest invite = proxy.getOriginalRequest();
            assertThat(invite.getSession().getState()).isEqualTo(SipSession.State.INITIAL);
        });
        alice.invites();
        SipSession session = script.gets("doInvite").request().getSession();
        Message atBob = bob.hears("INVITE");
        bob.answers(atBob, 180);
        alice.hears(180);
        assertThat(session.getState()).isEqualTo(SipSession.State.EARLY);
        bob.accepts(atBob);
        Dialog ofAlice = alice.dialogBy(alice.hears(200));
        assertThat(session.getState()).isEqualTo(SipSession.State.CONFIRMED);
        ofAlice.acks();
        session.setInvalidateWhenReady(false);
        ofAlice.sends("BYE");
        bob.answers(bob.hears("BYE"), 200);
        alice.hears(200, "BYE");
        assertThat(List.of(session.getState())).containsExactly(SipSession.State.TERMINATED);
    }

    @Test
    @Proves("J-10.2-e")
    void requestsOfBothDirectionsPassARecordRoutingApplication() {
        proxyToBob(proxy -> proxy.setRecordRoute(true));
        alice.invites();
        Message atBob = bob.hears("INVITE");
        assertThat(atBob.headers("Record-Route")).hasSize(1).allSatisfy(route -> assertThat(route)
                .contains("127.0.0.1:" + exchange.port(), ";lr"));
        bob.accepts(atBob);
        Dialog ofAlice = alice.dialogBy(alice.hears(200));
        ofAlice.acks();
        bob.hears("ACK");
        script.gets("doAck");

        Dialog ofBob = bob.dialogOf(atBob);
        ofBob.sends("INFO");
        script.gets("doInfo");
        alice.answers(alice.hears("INFO"), 200);
        bob.hears(200, "INFO");

        script.gets("doInvite");
        ofAlice.sends("INVITE");
        script.gets("doInvite");
        bob.accepts(bob.hears("INVITE"));
        alice.hears(200);
        ofAlice.acks();
        bob.hears("ACK");
        script.gets("doAck");

        ofBob.sends("BYE");
        script.gets("doBye");
        alice.answers(alice.hears("BYE"), 200);
        bob.hears(200, "BYE");
    }

    @Test
    @Proves("J-10.5-a")
    void whatIsWrittenIntoThePathOfARegistrationComesBackWithACall() {
        script.onRequest("doRegister", register -> {
            Proxy proxy = register.getProxy();
            proxy.setAddToPath(true);
            proxy.getPathURI().setParameter("shelf", "8");
            proxy.proxyTo(exchange.uri(bob));
        });
        alice.request("REGISTER").header("Supported", "path").send();
        Message atBob = bob.hears("REGISTER");
        assertThat(atBob.header("Path")).contains("127.0.0.1:" + exchange.port(), "shelf=8", ";lr");
        bob.answer(atBob, 200).header("Path", atBob.header("Path")).send();
        alice.hears(200);

        script.onRequest("doInvite", invite -> {
            assertThat(invite.getParameter("shelf")).isEqualTo("8");
            invite.getProxy().proxyTo(invite.getRequestURI());
        });
        bob.request("INVITE")
                .requestUri(alice.uri())
                .header("Route", atBob.header("Path"))
                .send();
        alice.hears("INVITE");
    }
}
