// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.transports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.container.ConnectorSettings.Transport;
import io.ifbus.sip.container.Proves;
import io.ifbus.sip.container.RawPeer;
import io.ifbus.sip.transport.TlsSettings.ClientCertificate;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipURI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** IPv6 in messages (RFC 5118) and under the connectors. */
class Ipv6Test {
    private static final String SDP =
            "v=0\r\no=assistant 971731711378798081 0 IN IP6 2001:db8::20\r\ns=Live video feed\r\n"
                    + "c=IN IP6 2001:db8::20\r\nt=3338481189 3370017201\r\nm=audio 6000 RTP/AVP 2\r\n";

    private static Server server;
    private static InetAddress loopback6;

    @BeforeAll
    static void start() throws Exception {
        server = new Server();
        loopback6 = InetAddress.getByName("::1");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    @Proves("5118-4.1-a")
    void aBracketedReferenceIsAccepted() throws Exception {
        String request = Messages.request(
                "REGISTER",
                "sip:[2001:db8::10]",
                "UDP [2001:db8::9:1]",
                "v6-1",
                "Contact: \"Caller\" <sip:caller@[2001:db8::1]>\r\n",
                "");
        assertThat(exchange(request)).startsWith("SIP/2.0 200").contains("UDP [2001:db8::9:1]");
        SipServletRequest seen = Desk.REQUESTS.get("REGISTER v6-1");
        assertThat(((SipURI) seen.getRequestURI()).getHost()).isEqualTo("[2001:db8::10]");
        assertThat(((SipURI) seen.getAddressHeader("Contact").getURI()).getHost())
                .isEqualTo("[2001:db8::1]");
    }

    @Test
    @Proves("5118-4.2-a")
    void aReferenceWithoutBracketsIsRefused() throws Exception {
        String request = Messages.request("REGISTER", "sip:[2001:db8::10]", "UDP [2001:db8::9:1]", "v6-2", "", "")
                .replace("REGISTER sip:[2001:db8::10]", "REGISTER sip:2001:db8::10");
        assertThat(exchange(request)).startsWith("SIP/2.0 400");
    }

    @Test
    @Proves({"5118-4.3-a", "5118-4.4-a"})
    void whatStandsInTheBracketsIsTheAddressAndWhatFollowsThePort() throws Exception {
        exchange(Messages.request("REGISTER", "sip:[2001:db8::10:5070]", "UDP [2001:db8::9:1]", "v6-3", "", ""));
        SipURI inside = (SipURI) Desk.REQUESTS.get("REGISTER v6-3").getRequestURI();
        assertThat(inside.getHost()).isEqualTo("[2001:db8::10:5070]");
        assertThat(inside.getPort()).isEqualTo(-1);
        exchange(Messages.request("REGISTER", "sip:[2001:db8::10]:5070", "UDP [2001:db8::9:1]", "v6-4", "", ""));
        SipURI outside = (SipURI) Desk.REQUESTS.get("REGISTER v6-4").getRequestURI();
        assertThat(outside.getHost()).isEqualTo("[2001:db8::10]");
        assertThat(outside.getPort()).isEqualTo(5070);
    }

    @Test
    @Proves("5118-4.5-a")
    void receivedMayHaveBracketsOrNot() throws Exception {
        for (String received : new String[] {"[2001:db8::9:255]", "2001:db8::9:255"}) {
            String callId = "v6-5-" + received.length();
            String request = Messages.request("BYE", "sip:[2001:db8::10]", "UDP [2001:db8::9:1]", callId, "", "")
                    .replace(
                            "From: ",
                            "Via: SIP/2.0/UDP [2001:db8::9:2];received=" + received + ";branch=z9hG4bKas3\r\nFrom: ");
            assertThat(exchange(request)).doesNotContain("SIP/2.0 400").contains(";received=" + received);
        }
    }

    @Test
    @Proves({"5118-4.6-a", "5118-4.8-a"})
    void bodiesPassUnchanged() throws Exception {
        String mixed = SDP + "m=video 6024 RTP/AVP 107\r\nc=IN IP4 192.0.2.1\r\na=rtpmap:107 H263-1998/90000\r\n";
        for (String body : new String[] {SDP, mixed}) {
            String callId = "v6-6-" + body.length();
            exchange(Messages.request(
                    "INVITE",
                    "sip:user@[2001:db8::10]",
                    "UDP [2001:db8::20]",
                    callId,
                    "Contact: \"Caller\" <sip:caller@[2001:db8::20]>\r\n",
                    body));
            assertThat(new String(Desk.REQUESTS.get("INVITE " + callId).getRawContent(), StandardCharsets.UTF_8))
                    .isEqualTo(body);
        }
    }

    @Test
    @Proves("5118-4.7-a")
    void mixedViasComeBackInTheirOrder() throws Exception {
        String more = "Via: SIP/2.0/UDP [2001:db8::9:1];received=[2001:db8::9:255];branch=z9hG4bKas3-111\r\n"
                + "Via: SIP/2.0/TCP 192.0.2.1;branch=z9hG4bKnashds8;received=192.0.2.254\r\n"
                + "Via: SIP/2.0/UDP [2001:db8::1]:9999;branch=z9hG4bKas3\r\n";
        String ok = exchange(
                Messages.request("OPTIONS", "sip:user@[2001:db8::10]", "UDP [2001:db8::9:2]", "v6-7", more, ""));
        assertThat(ok).startsWith("SIP/2.0 200");
        assertThat(ok.lines().filter(line -> line.startsWith("Via:")).map(line -> line.replaceFirst("^Via: ", "")))
                .hasSize(4)
                .satisfies(
                        via -> assertThat(via)
                                .contains("UDP [2001:db8::9:1]")
                                .contains("received=[2001:db8::9:255]")
                                .contains("z9hG4bKas3-111"),
                        org.assertj.core.api.Assertions.atIndex(1))
                .satisfies(
                        via -> assertThat(via).contains("TCP 192.0.2.1").contains("received=192.0.2.254"),
                        org.assertj.core.api.Assertions.atIndex(2))
                .satisfies(
                        via -> assertThat(via).contains("UDP [2001:db8::1]:9999"),
                        org.assertj.core.api.Assertions.atIndex(3));
    }

    @Test
    @Proves({"5118-4.9-a", "5118-4.10-a"})
    void mappedAddressesAreAccepted() throws Exception {
        String body = SDP.replace("2001:db8::20", "::ffff:192.0.2.2");
        for (String mapped : new String[] {"[::ffff:192.0.2.2]", "[:::ffff:192.0.2.2]"}) { // the second as 5118 has it
            String callId = "v6-9-" + mapped.length();
            String ok = exchange(Messages.request(
                    "INVITE",
                    "sip:user@example.com",
                    "UDP " + mapped + ":5060",
                    callId,
                    "Contact: \"T. desk phone\" <sip:caller@" + mapped + ">\r\n",
                    body));
            assertThat(ok).startsWith("SIP/2.0 200").contains("UDP " + mapped);
            assertThat(new String(Desk.REQUESTS.get("INVITE " + callId).getRawContent(), StandardCharsets.UTF_8))
                    .isEqualTo(body);
        }
    }

    @Test
    void aCallPassesOverUdp() throws Exception {
        int port = server.add(Transport.UDP, "::1");
        try (DatagramSocket peer = new DatagramSocket(0, loopback6)) {
            peer.setSoTimeout(10_000);
            String via = "UDP [::1]:" + peer.getLocalPort();
            String invite = Messages.invite(via, "udp6", "sip:peer@[::1]:" + peer.getLocalPort());
            byte[] bytes = invite.getBytes(StandardCharsets.UTF_8);
            peer.send(new DatagramPacket(bytes, bytes.length, loopback6, port));
            String ok = receive(peer);
            while (!ok.startsWith("SIP/2.0 200")) {
                ok = receive(peer);
            }
            assertThat(RawPeer.header(ok, "Contact")).containsPattern("\\[[0:]*:1]:" + port);
            byte[] ack = Messages.ack(ok, via).getBytes(StandardCharsets.UTF_8);
            peer.send(new DatagramPacket(ack, ack.length, loopback6, port));
            await().until(() -> Desk.REQUESTS.containsKey("ACK udp6"));
            Desk.REQUESTS.get("INVITE udp6").getSession().createRequest("BYE").send();
            String bye = receive(peer);
            while (!bye.startsWith("BYE sip:peer@[")) {
                bye = receive(peer); // a 200 sent again before its ACK came
            }
            assertThat(RawPeer.header(bye, "Via")).containsPattern("^SIP/2.0/UDP \\[[0:]*:1]:" + port);
        } finally {
            server.sip.removeConnector("udp ::1");
        }
    }

    @Test
    void aRequestLeavesOverTcpAndTls() throws Exception {
        server.add(Transport.TCP, "::1");
        server.add(
                Transport.TLS,
                "::1",
                Server.settings(Certificates.context(Certificates.SERVER), ClientCertificate.NONE));
        try (Listener tcp = Listener.tcp(new InetSocketAddress(loopback6, 0));
                Listener tls =
                        Listener.tls(Certificates.context(Certificates.PEER), new InetSocketAddress(loopback6, 0))) {
            for (Listener listener : new Listener[] {tcp, tls}) {
                String transport = listener == tcp ? "tcp" : "tls";
                SipServletRequest options =
                        server.request("OPTIONS", "sip:them@[::1]:" + listener.port() + ";transport=" + transport);
                options.send();
                try (StreamPeer peer = listener.await()) {
                    String request = peer.await("OPTIONS sip:them@[");
                    assertThat(RawPeer.header(request, "Via"))
                            .containsPattern(
                                    "^SIP/2.0/" + transport.toUpperCase(java.util.Locale.ROOT) + " \\[[0:]*:1]:");
                    peer.send(Messages.ok(request, ""));
                }
            }
        } finally {
            server.sip.removeConnector("tcp ::1");
            server.sip.removeConnector("tls ::1");
        }
    }

    @Test
    void aDialogPassesOverWebSocket() throws Exception {
        int port = server.add(Transport.WS, "::1");
        try (WebSocketPeer peer = WebSocketPeer.ws("[::1]", port)) {
            peer.send(Messages.invite("WS six.invalid", "ws6", "sip:w@six.invalid;transport=ws"));
            peer.send(Messages.ack(peer.await("SIP/2.0 200"), "WS six.invalid"));
            await().until(() -> Desk.REQUESTS.containsKey("ACK ws6"));
            Desk.REQUESTS.get("INVITE ws6").getSession().createRequest("BYE").send();
            peer.await("BYE sip:w@six.invalid");
        } finally {
            server.sip.removeConnector("ws ::1");
        }
    }

    private static String exchange(String request) throws Exception {
        try (RawPeer peer = new RawPeer()) {
            peer.send(request.replaceFirst(";branch", ";rport;branch"), server.port);
            String callId = RawPeer.header(request, "Call-ID");
            String answer = peer.receive(10_000);
            while (answer != null
                    && (answer.startsWith("SIP/2.0 1") || !callId.equals(RawPeer.header(answer, "Call-ID")))) {
                answer = peer.receive(10_000);
            }
            assertThat(answer).as("answer to " + callId).isNotNull();
            if (request.startsWith("INVITE") && answer.startsWith("SIP/2.0 200")) {
                peer.send(Messages.ack(answer, "UDP 127.0.0.1:" + peer.port()), server.port);
                await().until(() -> Desk.REQUESTS.containsKey("ACK " + callId));
            }
            return answer;
        }
    }

    private static String receive(DatagramSocket socket) throws Exception {
        DatagramPacket packet = new DatagramPacket(new byte[8192], 8192);
        socket.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }
}
