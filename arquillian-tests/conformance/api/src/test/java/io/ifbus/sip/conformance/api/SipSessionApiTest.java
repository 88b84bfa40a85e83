// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.container.Proves;
import io.ifbus.sip.container.RawPeer;
import java.util.Collections;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.SipSession;
import javax.servlet.sip.SipSession.State;
import javax.servlet.sip.ar.SipApplicationRoutingRegion;
import org.junit.jupiter.api.Test;

class SipSessionApiTest extends ApiScene {
    private static SipSession session() throws Exception {
        return outgoing("INVITE").getSession();
    }

    @Test
    @Proves({
        "SipSession",
        "SipSession.getId",
        "SipSession.getCallId",
        "SipSession.getApplicationSession",
        "SipSession.getCreationTime",
        "SipSession.getServletContext",
        "SipSession.isValid"
    })
    void aSessionKnowsWhatItBelongsTo() throws Exception {
        long before = System.currentTimeMillis();
        SipServletRequest invite = outgoing("INVITE");
        SipSession session = invite.getSession();

        assertThat(SipSession.class).isInterface();
        assertThat(session.getId()).isNotBlank().isNotEqualTo(session().getId());
        assertThat(session.getCallId()).isEqualTo(invite.getCallId());
        assertThat(session.getApplicationSession()).isEqualTo(invite.getApplicationSession());
        assertThat(session.getCreationTime()).isBetween(before, System.currentTimeMillis());
        assertThat(session.getServletContext().getAttribute("javax.servlet.sip.SipFactory"))
                .isSameAs(factory);
        assertThat(session.isValid()).isTrue();
    }

    @Test
    @Proves({
        "SipSession.getAttribute",
        "SipSession.setAttribute",
        "SipSession.removeAttribute",
        "SipSession.getAttributeNames"
    })
    void aSessionCarriesAttributes() throws Exception {
        SipSession session = session();
        session.setAttribute("a", 1);
        session.setAttribute("b", "two");
        session.setAttribute("a", 2);
        session.removeAttribute("absent");

        assertThat(session.getAttribute("a")).isEqualTo(2);
        assertThat(session.getAttribute("absent")).isNull();
        assertThat(Collections.list(session.getAttributeNames())).containsExactlyInAnyOrder("a", "b");
        session.removeAttribute("a");
        assertThat(session.getAttribute("a")).isNull();
        assertThat(Collections.list(session.getAttributeNames())).containsExactly("b");
        assertThatThrownBy(() -> session.setAttribute(null, 1)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> session.setAttribute("a", null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> session.getAttribute(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    @Proves({"SipSession.getLocalParty", "SipSession.getRemoteParty"})
    void thePartiesAreSeenFromHere() throws Exception {
        SipServletRequest invite = outgoing("INVITE");
        assertThat(invite.getSession().getLocalParty().getURI())
                .isEqualTo(invite.getFrom().getURI());
        assertThat(invite.getSession().getRemoteParty().getURI())
                .isEqualTo(invite.getTo().getURI());
        check(request("OPTIONS"), request -> {
            assertThat(request.getSession().getLocalParty().getURI())
                    .isEqualTo(request.getTo().getURI());
            assertThat(request.getSession().getRemoteParty().getURI())
                    .isEqualTo(request.getFrom().getURI());
        });
    }

    @Test
    @Proves({"SipSession.State", "SipSession.getState", "SipSession.createRequest"})
    void theStateOfACallerIsThatOfItsDialog() throws Exception {
        assertThat(State.values()).containsExactly(State.INITIAL, State.EARLY, State.CONFIRMED, State.TERMINATED);
        SipServletRequest invite = outgoing("INVITE");
        SipSession session = invite.getSession();
        assertThat(session.getState()).isEqualTo(State.INITIAL);
        invite.send();
        String received = heard("INVITE", invite);
        peer.send(peer.response(received, 180, "Ringing", ""), container.port);
        assertThat(Script.response(invite.getCallId()).getSession().getState()).isEqualTo(State.EARLY);
        peer.send(peer.response(received, 200, "OK", ""), container.port);
        SipServletResponse ok = Script.response(invite.getCallId());
        assertThat(session.getState()).isEqualTo(State.CONFIRMED);
        ok.createAck().send();
        SipServletRequest info = session.createRequest("INFO");
        assertThat(info.getSession()).isEqualTo(session);
        info.send();
        String second = heard("INFO", invite);
        assertThat(second).contains("CSeq: 2 INFO", "tag=raw-uas");
        peer.send(peer.response(second, 200, "OK", ""), container.port);
        Script.response(invite.getCallId());
        session.createRequest("BYE").send();
        session.setInvalidateWhenReady(false);
        peer.send(peer.response(heard("BYE", invite), 200, "OK", ""), container.port);
        Script.response(invite.getCallId());
        await().untilAsserted(() -> assertThat(session.getState()).isEqualTo(State.TERMINATED));
        assertThatThrownBy(() -> session.createRequest("INFO")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Proves("SipSession.createRequest")
    void ackAndCancelAreNotMadeByTheSession() throws Exception {
        SipSession session = session();

        assertThatThrownBy(() -> session.createRequest("ACK")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> session.createRequest("CANCEL")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Proves("SipSession.createRequest")
    void aMethodIsAToken() throws Exception {
        SipSession session = session();

        assertThatThrownBy(() -> session.createRequest("NO METHOD")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> session.createRequest("")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Proves({"SipSession.invalidate", "SipSession.isValid"})
    void anInvalidatedSessionCanBeUsedForNothing() throws Exception {
        SipSession session = session();
        session.invalidate();

        assertThat(session.isValid()).isFalse();
        assertThatThrownBy(session::invalidate).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> session.createRequest("INFO")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> session.setAttribute("a", 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> session.getAttribute("a")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> session.removeAttribute("a")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(session::getAttributeNames).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(session::getState).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(session::isReadyToInvalidate).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(session::getInvalidateWhenReady).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> session.setInvalidateWhenReady(true)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> session.setHandler("Script")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Proves("SipSession.invalidate")
    void aSessionInACallCannotBeInvalidated() throws Exception {
        String invite = request("INVITE");
        SipSession session = inServlet(invite, request -> {
            request.createResponse(180).send();
            return request.getSession();
        });
        heard("SIP/2.0 180", invite);
        assertThatThrownBy(session::invalidate).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Proves({"SipSession.getRegion", "SipSession.getSubscriberURI"})
    void aSessionOfAnInitialRequestKnowsItsRegion() throws Exception {
        check(request("OPTIONS"), request -> {
            assertThat(request.getSession().getRegion().getType())
                    .isEqualTo(SipApplicationRoutingRegion.TERMINATING_REGION.getType());
            assertThat(request.getSession().getSubscriberURI())
                    .isEqualTo(request.getTo().getURI());
        });
    }

    @Test
    @Proves({"SipSession.getRegion", "SipSession.getSubscriberURI"})
    void aSessionWithoutAnInitialRequestHasNoRegion() throws Exception {
        SipSession session = session();
        assertThatThrownBy(session::getRegion).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(session::getSubscriberURI).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Proves("SipSession.getLastAccessedTime")
    void aRequestOfTheClientIsAnAccess() throws Exception {
        String invite = request("INVITE");
        SipSession session = inServlet(invite, request -> {
            request.createResponse(200).send();
            return request.getSession();
        });
        String tag = RawPeer.toTag(heard("SIP/2.0 200", invite));
        peer.send(peer.request("ACK", container.port, callId(invite), tag, 1, ""), container.port);
        long first = session.getLastAccessedTime();
        assertThat(first).isBetween(session.getCreationTime(), System.currentTimeMillis());
        await().until(() -> System.currentTimeMillis() > first + 20);
        session.setAttribute("a", 1);
        peer.send(peer.request("INFO", container.port, callId(invite), tag, 2, ""), container.port);
        peer.awaitOk("INFO", callId(invite));
        assertThat(session.getLastAccessedTime()).isGreaterThan(first);
        peer.send(peer.request("BYE", container.port, callId(invite), tag, 3, ""), container.port);
    }
}
