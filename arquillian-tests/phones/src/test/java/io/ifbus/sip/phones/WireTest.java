// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A peer of bare datagrams, which repeats itself and forgets to acknowledge. */
class WireTest {

    private final Phone bob = Phone.named("bob").withoutAudio().switchedOn();
    private final DatagramSocket socket;

    WireTest() throws IOException {
        socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
        socket.setSoTimeout(5000);
    }

    @AfterEach
    void close() {
        socket.close();
        bob.close();
    }

    @Test
    void countsTheCopiesOfAnInvite() throws Exception {
        send(request("INVITE", 1, "z9hG4bK1", ""));
        send(request("INVITE", 1, "z9hG4bK1", ""));
        bob.rings().waits("see the copy", () -> bob.received("INVITE") == 2);
        assertThat(bob.inviteRetransmissions()).isEqualTo(1);
        assertThat(bob.allCalls()).hasSize(1);
    }

    @Test
    void repeatsIts200UntilTheAck() throws Exception {
        send(request("INVITE", 1, "z9hG4bK1", ""));
        bob.rings().answers();
        String ok = next("SIP/2.0 200");
        assertThat(next("SIP/2.0 200")).isEqualTo(ok);
        send(request("ACK", 1, "z9hG4bK2", header(ok, "To").replaceFirst(".*;tag=", ";tag=")));
        bob.talks();
    }

    @Test
    void acknowledgesEach200AndCountsTheCopies() throws Exception {
        bob.calls("sip:peer@127.0.0.1:" + socket.getLocalPort());
        String invite = next("INVITE");
        String ok = response("200 OK", invite) + answer();
        send(ok);
        String ack = next("ACK");
        bob.talks();
        send(ok);
        assertThat(next("ACK")).isEqualTo(ack);
        assertThat(bob.duplicateOks()).isEqualTo(1);
        assertThat(header(ack, "Via")).isNotEqualTo(header(invite, "Via"));
    }

    @Test
    void anAnswerThatCrossesTheCancelIsAcknowledgedAndHungUp() throws Exception {
        bob.calls("sip:peer@127.0.0.1:" + socket.getLocalPort());
        String invite = next("INVITE");
        send(response("180 Ringing", invite) + "Content-Length: 0\r\n\r\n");
        bob.hears(180).cancels();
        String cancel = next("CANCEL");
        assertThat(header(cancel, "Via")).isEqualTo(header(invite, "Via"));
        send(response("200 OK", invite) + answer());
        next("ACK");
        String bye = next("BYE");
        send(response("200 OK", bye) + "Content-Length: 0\r\n\r\n");
        bob.isIdle();
    }

    @Test
    void refusesAReinviteThatMeetsItsOwn() throws Exception {
        bob.calls("sip:peer@127.0.0.1:" + socket.getLocalPort());
        String invite = next("INVITE");
        send(response("200 OK", invite) + answer());
        next("ACK");
        bob.talks().call().reinvite(true);
        next("INVITE");
        String tag = header(invite, "From").replaceFirst(".*;tag=", ";tag=");
        String theirs = request("INVITE", 9, "z9hG4bK9", tag)
                .replace(";tag=p\r", ";tag=peer\r")
                .replace("Call-ID: wire", "Call-ID: " + header(invite, "Call-ID"));
        send(theirs);
        next("SIP/2.0 491");
        assertThat(bob.call().isReinviting()).isTrue();
    }

    @Test
    void refusesWhatItCannotDo() throws Exception {
        send(request("OPTIONS", 1, "z9hG4bK1", ""));
        assertThat(next("SIP/2.0 200")).contains("Allow: INVITE");
        send(request("REGISTER", 2, "z9hG4bK2", ""));
        next("SIP/2.0 405");
        send(request("BYE", 3, "z9hG4bK3", ";tag=unknown"));
        next("SIP/2.0 481");
        send(request("INVITE", 4, "z9hG4bK4", "").replace("Max-Forwards", "Require: 100rel\r\nMax-Forwards"));
        assertThat(next("SIP/2.0 420")).contains("Unsupported: 100rel");
    }

    private String request(String method, int cseq, String branch, String toTag) {
        int port = socket.getLocalPort();
        return """
                %s sip:bob@127.0.0.1:%d SIP/2.0\r
                Via: SIP/2.0/UDP 127.0.0.1:%d;branch=%s\r
                From: <sip:peer@127.0.0.1>;tag=p\r
                To: <sip:bob@127.0.0.1>%s\r
                Call-ID: wire\r
                CSeq: %d %s\r
                Contact: <sip:peer@127.0.0.1:%d>\r
                Max-Forwards: 70\r
                Content-Length: 0\r
                \r
                """.formatted(method, bob.port(), port, branch, toTag, cseq, method, port);
    }

    /** Without Content-Length and body. */
    private String response(String status, String request) {
        String to = header(request, "To");
        return """
                SIP/2.0 %s\r
                Via: %s\r
                From: %s\r
                To: %s\r
                Call-ID: %s\r
                CSeq: %s\r
                Contact: <sip:peer@127.0.0.1:%d>\r
                """.formatted(
                        status,
                        header(request, "Via"),
                        header(request, "From"),
                        to.contains(";tag=") ? to : to + ";tag=peer",
                        header(request, "Call-ID"),
                        header(request, "CSeq"),
                        socket.getLocalPort());
    }

    private static String answer() {
        String sdp =
                new AudioNegotiation("127.0.0.1", 1, new MediaPort.Silent(InetAddress.getLoopbackAddress())).offer();
        return "Content-Type: application/sdp\r\nContent-Length: " + sdp.length() + "\r\n\r\n" + sdp;
    }

    private static String header(String message, String name) {
        return message.lines()
                .filter(line -> line.startsWith(name + ":"))
                .findFirst()
                .orElseThrow()
                .substring(name.length() + 1)
                .trim();
    }

    private void send(String message) throws IOException {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getByName("127.0.0.1"), bob.port()));
    }

    private String next(String start) throws IOException {
        byte[] bytes = new byte[4096];
        while (true) {
            DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
            socket.receive(packet);
            String message = new String(bytes, 0, packet.getLength(), StandardCharsets.UTF_8);
            if (message.startsWith(start)) return message;
        }
    }
}
