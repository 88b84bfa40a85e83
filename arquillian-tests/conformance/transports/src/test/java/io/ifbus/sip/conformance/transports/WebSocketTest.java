// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.transports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.container.ConnectorSettings.Transport;
import io.ifbus.sip.container.Proves;
import io.ifbus.sip.container.RawPeer;
import io.ifbus.sip.transport.TlsSettings.ClientCertificate;
import io.ifbus.sip.transport.WireCounters.Reject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import javax.servlet.sip.SipServletRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** SIP over WebSocket (RFC 7118). */
class WebSocketTest {
    private static final String HANDSHAKE = "GET / HTTP/1.1\r\nHost: sip.example\r\nUpgrade: websocket\r\n"
            + "Connection: keep-alive, Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

    private static Server server;
    private static int ws;
    private static int wss;

    @BeforeAll
    static void start() throws Exception {
        server = new Server();
        ws = server.add(Transport.WS, "127.0.0.1");
        wss = server.add(
                Transport.WSS,
                "127.0.0.1",
                Server.settings(Certificates.context(Certificates.SERVER), ClientCertificate.NONE));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    @Proves("7118-4.1-a")
    void theHandshakeAgreesOnSip() throws Exception {
        try (StreamPeer peer = StreamPeer.tcp(ws)) {
            peer.send(HANDSHAKE + "Sec-WebSocket-Protocol: chat, sip\r\n\r\n");
            assertThat(peer.readHead())
                    .startsWith("HTTP/1.1 101 ")
                    .contains("\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n") // RFC 6455 section 1.3
                    .contains("\r\nSec-WebSocket-Protocol: sip\r\n");
        }
    }

    @Test
    @Proves("7118-4.1-b")
    void withoutTheSubprotocolThereIsNoWebSocket() throws Exception {
        for (String wrong : new String[] {
            HANDSHAKE + "\r\n",
            HANDSHAKE + "Sec-WebSocket-Protocol: chat\r\n\r\n",
            HANDSHAKE.replace(": 13", ": 8") + "Sec-WebSocket-Protocol: sip\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: sip.example\r\n\r\n"
        }) {
            long before = server.count(Reject.HANDSHAKE);
            try (StreamPeer peer = StreamPeer.tcp(ws)) {
                peer.send(wrong);
                assertThat(new String(peer.read(11), StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 4");
                peer.awaitEnd();
            }
            await().untilAsserted(
                            () -> assertThat(server.count(Reject.HANDSHAKE)).isEqualTo(before + 1));
        }
    }

    @Test
    @Proves({"7118-4.2-a", "7118-4.2-b"})
    void textAndBinaryAreTakenAndEachMessageIsOne() throws Exception {
        try (WebSocketPeer peer = WebSocketPeer.ws("127.0.0.1", ws)) {
            String via = "WS df7jal23ls0d.invalid";
            peer.send(Messages.options(via, "ws-text"));
            assertOneWholeOk(peer.receive(), "ws-text");
            peer.sendBinary(Messages.options(via, "ws-binary"));
            assertOneWholeOk(peer.receive(), "ws-binary");
            peer.send(Messages.invite(via, "ws-sdp", "sip:w@df7jal23ls0d.invalid;transport=ws"));
            assertOneWholeOk(peer.receive(), "ws-sdp");
        }
    }

    private static void assertOneWholeOk(String ok, String callId) {
        assertThat(ok).startsWith("SIP/2.0 200").contains("Call-ID: " + callId + "\r\n");
        assertThat(ok.split("\r\n\r\n", 2)[1]).hasSize(Integer.parseInt(RawPeer.header(ok, "Content-Length")));
    }

    @Test
    void aMessageMayComeInFragmentsWithControlFramesBetween() throws Exception {
        try (WebSocketPeer peer = WebSocketPeer.ws("127.0.0.1", ws)) {
            String options = Messages.options("WS df7jal23ls0d.invalid", "ws-pieces");
            peer.socket.sendText(options.substring(0, 30), false).join();
            peer.socket.sendPing(ByteBuffer.wrap(new byte[] {'x'})).join();
            peer.socket.sendText(options.substring(30, 90), false).join();
            peer.socket.sendText(options.substring(90), true).join();
            assertThat(peer.await("SIP/2.0 200")).contains("ws-pieces");
            assertThat(peer.pongs.poll(10, TimeUnit.SECONDS)).isEqualTo("x");
        }
    }

    @Test
    @Proves("7118-5.1-a")
    void withoutContentLengthTheRestIsTheBody() throws Exception {
        try (WebSocketPeer peer = WebSocketPeer.ws("127.0.0.1", ws)) {
            peer.send(Messages.invite("WS a.invalid", "ws-length", "sip:w@a.invalid;transport=ws")
                    .replaceAll("Content-Length: \\d+\r\n", ""));
            peer.await("SIP/2.0 200");
            assertThat(new String(Desk.REQUESTS.get("INVITE ws-length").getRawContent(), StandardCharsets.UTF_8))
                    .isEqualTo(Desk.SDP);
        }
    }

    @Test
    @Proves({"7118-5.1-b", "7118-5.2.1-a"})
    void aRequestInADialogGoesOverItsClientsConnection() throws Exception {
        try (WebSocketPeer other = WebSocketPeer.ws("127.0.0.1", ws);
                WebSocketPeer peer = WebSocketPeer.ws("127.0.0.1", ws)) {
            talk(peer, "WS", "same.invalid", "ws-dialog");
            talk(other, "WS", "same.invalid", "ws-other"); // the same Contact: the dialog tells them apart
            Desk.REQUESTS
                    .get("INVITE ws-dialog")
                    .getSession()
                    .createRequest("BYE")
                    .send();
            String bye = peer.await("BYE sip:w@same.invalid");
            assertThat(RawPeer.header(bye, "Via")).startsWith("SIP/2.0/WS ");
            peer.send(Messages.ok(bye, ""));
            assertThat(other.messages).isEmpty();
        }
    }

    @Test
    @Proves({"7118-10.1-a", "7118-5.2.1-a"})
    void overTlsItWorksAlike() throws Exception {
        try (WebSocketPeer peer = WebSocketPeer.wss(wss, Certificates.anonymous())) {
            talk(peer, "WSS", "secure.invalid", "wss-dialog");
            SipServletRequest bye =
                    Desk.REQUESTS.get("INVITE wss-dialog").getSession().createRequest("BYE");
            bye.send();
            String request = peer.await("BYE sip:w@secure.invalid");
            assertThat(RawPeer.header(request, "Via")).startsWith("SIP/2.0/WSS ");
            peer.send(Messages.ok(request, ""));
        }
    }

    @Test
    @Proves("7118-6-a")
    void aPingIsAnsweredWithItsPayload() throws Exception {
        try (WebSocketPeer peer = WebSocketPeer.ws("127.0.0.1", ws)) {
            peer.socket
                    .sendPing(ByteBuffer.wrap("are you there".getBytes(StandardCharsets.UTF_8)))
                    .join();
            assertThat(peer.pongs.poll(10, TimeUnit.SECONDS)).isEqualTo("are you there");
            peer.send("\r\n\r\n");
            assertThat(peer.receive()).isEqualTo("\r\n");
        }
    }

    @Test
    void whatBreaksTheRulesIsClosedWithItsReason() throws Exception {
        try (WebSocketPeer peer = WebSocketPeer.ws("127.0.0.1", ws)) {
            peer.send("x".repeat(70_000));
            assertThat(peer.closed.get(10, TimeUnit.SECONDS)).isEqualTo(1009);
        }
        try (WebSocketPeer peer = WebSocketPeer.ws("127.0.0.1", ws)) {
            peer.socket.sendClose(4321, "enough").join();
            assertThat(peer.closed.get(10, TimeUnit.SECONDS)).isEqualTo(4321);
        }
        try (StreamPeer peer = StreamPeer.tcp(ws)) {
            peer.send(HANDSHAKE + "Sec-WebSocket-Protocol: sip\r\n\r\n");
            peer.send(new byte[] {(byte) 0x81, 1, 'x'}); // without a mask
            peer.awaitEnd();
        }
        await().untilAsserted(() -> assertThat(server.count(Reject.OVERSIZED)).isPositive());
    }

    @Test
    void aContactOfAnOpenConnectionIsNotTakenOver() throws Exception {
        try (WebSocketPeer victim = WebSocketPeer.ws("127.0.0.1", ws);
                WebSocketPeer thief = WebSocketPeer.ws("127.0.0.1", ws)) {
            talk(victim, "WS", "mine.invalid", "ws-victim");
            talk(thief, "WS", "mine.invalid", "ws-thief");
            server.request("OPTIONS", "sip:w@mine.invalid;transport=ws").send();
            String options = victim.await("OPTIONS sip:w@mine.invalid");
            victim.send(Messages.ok(options, ""));
            assertThat(thief.messages).isEmpty();
        }
    }

    @Test
    void aClientWhoIsGoneCannotBeReachedAndThatIsSaidAtOnce() throws Exception {
        try (WebSocketPeer peer = WebSocketPeer.ws("127.0.0.1", ws)) {
            talk(peer, "WS", "gone.invalid", "ws-gone");
        }
        await().untilAsserted(() -> assertThat(server.sip.connectionCount()).isZero());
        SipServletRequest bye = Desk.REQUESTS.get("INVITE ws-gone").getSession().createRequest("BYE");
        org.assertj.core.api.Assertions.assertThatThrownBy(bye::send)
                .isInstanceOfAny(java.io.IOException.class, IllegalStateException.class);
    }

    private static void talk(WebSocketPeer peer, String transport, String host, String callId) throws Exception {
        String via = transport + " " + host;
        peer.send(Messages.invite(via, callId, "sip:w@" + host + ";transport=ws"));
        String ok = peer.await("SIP/2.0 200");
        peer.send(Messages.ack(ok, via));
        await().until(() -> Desk.REQUESTS.containsKey("ACK " + callId));
    }
}
