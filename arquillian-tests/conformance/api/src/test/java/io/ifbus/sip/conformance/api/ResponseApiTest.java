// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ifbus.sip.container.Proves;
import io.ifbus.sip.container.RawPeer;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import javax.servlet.sip.Rel100Exception;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import org.junit.jupiter.api.Test;

class ResponseApiTest extends ApiScene {
    @Test
    @Proves({
        "SipServletResponse",
        "SipServletResponse.getStatus",
        "SipServletResponse.getReasonPhrase",
        "SipServletResponse.setStatus-int",
        "SipServletResponse.setStatus-int-String",
        "SipServletResponse.send"
    })
    void theStatusOfAResponseCanBeChangedUntilItIsSent() throws Exception {
        String options = request("OPTIONS");
        check(options, request -> {
            SipServletResponse response = request.createResponse(404);
            assertThat(SipServletResponse.class).isInterface();
            assertThat(response.getStatus()).isEqualTo(404);
            response.setStatus(480);
            assertThat(response.getStatus()).isEqualTo(480);
            response.setStatus(486, "Not now");
            assertThat(response.getStatus()).isEqualTo(486);
            assertThat(response.getReasonPhrase()).isEqualTo("Not now");
            assertThatThrownBy(() -> response.setStatus(99)).isInstanceOf(IllegalArgumentException.class);
            response.send();
            assertThatThrownBy(response::send).isInstanceOf(IllegalStateException.class);
        });
        assertThat(heard("SIP/2.0 486", options)).startsWith("SIP/2.0 486 Not now\r\n");
    }

    @Test
    @Proves({"SipServletResponse.getOutputStream", "SipServletResponse.getWriter"})
    void aResponseHasNoStreams() throws Exception {
        check(request("OPTIONS"), request -> {
            assertThat(request.createResponse(200).getOutputStream()).isNull();
            assertThat(request.createResponse(200).getWriter()).isNull();
        });
    }

    @Test
    @Proves({
        "SipServletResponse.getRequest",
        "SipServletResponse.getProxy",
        "SipServletResponse.getProxyBranch",
        "SipServletResponse.isBranchResponse"
    })
    void aResponseToARequestOfOursHasNoProxy() throws Exception {
        SipServletRequest options = outgoing("OPTIONS");
        options.send();
        peer.send(peer.response(heard("OPTIONS", options), 200, "Fine", ""), container.port);
        SipServletResponse ok = Script.response(options.getCallId());

        assertThat(ok.getRequest()).isEqualTo(options);
        assertThat(ok.getReasonPhrase()).isEqualTo("Fine");
        assertThat(ok.getProxy()).isNull();
        assertThat(ok.getProxyBranch()).isNull();
        assertThat(ok.isBranchResponse()).isFalse();
    }

    private static SipServletResponse answered(SipServletRequest invite, int status, String reason) throws Exception {
        invite.send();
        CompletableFuture<SipServletResponse> response = Script.onResponse(invite.getCallId(), status, r -> r);
        peer.send(peer.response(heard("INVITE", invite), status, reason, ""), container.port);
        return result(response);
    }

    @Test
    @Proves("SipServletResponse.createAck")
    void a200OfAnInviteIsAcknowledged() throws Exception {
        SipServletRequest invite = outgoing("INVITE");
        SipServletResponse ok = answered(invite, 200, "OK");

        SipServletRequest ack = ok.createAck();
        assertThat(ack.getMethod()).isEqualTo("ACK");
        ack.send();

        assertThat(heard("ACK", invite)).contains("CSeq: 1 ACK").contains("tag=raw-uas");
        assertThatThrownBy(ok::createAck).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Proves("SipServletResponse.createAck")
    void aRefusalIsAcknowledgedByTheContainer() throws Exception {
        SipServletRequest refused = outgoing("INVITE");
        SipServletResponse busy = answered(refused, 486, "Busy Here");
        assertThatThrownBy(busy::createAck).isInstanceOf(IllegalStateException.class);
        assertThat(heard("ACK", refused)).contains("CSeq: 1 ACK");
    }

    @Test
    @Proves("SipServletResponse.createPrack")
    void aReliableResponseIsAcknowledgedByPrack() throws Exception {
        SipServletRequest invite = outgoing("INVITE");
        invite.setHeader("Supported", "100rel");
        invite.send();
        String received = heard("INVITE", invite);
        CompletableFuture<SipServletRequest> prack =
                Script.onResponse(invite.getCallId(), 183, SipServletResponse::createPrack);
        peer.send(
                with(peer.response(received, 183, "Session Progress", ""), "Require: 100rel", "RSeq: 7"),
                container.port);

        assertThat(result(prack).getMethod()).isEqualTo("PRACK");
        result(prack).send();
        String sent = heard("PRACK", invite);
        assertThat(RawPeer.header(sent, "RAck")).isEqualTo("7 1 INVITE");
        assertThat(RawPeer.header(sent, "CSeq")).isEqualTo("2 PRACK");
        peer.send(peer.response(sent, 200, "OK", ""), container.port);
        peer.send(peer.response(received, 486, "Busy Here", ""), container.port);
        heard("ACK", invite);
    }

    @Test
    @Proves({"SipServletResponse.createPrack", "Rel100Exception.getReason"})
    void anUnreliableResponseIsNotAcknowledgedByPrack() throws Exception {
        SipServletRequest invite = outgoing("INVITE");
        SipServletResponse ringing = answered(invite, 180, "Ringing");

        assertThatThrownBy(ringing::createPrack)
                .isInstanceOfSatisfying(
                        Rel100Exception.class, e -> assertThat(e.getReason()).isEqualTo(Rel100Exception.NOT_100rel));
        invite.createCancel().send();
    }

    @Test
    @Proves("SipServletResponse.sendReliably")
    void aProvisionalResponseIsSentReliably() throws Exception {
        String invite = request("INVITE", "Supported: 100rel");
        check(invite, request -> request.createResponse(180).sendReliably());
        String ringing = heard("SIP/2.0 180", invite);
        assertThat(RawPeer.header(ringing, "Require")).isEqualTo("100rel");
        String rseq = RawPeer.header(ringing, "RSeq");
        assertThat(rseq).matches("\\d+");
        String prack = with(
                peer.request("PRACK", container.port, callId(invite), RawPeer.toTag(ringing), 2, ""),
                "RAck: " + rseq + " 1 INVITE");
        check(prack, request -> {
            assertThat(request.getHeader("RAck")).isEqualTo(rseq + " 1 INVITE");
            request.createResponse(200).send();
        });
        assertThat(peer.awaitOk("PRACK", callId(invite))).contains("CSeq: 2 PRACK");
        cancel(invite);
    }

    private static void cancel(String invite) {
        peer.send(
                invite.replace("INVITE sip:", "CANCEL sip:").replace("CSeq: 1 INVITE", "CSeq: 1 CANCEL"),
                container.port);
        heard("SIP/2.0 487", invite);
    }

    @Test
    @Proves({
        "SipServletResponse.sendReliably",
        "Rel100Exception",
        "Rel100Exception.getReason",
        "Rel100Exception.getMessage"
    })
    void whatCannotBeReliableSaysWhy() throws Exception {
        check(
                request("OPTIONS", "Supported: 100rel"),
                request -> assertReason(request.createResponse(183), Rel100Exception.NOT_INVITE));
        check(request("INVITE"), request -> {
            assertReason(request.createResponse(183), Rel100Exception.NO_REQ_SUPPORT);
            request.createResponse(486).send();
        });
        check(request("INVITE", "Supported: 100rel"), request -> {
            assertReason(request.createResponse(200), Rel100Exception.NOT_1XX);
            request.createResponse(486).send();
        });
        assertThat(Rel100Exception.NOT_1XX).isEqualTo(0);
        assertThat(Rel100Exception.NOT_INVITE).isEqualTo(1);
        assertThat(Rel100Exception.NO_REQ_SUPPORT).isEqualTo(2);
        assertThat(Rel100Exception.NOT_SUPPORTED).isEqualTo(3);
        assertThat(Rel100Exception.NOT_100rel).isEqualTo(4);
        assertThat(new Rel100Exception(3))
                .isInstanceOf(jakarta.servlet.ServletException.class)
                .hasMessage("100rel not supported by the container");
    }

    private static void assertReason(SipServletResponse response, int reason) {
        assertThatThrownBy(response::sendReliably).isInstanceOfSatisfying(Rel100Exception.class, e -> {
            assertThat(e.getReason()).isEqualTo(reason);
            assertThat(e.getMessage())
                    .isEqualTo(new Rel100Exception(reason).getMessage())
                    .isNotBlank();
        });
    }

    @Test
    @Proves("SipServletResponse")
    void theStatusCodesAreThoseOfTheRfcs() throws Exception {
        Map<Integer, String> codes = new TreeMap<>();
        for (Field field : SipServletResponse.class.getFields()) {
            assertThat(codes.put(field.getInt(null), field.getName())).isNull();
        }
        assertThat(codes).hasSize(61);
        assertThat(codes.keySet())
                .containsExactly(
                        100, 180, 181, 182, 183, 200, 202, 300, 301, 302, 305, 380, 400, 401, 402, 403, 404, 405, 406,
                        407, 408, 410, 412, 413, 414, 415, 416, 420, 421, 422, 423, 428, 429, 436, 437, 438, 480, 481,
                        482, 483, 484, 485, 486, 487, 488, 489, 491, 493, 494, 500, 501, 502, 503, 504, 505, 513, 580,
                        600, 603, 604, 606);
        assertThat(codes)
                .containsEntry(180, "SC_RINGING")
                .containsEntry(487, "SC_REQUEST_TERMINATED")
                .containsEntry(481, "SC_CALL_LEG_DONE")
                .containsEntry(606, "SC_NOT_ACCEPTABLE_ANYWHERE");
    }
}
