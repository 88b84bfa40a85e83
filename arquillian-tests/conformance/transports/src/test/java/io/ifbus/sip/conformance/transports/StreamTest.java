// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.transports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.container.Proves;
import io.ifbus.sip.container.RawPeer;
import io.ifbus.sip.transport.TlsSettings.ClientCertificate;
import java.nio.charset.StandardCharsets;
import javax.servlet.sip.SipServletRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Messages in a stream: where they begin and end, and what is between them. */
class StreamTest {
    private static Server server;

    @BeforeAll
    static void start() throws Exception {
        server = new Server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    @Proves("3261-7.5-a")
    void lineEndsBeforeAMessageAreSkipped() throws Exception {
        try (StreamPeer peer = StreamPeer.tcp(server.port)) {
            peer.send("\r\n" + Messages.options("TCP 127.0.0.1", "crlf1") + "\r\n"
                    + Messages.options("TCP 127.0.0.1", "crlf2"));
            assertThat(peer.answered(2)).containsExactlyInAnyOrder("crlf1", "crlf2");
        }
    }

    @Test
    @Proves({"3261-18.3-a", "3261-18.2.2-a"})
    void messagesAreCutByTheirLengthAndAnsweredOverTheirConnection() throws Exception {
        try (StreamPeer peer = StreamPeer.tcp(server.port)) {
            String via = "TCP 127.0.0.1:9"; // nobody listens there: the answer must come back here
            peer.send(Messages.options(via, "two-a") + Messages.options(via, "two-b"));
            assertThat(peer.answered(2)).containsExactlyInAnyOrder("two-a", "two-b");
            String invite = Messages.invite(via, "pieces", "sip:peer@127.0.0.1;transport=tcp");
            for (byte b : invite.getBytes(StandardCharsets.UTF_8)) {
                peer.send(new byte[] {b});
            }
            String ok = peer.await("SIP/2.0 200");
            assertThat(ok).contains("Call-ID: pieces\r\n");
            peer.send(Messages.ack(ok, via));
            SipServletRequest seen = Desk.REQUESTS.get("INVITE pieces");
            assertThat(new String(seen.getRawContent(), StandardCharsets.UTF_8)).isEqualTo(Desk.SDP);
        }
    }

    @Test
    @Proves("3261-18.3-c")
    void whatIsSentCarriesItsLength() throws Exception {
        try (StreamPeer peer = StreamPeer.tcp(server.port);
                Listener callee = Listener.tcp()) {
            peer.send(Messages.invite("TCP 127.0.0.1", "length", "sip:peer@127.0.0.1;transport=tcp"));
            String ok = peer.await("SIP/2.0 200"); // read by its Content-Length
            assertThat(RawPeer.header(ok, "Content-Length")).isEqualTo(Integer.toString(Desk.SDP.length()));
            assertThat(ok).endsWith("\r\n\r\n" + Desk.SDP);
            peer.send(Messages.ack(ok, "TCP 127.0.0.1"));
            SipServletRequest message =
                    server.request("MESSAGE", "sip:them@127.0.0.1:" + callee.port() + ";transport=tcp");
            message.setContent("Gr\u00fc\u00df dich", "text/plain;charset=UTF-8");
            message.send();
            try (StreamPeer accepted = callee.await()) {
                String request = accepted.receive();
                assertThat(RawPeer.header(request, "Content-Length")).isEqualTo("11"); // octets, not characters
                assertThat(request).endsWith("\r\n\r\nGr\u00fc\u00df dich");
                accepted.send(Messages.ok(request, ""));
            }
        }
    }

    @Test
    @Proves({"5626-3.5.1-a", "5626-3.5.1-b"})
    void aPingIsAnsweredAtOnceAndAPongIsIgnored() throws Exception {
        int tls = server.tls(Certificates.context(Certificates.SERVER), ClientCertificate.NONE);
        try (StreamPeer tcp = StreamPeer.tcp(server.port);
                StreamPeer secure = StreamPeer.tls(tls, Certificates.anonymous())) {
            for (StreamPeer peer : new StreamPeer[] {tcp, secure}) {
                String transport = peer == tcp ? "TCP" : "TLS";
                peer.send("\r\n\r\n");
                assertThat(peer.read(2)).containsExactly('\r', '\n');
                peer.send("\r\n"); // a pong; were it answered, the answer would stand before the 200
                peer.send(Messages.options(transport + " 127.0.0.1", "pong-" + transport));
                assertThat(peer.read(11)).isEqualTo("SIP/2.0 200".getBytes(StandardCharsets.UTF_8));
            }
        } finally {
            server.sip.removeConnector("tls 127.0.0.1");
        }
    }

    @Test
    @Proves("5626-4.3-a")
    void aContactWithObIsReachedOverItsFlow() throws Exception {
        try (Listener elsewhere = Listener.tcp();
                StreamPeer peer = StreamPeer.tcp(server.port)) {
            String contact = "sip:peer@127.0.0.1:" + elsewhere.port() + ";transport=tcp;ob";
            peer.send(Messages.invite("TCP 127.0.0.1", "outbound", contact));
            peer.send(Messages.ack(peer.await("SIP/2.0 200"), "TCP 127.0.0.1"));
            await().until(() -> Desk.REQUESTS.containsKey("ACK outbound"));
            Desk.REQUESTS
                    .get("INVITE outbound")
                    .getSession()
                    .createRequest("BYE")
                    .send();
            peer.send(Messages.ok(peer.await("BYE " + contact), ""));
            await().untilAsserted(() -> assertThat(Desk.RESPONSES)
                    .anyMatch(response -> response.getCallId().equals("outbound")));
            assertThat(elsewhere.waiting()).isZero();
        }
    }

    @Test
    void theViaOfAnotherTransportComesBackAsItWas() throws Exception {
        try (StreamPeer peer = StreamPeer.tcp(server.port)) {
            peer.send(Messages.options("UDP 127.0.0.1:9", "other-via"));
            assertThat(RawPeer.header(peer.await("SIP/2.0 200"), "Via")).startsWith("SIP/2.0/UDP 127.0.0.1:9");
        }
    }

    @Test
    void aMessageWhoseEndCannotBeToldIsAnsweredAndItsConnectionClosed() throws Exception {
        try (StreamPeer peer = StreamPeer.tcp(server.port)) {
            peer.send(Messages.options("TCP 127.0.0.1", "endless").replace("Content-Length: 0", "Content-Length: -1"));
            assertThat(peer.await("SIP/2.0 400")).contains("Call-ID: endless\r\n");
            peer.awaitEnd();
        }
        await().untilAsserted(() -> assertThat(server.sip.connectionCount()).isZero());
    }
}
