// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.container.Proves;
import java.util.Collections;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import org.junit.jupiter.api.Test;

class MessageStateApiTest extends ApiScene {
    @Test
    @Proves({
        "SipServletMessage.getAttribute",
        "SipServletMessage.setAttribute",
        "SipServletMessage.getAttributeNames",
        "SipServletMessage.removeAttribute"
    })
    void aMessageCarriesAttributes() throws Exception {
        check(request("OPTIONS"), request -> {
            assertThat(request.getAttribute("a")).isNull();
            request.setAttribute("a", 1);
            request.setAttribute("b", "two");
            assertThat(request.getAttribute("a")).isEqualTo(1);
            assertThat(Collections.list(request.getAttributeNames())).contains("a", "b");
            request.setAttribute("a", 2);
            request.removeAttribute("b");
            request.removeAttribute("absent");
            assertThat(request.getAttribute("a")).isEqualTo(2);
            assertThat(request.getAttribute("b")).isNull();
            assertThat(Collections.list(request.getAttributeNames()))
                    .contains("a")
                    .doesNotContain("b");
            assertThatThrownBy(() -> request.getAttribute(null)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> request.setAttribute(null, 1)).isInstanceOf(NullPointerException.class);
        });
    }

    @Test
    @Proves("SipServletMessage.removeAttribute")
    void theNameOfAnAttributeIsNeeded() throws Exception {
        check(request("OPTIONS"), request -> assertThatThrownBy(() -> request.removeAttribute(null))
                .isInstanceOf(NullPointerException.class));
    }

    @Test
    @Proves({
        "SipServletMessage.getLocalAddr",
        "SipServletMessage.getLocalPort",
        "SipServletMessage.getRemoteAddr",
        "SipServletMessage.getRemotePort",
        "SipServletMessage.getTransport",
        "SipServletMessage.getInitialRemoteAddr",
        "SipServletMessage.getInitialRemotePort",
        "SipServletMessage.getInitialTransport",
        "SipServletMessage.isSecure"
    })
    void aReceivedRequestTellsWhereItCameFrom() throws Exception {
        check(request("OPTIONS"), request -> {
            assertThat(request.getLocalAddr()).isEqualTo("127.0.0.1");
            assertThat(request.getLocalPort()).isEqualTo(container.port);
            assertThat(request.getRemoteAddr()).isEqualTo("127.0.0.1");
            assertThat(request.getRemotePort()).isEqualTo(peer.port());
            assertThat(request.getTransport()).isEqualToIgnoringCase("UDP");
            assertThat(request.getInitialRemoteAddr()).isEqualTo("127.0.0.1");
            assertThat(request.getInitialRemotePort()).isEqualTo(peer.port());
            assertThat(request.getInitialTransport()).isEqualToIgnoringCase("UDP");
            assertThat(request.isSecure()).isFalse();
        });
    }

    @Test
    @Proves({
        "SipServletMessage.getLocalAddr",
        "SipServletMessage.getLocalPort",
        "SipServletMessage.getRemoteAddr",
        "SipServletMessage.getRemotePort",
        "SipServletMessage.getTransport"
    })
    void aReceivedResponseTellsWhereItCameFrom() throws Exception {
        SipServletResponse ok = answered(outgoing("OPTIONS"));

        assertThat(ok.getLocalAddr()).isEqualTo("127.0.0.1");
        assertThat(ok.getLocalPort()).isEqualTo(container.port);
        assertThat(ok.getRemoteAddr()).isEqualTo("127.0.0.1");
        assertThat(ok.getRemotePort()).isEqualTo(peer.port());
        assertThat(ok.getTransport()).isEqualToIgnoringCase("UDP");
    }

    private static SipServletResponse answered(SipServletRequest request) throws Exception {
        request.send();
        peer.send(peer.response(heard(request.getMethod(), request), 200, "OK", ""), container.port);
        return Script.response(request.getCallId());
    }

    @Test
    @Proves({"SipServletMessage.getInitialRemoteAddr", "SipServletMessage.getInitialTransport"})
    void aRequestMadeHereCameFromNowhere() throws Exception {
        SipServletRequest options = outgoing("OPTIONS");

        assertThat(options.getInitialRemoteAddr()).isNull();
        assertThat(options.getInitialTransport()).isNull();
    }

    @Test
    @Proves("SipServletMessage.getInitialRemotePort")
    void aRequestMadeHereCameFromNoPort() throws Exception {
        assertThat(outgoing("OPTIONS").getInitialRemotePort()).isEqualTo(-1);
    }

    @Test
    @Proves({"SipServletMessage.getRemoteAddr", "SipServletMessage.getRemotePort", "SipServletMessage.getTransport"})
    void aRequestMadeHereHasNoPeerYet() throws Exception {
        SipServletRequest options = outgoing("OPTIONS");

        assertThat(options.getRemoteAddr()).isNull();
        assertThat(options.getRemotePort()).isEqualTo(-1);
        assertThat(options.getTransport()).isNull();
    }

    @Test
    @Proves({
        "SipServletMessage.getSession",
        "SipServletMessage.getSession-boolean",
        "SipServletMessage.getApplicationSession",
        "SipServletMessage.getApplicationSession-boolean"
    })
    void allMessagesOfADialogHaveItsSession() throws Exception {
        SipServletRequest options = outgoing("OPTIONS");
        SipServletResponse ok = answered(options);

        assertThat(options.getSession(false)).isNotNull().isEqualTo(options.getSession());
        assertThat(ok.getSession()).isEqualTo(options.getSession());
        assertThat(ok.getSession(true).getId()).isEqualTo(options.getSession().getId());
        assertThat(ok.getApplicationSession()).isEqualTo(options.getApplicationSession());
        assertThat(ok.getApplicationSession(false)).isEqualTo(options.getApplicationSession(true));
        check(request("OPTIONS"), request -> {
            assertThat(request.getSession().getCallId()).isEqualTo(request.getCallId());
            assertThat(request.getSession(false)).isEqualTo(request.getSession());
            assertThat(request.getApplicationSession())
                    .isEqualTo(request.getSession().getApplicationSession())
                    .isNotEqualTo(options.getApplicationSession());
            assertThat(request.getApplicationSession(false)).isEqualTo(request.getApplicationSession());
        });
    }

    @Test
    @Proves({"SipServletMessage.isCommitted", "SipServletMessage.send"})
    void aRequestIsCommittedOnceItIsSentOrAnswered() throws Exception {
        SipServletRequest options = outgoing("OPTIONS");
        assertThat(options.isCommitted()).isFalse();
        SipServletResponse ok = answered(options);
        assertThat(options.isCommitted()).isTrue();
        assertThat(ok.isCommitted()).isTrue();
        assertThatThrownBy(options::send).isInstanceOf(IllegalStateException.class);

        String incoming = request("OPTIONS");
        check(incoming, request -> {
            SipServletResponse answer = request.createResponse(200);
            assertThat(answer.isCommitted()).isFalse();
            answer.send();
            assertThat(request.isCommitted()).isTrue();
            assertThatThrownBy(answer::send).isInstanceOf(IllegalStateException.class);
        });
        assertThat(heard("SIP/2.0 200", incoming)).contains("OPTIONS");
    }

    @Test
    @Proves("SipServletMessage.isCommitted")
    void a200OfAnInviteIsCommittedByItsAck() throws Exception {
        SipServletRequest invite = outgoing("INVITE");
        SipServletResponse ok = answered(invite);

        assertThat(ok.isCommitted()).isFalse();
        inOrder(invite.getApplicationSession(), () -> {
            ok.createAck().send();
            return null;
        });
        await().until(ok::isCommitted);
        heard("ACK", invite);
    }

    @Test
    @Proves("SipServletMessage.isCommitted")
    void aResponseThatWasSentIsCommitted() throws Exception {
        check(request("OPTIONS"), request -> {
            SipServletResponse answer = request.createResponse(200);
            answer.send();
            assertThat(answer.isCommitted()).isTrue();
            assertThatThrownBy(() -> answer.setHeader("Subject", "x")).isInstanceOf(IllegalStateException.class);
        });
    }
}
