// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.transports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.container.Proves;
import io.ifbus.sip.container.RawPeer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** UDP: where responses go, what is no SIP, and what is too long. */
class DatagramTest {
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
    @Proves("3261-18.2.1-a")
    void aSentByThatIsANameOrElsewhereGetsTheSource() throws Exception {
        try (RawPeer peer = new RawPeer()) {
            peer.send(Messages.options("UDP phone.example:" + peer.port(), "by-name"), server.port);
            assertThat(RawPeer.header(peer.await("SIP/2.0 200"), "Via")).contains(";received=127.0.0.1");
            peer.send(Messages.options("UDP 192.0.2.7:" + peer.port(), "elsewhere"), server.port);
            assertThat(RawPeer.header(peer.await("SIP/2.0 200"), "Via"))
                    .contains("192.0.2.7:" + peer.port())
                    .contains(";received=127.0.0.1");
        }
    }

    @Test
    @Proves({"3261-18.2.2-b", "3581-4-d"})
    void withoutRportAResponseGoesToTheSentByPort() throws Exception {
        try (RawPeer sender = new RawPeer();
                RawPeer sentBy = new RawPeer()) {
            sender.send(Messages.options("UDP 127.0.0.1:" + sentBy.port(), "sent-by"), server.port);
            String ok = sentBy.await("SIP/2.0 200");
            assertThat(ok).contains("Call-ID: sent-by\r\n");
            assertThat(RawPeer.header(ok, "Via")).doesNotContain("rport");
            assertThat(sender.receive(300)).isNull();
        }
        InetAddress other = InetAddress.getByName("127.0.0.9"); // where port 5060 is surely free
        try (DatagramSocket standard = new DatagramSocket(5060, other)) {
            byte[] request = Messages.options("UDP 127.0.0.9", "standard-port").getBytes(StandardCharsets.UTF_8);
            try (DatagramSocket sender = new DatagramSocket(0, other)) {
                sender.send(new DatagramPacket(request, request.length, InetAddress.getLoopbackAddress(), server.port));
            }
            standard.setSoTimeout(10_000);
            DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
            standard.receive(packet);
            assertThat(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8))
                    .startsWith("SIP/2.0 200")
                    .contains("Call-ID: standard-port\r\n");
        }
    }

    @Test
    void aRequestThatCannotBeAnsweredOrReadInOneWayIsRefused() throws Exception {
        try (RawPeer peer = new RawPeer()) {
            String options = Messages.options("UDP 127.0.0.1:" + peer.port(), "two-ways");
            for (String wrong : new String[] {
                options.replace("SIP/2.0/UDP", "SIP/2.0/TCP"),
                options.replace("Content-Length: 0", "Content-Length: 0\r\nl: 5"),
                options.replace("CSeq: ", "Call-ID: another\r\nCSeq: "),
                options.replace("Call-ID: two-ways", "Call-ID: session two-ways")
            }) {
                peer.send(wrong, server.port);
                assertThat(peer.receive(10_000)).startsWith("SIP/2.0 400");
            }
            assertThat(Desk.REQUESTS).doesNotContainKey("OPTIONS two-ways");
        }
    }

    @Test
    void whatASenderSaysOfItsAddressDoesNotLeadAResponseAstray() throws Exception {
        try (RawPeer peer = new RawPeer()) {
            peer.send(Messages.options("UDP 127.0.0.1:" + peer.port() + ";received=127.0.0.66", "liar"), server.port);
            assertThat(RawPeer.header(peer.await("SIP/2.0 200"), "Via")).doesNotContain("127.0.0.66");
        }
    }

    @Test
    void aViaDoesNotSendItsResponseToAThirdParty() throws Exception {
        try (RawPeer peer = new RawPeer();
                DatagramSocket victim = new DatagramSocket(peer.port(), InetAddress.getByName("127.0.0.66"))) {
            for (String maddr : new String[] {"127.0.0.66", "a-name-that-nobody-looks-up.example"}) {
                peer.send(
                        Messages.options("UDP 127.0.0.1:" + peer.port() + ";maddr=" + maddr, "maddr" + maddr.length()),
                        server.port);
                assertThat(peer.await("SIP/2.0 200")).contains("Call-ID: maddr" + maddr.length());
            }
            victim.setSoTimeout(300);
            assertThatThrownBy(() -> victim.receive(new DatagramPacket(new byte[4096], 4096)))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void aHeaderThatItsParserFailsOnIsAnsweredOrPassedOver() throws Exception {
        try (RawPeer peer = new RawPeer()) {
            for (String broken : new String[] {"RAck: a", "RSeq: ", "RSeq: x", "Via: ", "Contact: <", "CSeq: "}) {
                String callId = "broken" + broken.replaceAll("\\W", "");
                peer.send(
                        Messages.options("UDP 127.0.0.1:" + peer.port(), callId)
                                .replace("Max-Forwards", broken + "\r\nMax-Forwards"),
                        server.port);
                assertThat(peer.receive(10_000)).as(broken).matches("(?s)SIP/2.0 (400|200) .*" + callId + ".*");
            }
        }
    }

    @Test
    void aPortThatCannotBeIsSaidToBeSo() throws Exception {
        for (String transport : new String[] {"udp", "tcp"}) {
            assertThatThrownBy(server.request("OPTIONS", "sip:them@127.0.0.1:70000;transport=" + transport)::send)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    @Proves({"3581-4-a", "3581-4-b", "3581-4-c"})
    void withRportAResponseGoesBackToItsSource() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.connect(InetAddress.getLoopbackAddress(), server.port); // takes datagrams from there alone
            socket.setSoTimeout(10_000);
            byte[] request = Messages.options("UDP 127.0.0.1:9;rport", "rport").getBytes(StandardCharsets.UTF_8);
            socket.send(new DatagramPacket(request, request.length));
            DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
            socket.receive(packet);
            String ok = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
            assertThat(ok).startsWith("SIP/2.0 200");
            assertThat(RawPeer.header(ok, "Via"))
                    .contains("127.0.0.1:9")
                    .contains(";rport=" + socket.getLocalPort())
                    .contains(";received=127.0.0.1");
        }
    }

    @Test
    @Proves("3581-3-a")
    void aResponseIsTakenWhereTheRequestWasSentFrom() throws Exception {
        try (RawPeer peer = new RawPeer()) {
            server.request("OPTIONS", "sip:them@127.0.0.1:" + peer.port()).send();
            String request = peer.await("OPTIONS");
            assertThat(RawPeer.header(request, "Via"))
                    .contains("127.0.0.1:" + server.port)
                    .contains(";rport");
            peer.send(Messages.ok(request, ""), server.port);
            awaitResponse(200, RawPeer.header(request, "Call-ID"));
        }
    }

    @Test
    @Proves("3261-18.1.2-a")
    void aResponseToSomebodyElseIsDiscarded() throws Exception {
        try (RawPeer peer = new RawPeer()) {
            server.request("OPTIONS", "sip:them@127.0.0.1:" + peer.port()).send();
            String request = peer.await("OPTIONS");
            String foreign = Messages.ok(request, "").replace("UDP 127.0.0.1:" + server.port, "UDP 192.0.2.9:5060");
            peer.send(foreign.replace("200 OK", "202 Foreign"), server.port);
            peer.send(Messages.ok(request, ""), server.port);
            awaitResponse(200, RawPeer.header(request, "Call-ID")); // and not the 202, which came first
        }
    }

    @Test
    @Proves("3261-18.3-b")
    void whatFollowsTheBodyInADatagramIsIgnored() throws Exception {
        try (RawPeer peer = new RawPeer()) {
            String invite =
                    Messages.invite("UDP 127.0.0.1:" + peer.port(), "tail", "sip:peer@127.0.0.1:" + peer.port());
            peer.send(invite + "m=video 9 RTP/AVP 31\r\n", server.port);
            String ok = peer.await("SIP/2.0 200");
            peer.send(Messages.ack(ok, "UDP 127.0.0.1:" + peer.port()), server.port);
            assertThat(new String(Desk.REQUESTS.get("INVITE tail").getRawContent(), StandardCharsets.UTF_8))
                    .isEqualTo(Desk.SDP);
        }
    }

    @Test
    @Proves("5626-8-a")
    void aStunRequestIsDroppedInSilence() throws Exception {
        byte[] stun = new byte[20];
        stun[1] = 1; // a binding request
        System.arraycopy(new byte[] {0x21, 0x12, (byte) 0xA4, 0x42}, 0, stun, 4, 4);
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.connect(InetAddress.getLoopbackAddress(), server.port);
            socket.setSoTimeout(10_000);
            socket.send(new DatagramPacket(stun, stun.length));
            byte[] request =
                    Messages.options("UDP 127.0.0.1;rport", "after-stun").getBytes(StandardCharsets.UTF_8);
            socket.send(new DatagramPacket(request, request.length));
            DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
            socket.receive(packet); // the first thing that comes is the answer to the second
            assertThat(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8))
                    .startsWith("SIP/2.0 200")
                    .contains("after-stun");
        }
    }

    @Test
    @Proves("3261-18.1.1-a")
    void aLongRequestLeavesOverTcp() throws Exception {
        try (Listener listener = Listener.tcp();
                DatagramSocket udp = new DatagramSocket(listener.port(), InetAddress.getLoopbackAddress())) {
            SipServletRequest message = longMessage(listener.port());
            message.send();
            try (StreamPeer peer = listener.await()) {
                String request = peer.receive();
                assertThat(RawPeer.header(request, "Via")).startsWith("SIP/2.0/TCP 127.0.0.1:" + server.port);
                assertThat(peer.isSilentFor(1500)).as("nothing is sent again").isTrue();
                udp.setSoTimeout(100);
                assertThatThrownBy(() -> udp.receive(new DatagramPacket(new byte[4096], 4096)))
                        .isInstanceOf(SocketTimeoutException.class);
                peer.send(Messages.ok(request, ""));
                awaitResponse(200, message.getCallId());
            }
        }
    }

    @Test
    void aLongRequestToAPeerWithoutTcpLeavesAsADatagram() throws Exception {
        try (RawPeer peer = new RawPeer()) {
            SipServletRequest message = longMessage(peer.port());
            message.send();
            String request = peer.await("MESSAGE");
            assertThat(RawPeer.header(request, "Via")).startsWith("SIP/2.0/UDP 127.0.0.1:" + server.port);
            peer.send(Messages.ok(request, ""), server.port);
            awaitResponse(200, message.getCallId());
        }
    }

    private static SipServletRequest longMessage(int port) throws Exception {
        SipServletRequest message = server.request("MESSAGE", "sip:them@127.0.0.1:" + port);
        message.setContent("x".repeat(1300), "text/plain");
        return message;
    }

    private static void awaitResponse(int status, String callId) {
        await().untilAsserted(() -> assertThat(Desk.RESPONSES)
                .filteredOn(response -> response.getCallId().equals(callId))
                .extracting(SipServletResponse::getStatus)
                .containsExactly(status));
    }
}
