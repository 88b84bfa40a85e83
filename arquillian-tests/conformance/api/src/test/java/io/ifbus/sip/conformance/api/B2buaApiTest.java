// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ifbus.sip.container.Proves;
import io.ifbus.sip.container.RawPeer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.servlet.sip.B2buaHelper;
import javax.servlet.sip.SipServletMessage;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.SipSession;
import javax.servlet.sip.TooManyHopsException;
import javax.servlet.sip.UAMode;
import org.junit.jupiter.api.Test;

class B2buaApiTest extends ApiScene {
    private static SipServletRequest toPeer(SipServletRequest request) throws Exception {
        request.setRequestURI(factory.createURI("sip:callee@127.0.0.1:" + peer.port()));
        return request;
    }

    @Test
    @Proves({
        "B2buaHelper",
        "B2buaHelper.createRequest-SipServletRequest",
        "B2buaHelper.getLinkedSession",
        "B2buaHelper.getLinkedSipServletRequest"
    })
    void aNewLegIsACopyThatIsNotLinked() throws Exception {
        check(request("OPTIONS", "Subject: fire", "Record-Route: <sip:127.0.0.9;lr>"), incoming -> {
            B2buaHelper helper = incoming.getB2buaHelper();
            SipServletRequest leg = helper.createRequest(incoming);
            assertThat(B2buaHelper.class).isInterface();
            assertThat(leg.getMethod()).isEqualTo("OPTIONS");
            assertThat(leg.getHeader("Subject")).isEqualTo("fire");
            assertThat(leg.getHeader("Record-Route")).isNull();
            assertThat(leg.getHeaders("Via")).toIterable().noneMatch(via -> via.contains(":" + peer.port()));
            assertThat(leg.getFrom().getURI()).isEqualTo(incoming.getFrom().getURI());
            assertThat(leg.getFrom().getParameter("tag")).isNotBlank().isNotEqualTo("raw");
            assertThat(leg.getTo().getParameter("tag")).isNull();
            assertThat(leg.getCallId()).isNotEqualTo(incoming.getCallId());
            assertThat(leg.getApplicationSession()).isEqualTo(incoming.getApplicationSession());
            assertThat(helper.getLinkedSession(incoming.getSession())).isNull();
            assertThat(helper.getLinkedSipServletRequest(incoming)).isNull();
        });
    }

    @Test
    @Proves({"B2buaHelper.getLinkedSession", "B2buaHelper.getLinkedSipServletRequest"})
    void aLinkedLegLeadsToTheOtherOne() throws Exception {
        check(request("OPTIONS").replace("Max-Forwards: 70", "Max-Forwards: 30"), incoming -> {
            B2buaHelper helper = incoming.getB2buaHelper();
            Map<String, List<String>> headers = new HashMap<>();
            headers.put("From", List.of("\"Other\" <sip:other@example.com>;tag=ignored"));
            headers.put("To", List.of("<sip:callee@example.com>"));
            headers.put("Subject", List.of("water"));
            SipServletRequest leg = helper.createRequest(incoming, true, headers);
            assertThat(leg.getFrom().getURI()).hasToString("sip:other@example.com");
            assertThat(leg.getFrom().getParameter("tag")).isNotBlank().isNotEqualTo("ignored");
            assertThat(leg.getTo().getURI()).hasToString("sip:callee@example.com");
            assertThat(leg.getHeader("Subject")).isEqualTo("water");
            assertThat(leg.getMaxForwards()).isEqualTo(29);
            assertThat(helper.getLinkedSession(incoming.getSession())).isEqualTo(leg.getSession());
            assertThat(helper.getLinkedSession(leg.getSession())).isEqualTo(incoming.getSession());
            assertThat(helper.getLinkedSipServletRequest(incoming)).isEqualTo(leg);
            assertThat(helper.getLinkedSipServletRequest(leg)).isEqualTo(incoming);
        });
    }

    @Test
    void aSystemHeaderOfANewLegCannotBeGiven() throws Exception {
        check(request("OPTIONS"), incoming -> {
            B2buaHelper helper = incoming.getB2buaHelper();
            assertThatThrownBy(() -> helper.createRequest(incoming, true, Map.of("Call-ID", List.of("mine"))))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> helper.createRequest(null, true, null)).isInstanceOf(NullPointerException.class);
        });
    }

    @Test
    @Proves({"B2buaHelper.linkSipSessions", "B2buaHelper.unlinkSipSessions", "B2buaHelper.getLinkedSession"})
    void sessionsAreLinkedInPairs() throws Exception {
        check(request("OPTIONS"), incoming -> {
            B2buaHelper helper = incoming.getB2buaHelper();
            SipSession one = incoming.getSession();
            SipSession two =
                    outgoing(incoming.getApplicationSession(), "OPTIONS").getSession();
            SipSession three =
                    outgoing(incoming.getApplicationSession(), "OPTIONS").getSession();
            helper.linkSipSessions(one, two);
            helper.linkSipSessions(one, two);
            helper.linkSipSessions(two, one);
            assertThat(helper.getLinkedSession(one)).isEqualTo(two);
            assertThat(helper.getLinkedSession(two)).isEqualTo(one);
            assertThatThrownBy(() -> helper.linkSipSessions(one, three)).isInstanceOf(IllegalArgumentException.class);
            helper.unlinkSipSessions(two);
            assertThat(helper.getLinkedSession(one)).isNull();
            assertThat(helper.getLinkedSession(two)).isNull();
            helper.linkSipSessions(one, three);
            assertThat(helper.getLinkedSession(one)).isEqualTo(three);
            assertThatThrownBy(() -> helper.linkSipSessions(null, one)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> helper.unlinkSipSessions(null)).isInstanceOf(NullPointerException.class);
            SipSession foreign = outgoing("OPTIONS").getSession();
            assertThatThrownBy(() -> helper.linkSipSessions(two, foreign)).isInstanceOf(IllegalArgumentException.class);
        });
    }

    /** Two legs of a call: the peer's INVITE, the leg to it, and what the peer received there. */
    private record Legs(String invite, SipServletRequest incoming, SipServletRequest outgoing, String received) {
        B2buaHelper helper() {
            return incoming.getB2buaHelper();
        }
    }

    private static Legs legs() throws Exception {
        String invite = request("INVITE");
        CompletableFuture<SipServletRequest> out = new CompletableFuture<>();
        SipServletRequest incoming = inServlet(invite, request -> {
            out.complete(toPeer(request.getB2buaHelper().createRequest(request, true, null)));
            out.get().send();
            return request;
        });
        return new Legs(invite, incoming, out.get(), heard("INVITE", out.get()));
    }

    /** The leg to the peer has answered, and so has the incoming one; both have had their ACK. */
    private static String connect(Legs legs) throws Exception {
        CompletableFuture<SipServletResponse> ok = Script.onResponse(legs.outgoing.getCallId(), 200, response -> {
            response.createAck().send();
            legs.incoming.createResponse(200).send();
            return response;
        });
        peer.send(peer.response(legs.received, 200, "OK", ""), container.port);
        result(ok);
        heard("ACK", legs.outgoing);
        String tag = RawPeer.toTag(heard("SIP/2.0 200", legs.invite));
        check(peer.request("ACK", container.port, callId(legs.invite), tag, 1, ""), ack -> assertThat(ack.getMethod())
                .isEqualTo("ACK"));
        return tag;
    }

    @Test
    @Proves("B2buaHelper.createCancel")
    void theInviteOfTheOtherLegIsCancelled() throws Exception {
        Legs legs = legs();
        CompletableFuture<SipServletResponse> ringing = Script.onResponse(legs.outgoing.getCallId(), 180, r -> r);
        peer.send(peer.response(legs.received, 180, "Ringing", ""), container.port);
        result(ringing);
        assertThatThrownBy(() -> legs.helper().createCancel(null)).isInstanceOf(NullPointerException.class);

        SipServletRequest cancel = legs.helper().createCancel(legs.outgoing.getSession());
        cancel.send();

        String cancelled = heard("CANCEL", legs.outgoing);
        assertThat(RawPeer.header(cancelled, "Via")).isEqualTo(RawPeer.header(legs.received, "Via"));
        peer.send(peer.response(cancelled, 200, "OK", ""), container.port);
        peer.send(peer.response(legs.received, 487, "Request Terminated", ""), container.port);
        heard("ACK", legs.outgoing);
        legs.incoming.createResponse(487).send();
        heard("SIP/2.0 487", legs.invite);
    }

    @Test
    @Proves("B2buaHelper.getLinkedSipServletRequest")
    void aSubsequentRequestIsPassedToTheOtherLeg() throws Exception {
        Legs legs = legs();
        String tag = connect(legs);
        SipSession other = legs.outgoing.getSession();
        String info = with(peer.request("INFO", container.port, callId(legs.invite), tag, 2, ""), "Subject: fire");
        check(info, request -> {
            B2buaHelper helper = request.getB2buaHelper();
            SipServletRequest passed = helper.createRequest(other, request, Map.of("X-Own", List.of("1")));
            assertThat(passed.getMethod()).isEqualTo("INFO");
            assertThat(passed.getSession()).isEqualTo(other);
            assertThat(passed.getHeader("Subject")).isEqualTo("fire");
            assertThat(passed.getHeader("X-Own")).isEqualTo("1");
            assertThat(helper.getLinkedSipServletRequest(passed)).isEqualTo(request);
            passed.send();
            request.createResponse(200).send();
        });
        assertThat(heard("INFO", legs.outgoing)).contains("CSeq: 2 INFO", "Subject: fire", "tag=raw-uas");
        peer.send(peer.request("BYE", container.port, callId(legs.invite), tag, 3, ""), container.port);
    }

    @Test
    @Proves({"UAMode", "B2buaHelper.getPendingMessages"})
    void whatIsNotYetAnsweredIsPending() throws Exception {
        assertThat(UAMode.values()).containsExactly(UAMode.UAC, UAMode.UAS);
        Legs legs = legs();
        SipSession in = legs.incoming.getSession();
        SipSession out = legs.outgoing.getSession();
        assertThat(legs.helper().getPendingMessages(in, UAMode.UAS)).containsExactly(legs.incoming);
        assertThat(legs.helper().getPendingMessages(in, UAMode.UAC)).isEmpty();
        assertThat(legs.helper().getPendingMessages(out, UAMode.UAS)).isEmpty();

        CompletableFuture<SipServletResponse> ok = Script.onResponse(legs.outgoing.getCallId(), 200, r -> r);
        peer.send(peer.response(legs.received, 200, "OK", ""), container.port);
        SipServletResponse answer = result(ok);
        List<SipServletMessage> pending = legs.helper().getPendingMessages(out, UAMode.UAC);
        assertThat(pending).contains(answer);
        answer.createAck().send();
        heard("ACK", legs.outgoing);
        assertThat(legs.helper().getPendingMessages(out, UAMode.UAC)).isEmpty();
        legs.incoming.createResponse(486).send();
        heard("SIP/2.0 486", legs.invite);
        assertThat(legs.helper().getPendingMessages(in, UAMode.UAS)).isEmpty();
        assertThatThrownBy(() -> legs.helper().getPendingMessages(null, UAMode.UAC))
                .isInstanceOf(NullPointerException.class);
    }

    @Test
    void theOriginalRequestIsAnsweredThroughItsSession() throws Exception {
        Legs legs = legs();
        SipServletResponse ringing =
                legs.helper().createResponseToOriginalRequest(legs.incoming.getSession(), 180, "Here it rings");
        assertThat(ringing.getStatus()).isEqualTo(180);
        ringing.send();
        assertThat(heard("SIP/2.0 180", legs.invite)).startsWith("SIP/2.0 180 Here it rings");
        legs.helper()
                .createResponseToOriginalRequest(legs.incoming.getSession(), 200, "OK")
                .send();
        String first = heard("SIP/2.0 200", legs.invite);
        assertThat(RawPeer.toTag(first)).isEqualTo(ringing.getTo().getParameter("tag"));
        assertThatThrownBy(() -> legs.helper().createResponseToOriginalRequest(null, 200, "OK"))
                .isInstanceOf(NullPointerException.class);
    }

    @Test
    @Proves("B2buaHelper.unlinkSipSessions")
    void unlinkingSessionsUnlinksTheirRequests() throws Exception {
        check(request("OPTIONS"), incoming -> {
            B2buaHelper helper = incoming.getB2buaHelper();
            SipServletRequest leg = helper.createRequest(incoming, true, null);
            helper.unlinkSipSessions(incoming.getSession());
            assertThat(helper.getLinkedSession(leg.getSession())).isNull();
            assertThat(helper.getLinkedSipServletRequest(incoming)).isNull();
            assertThat(helper.getLinkedSipServletRequest(leg)).isNull();
        });
    }

    @Test
    @Proves("B2buaHelper.createRequest-SipServletRequest-boolean-Map")
    void aRequestThatMayGoNoFurtherGetsNoNewLeg() throws Exception {
        String options = request("OPTIONS").replace("Max-Forwards: 70", "Max-Forwards: 0");
        check(options, incoming -> {
            B2buaHelper helper = incoming.getB2buaHelper();
            assertThatThrownBy(() -> helper.createRequest(incoming, true, null))
                    .isInstanceOf(TooManyHopsException.class);
        });
        heard("SIP/2.0 483", options);
    }

    @Test
    @Proves("B2buaHelper.createRequest-SipSession-SipServletRequest-Map")
    void aSubsequentRequestNeedsASessionAndARequest() throws Exception {
        check(request("OPTIONS"), request -> {
            B2buaHelper helper = request.getB2buaHelper();
            SipSession session = request.getSession();
            assertThatThrownBy(() -> helper.createRequest(null, request, null))
                    .isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> helper.createRequest(session, null, null))
                    .isInstanceOf(NullPointerException.class);
        });
    }
}
