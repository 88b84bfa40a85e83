// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ifbus.sip.container.Proves;
import java.time.Duration;
import java.util.List;
import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.SipSession;
import javax.servlet.sip.SipURI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An application that calls (JSR 289 sections 6.2 and 11.1). */
class UserAgentClientTest {
    @RegisterExtension
    static final Exchange exchange = Exchange.usual();

    private static final Duration A_WHILE = Duration.ofMillis(400);

    private Script script;
    private Phone bob;
    private Phone carol;

    @BeforeEach
    void scene() {
        script = exchange.script();
        bob = exchange.phone("bob");
        carol = exchange.phone("carol");
    }

    private SipServletRequest callsBob() throws Exception {
        return exchange.sends(exchange.request("INVITE", bob));
    }

    @Test
    @Proves("J-11.1.1-a")
    void aRequestOfTheFactoryIsAnInitialRequestOfItsApplicationSession() throws Exception {
        SipApplicationSession session = exchange.factory().createApplicationSession();
        SipServletRequest first = exchange.factory().createRequest(session, "INVITE", "sip:us@127.0.0.1", bob.uri());
        SipServletRequest second = exchange.factory().createRequest(session, "INVITE", "sip:us@127.0.0.1", bob.uri());
        assertThat(first.isInitial()).isTrue();
        assertThat(first.getApplicationSession().getId()).isEqualTo(session.getId());
        assertThat(first.getSession().getId()).isNotEqualTo(second.getSession().getId());
        exchange.sends(first);
        exchange.sends(second);
        Message one = bob.hears("INVITE");
        Message two = bob.hears("INVITE");
        assertThat(one.callId()).isNotEmpty().isNotEqualTo(two.callId());
        assertThat(one.fromTag()).isNotEmpty().isNotEqualTo(two.fromTag());
        assertThat(one.toTag()).isNull();
        assertThat(one.cseq()).isPositive();
        assertThat(one.uri("From")).isEqualTo("sip:us@127.0.0.1");
        assertThat(one.uri("To")).isEqualTo(bob.uri());
        assertThat(one.requestUri()).isEqualTo(bob.uri());
    }

    @Test
    @Proves("J-11.1.3-a")
    void aRouteIsPushedOnInitialRequestsAlone() throws Exception {
        SipServletRequest invite = exchange.request("INVITE", bob);
        SipURI viaCarol = exchange.uri(carol);
        viaCarol.setLrParam(true);
        invite.pushRoute(viaCarol);
        exchange.sends(invite);
        Message atCarol = carol.hears("INVITE");
        assertThat(atCarol.requestUri()).isEqualTo(bob.uri());
        assertThat(atCarol.uri("Route")).isEqualTo(carol.uri() + ";lr");
        bob.hearsNo("INVITE", A_WHILE);
        carol.accepts(atCarol);
        SipServletResponse ok = script.gets("doSuccessResponse").response();
        exchange.sends(ok.createAck());
        SipServletRequest info = ok.getSession().createRequest("INFO");
        assertThatThrownBy(() -> info.pushRoute(viaCarol)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Proves("J-11.1-a")
    void a2xxToInviteIsAcknowledgedOnceAndNothingElseIs() throws Exception {
        callsBob();
        Message invite = bob.hears("INVITE");
        bob.answers(invite, 180);
        SipServletResponse ringing = script.gets("doProvisionalResponse").response();
        assertThatThrownBy(ringing::createAck).isInstanceOf(IllegalStateException.class);
        bob.accepts(invite);
        SipServletResponse ok = script.gets("doSuccessResponse").response();
        exchange.sends(ok.createAck());
        Message ack = bob.hears("ACK");
        assertThat(ack.cseq()).isEqualTo(invite.cseq());
        assertThat(ack.callId()).isEqualTo(invite.callId());
        assertThat(ack.fromTag()).isEqualTo(invite.fromTag());
        assertThat(ack.toTag()).isEqualTo("bob");
        assertThat(ack.requestUri()).isEqualTo(bob.uri());
        assertThatThrownBy(ok::createAck).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Proves("J-11.1-b")
    void aCancelWaitsForAProvisionalAnswer() throws Exception {
        SipServletRequest invite = callsBob();
        Message atBob = bob.hears("INVITE");
        exchange.inOrder(invite.getApplicationSession(), () -> {
            invite.createCancel().send();
            return null;
        });
        bob.hearsNo("CANCEL", A_WHILE);
        bob.answers(atBob, 180);
        Message cancel = bob.hears("CANCEL");
        assertThat(cancel.branch()).isEqualTo(atBob.branch());
        bob.answers(cancel, 200);
        bob.answers(atBob, 487);
        assertThat(script.gets("doErrorResponse").response().getStatus()).isEqualTo(487);
    }

    @Test
    @Proves("J-6.2.3.2-a")
    void aFurtherDialogHasASessionDerivedFromTheFirst() throws Exception {
        SipServletRequest invite = exchange.request("INVITE", bob);
        SipSession original = invite.getSession();
        original.setAttribute("order", "pizza");
        original.setHandler("Deputy");
        exchange.sends(invite);
        Message atBob = bob.hears("INVITE");
        bob.answerAs("desk", atBob, 180).send();
        SipServletResponse first = script.gets("doProvisionalResponse").response();
        bob.answerAs("mobile", atBob, 180).send();
        Script.Event event = script.gets("doProvisionalResponse");
        SipSession derived = event.response().getSession();
        assertThat(event.servlet()).isEqualTo("Deputy");
        assertThat(first.getSession().getId()).isEqualTo(original.getId());
        assertThat(derived.getId()).isNotEqualTo(original.getId());
        assertThat(derived.getAttribute("order")).isEqualTo("pizza");
        assertThat(derived.getApplicationSession().getId())
                .isEqualTo(original.getApplicationSession().getId());
        exchange.sends(derived.createRequest("INFO"));
        assertThat(bob.hears("INFO").toTag()).isEqualTo("mobile");
        exchange.sends(original.createRequest("INFO"));
        assertThat(bob.hears("INFO").toTag()).isEqualTo("desk");
    }

    @Test
    @Proves("J-12-b")
    void aRedirectionIsForTheApplicationToFollow() throws Exception {
        callsBob();
        bob.answer(bob.hears("INVITE"), 302)
                .header("Contact", "<" + carol.uri() + ">")
                .send();
        SipServletResponse moved = script.gets("doRedirectResponse").response();
        assertThat(moved.getStatus()).isEqualTo(302);
        assertThat(moved.getHeader("Contact")).contains(carol.uri());
        carol.hearsNo("INVITE", A_WHILE);
    }

    @Test
    @Proves("J-6.2.2.1-a")
    void aRequestOfAConfirmedSessionBelongsToItsDialog() throws Exception {
        callsBob();
        Message invite = bob.hears("INVITE");
        bob.answer(invite, 200)
                .header("Record-Route", "<sip:10.1.1.1;lr>")
                .header("Record-Route", "<sip:127.0.0.1:" + carol.port() + ";lr>")
                .body("application/sdp", Phone.SDP)
                .send();
        SipServletResponse ok = script.gets("doSuccessResponse").response();
        exchange.sends(ok.createAck());
        Message ack = carol.hears("ACK");
        assertThat(ack.headers("Route")).hasSize(2);
        exchange.sends(ok.getSession().createRequest("INFO"));
        Message info = carol.hears("INFO");
        exchange.sends(ok.getSession().createRequest("INFO"));
        Message next = carol.hears("INFO");
        for (Message request : List.of(info, next)) {
            assertThat(request.requestUri()).isEqualTo(bob.uri());
            assertThat(request.callId()).isEqualTo(invite.callId());
            assertThat(request.fromTag()).isEqualTo(invite.fromTag());
            assertThat(request.toTag()).isEqualTo("bob");
            assertThat(request.headers("Route").stream().map(Message::uriOf))
                    .containsExactly("sip:127.0.0.1:" + carol.port() + ";lr", "sip:10.1.1.1;lr");
        }
        assertThat(info.cseq()).isEqualTo(invite.cseq() + 1);
        assertThat(next.cseq()).isEqualTo(invite.cseq() + 2);
    }

    @Test
    @Proves("J-11.1-a")
    void aRefusalIsAcknowledgedByTheContainerAndNotByTheApplication() throws Exception {
        callsBob();
        bob.answers(bob.hears("INVITE"), 486);
        SipServletResponse busy = script.gets("doErrorResponse").response();
        assertThatThrownBy(busy::createAck).isInstanceOf(IllegalStateException.class);
        bob.hears("ACK");
    }
}
