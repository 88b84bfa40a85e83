// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.container.Proves;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.servlet.sip.Address;
import javax.servlet.sip.SipServletRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** RFC 3261 section 7: how messages are written and read. */
class MessageSyntaxTest {
    @RegisterExtension
    static final Server SERVER = Server.standard();

    @Test
    @Proves("3261-7.3.1-a")
    void namesAreReadInAnyLetterCase() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            String text = Call.to(SERVER, peer)
                    .request("OPTIONS")
                    .add("Subject", "case")
                    .toString();
            for (String name : List.of("Via", "From", "To", "Call-ID", "CSeq", "Max-Forwards", "Subject", "Contact")) {
                text = text.replace("\r\n" + name + ":", "\r\n" + swapped(name) + ":");
            }
            text = text.replace(";branch=", ";BrAnCh=")
                    .replace(";tag=", ";TAG=")
                    .replace("Content-L", "cONTENT-l");
            peer.send(text.getBytes(StandardCharsets.UTF_8));
            Message ok = peer.awaitResponse(200, "OPTIONS");
            SipServletRequest seen = Script.request("OPTIONS");
            assertThat(seen.getHeader("Subject")).isEqualTo("case");
            assertThat(seen.getFrom().getParameter("tag"))
                    .isEqualTo(ok.fromTag())
                    .isNotNull();
            assertThat(seen.getMaxForwards()).isEqualTo(70);
            peer.send(text.getBytes(StandardCharsets.UTF_8)); // the branch is understood: it is a retransmission
            peer.awaitResponse(200, "OPTIONS");
            assertThat(Script.requests("OPTIONS")).isZero();
        }
    }

    private static String swapped(String name) {
        StringBuilder swapped = new StringBuilder();
        name.chars()
                .map(c -> Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c))
                .forEach(swapped::appendCodePoint);
        return swapped.toString();
    }

    @Test
    @Proves("3261-7.3.1-c")
    void severalRowsMeanTheSameAsOneWithCommas() throws Exception {
        List<String> vias = List.of("SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa", "SIP/2.0/TCP 192.0.2.2;branch=z9hG4bKb");
        List<String> records = List.of("<sip:r1.example.com;lr>", "<sip:r2.example.com;lr>", "<sip:r3.example.com;lr>");
        List<String> contacts = List.of("<sip:a@192.0.2.3>;q=0.5", "\"B, C\" <sip:b@192.0.2.4>");
        List<List<String>> seen = new ArrayList<>();
        try (UdpPeer peer = SERVER.udp()) {
            for (boolean rows : List.of(true, false)) {
                Message register = Call.to(SERVER, peer).request("REGISTER").without("Contact");
                register = rows ? rows(register, "Via", vias) : commas(register, "Via", vias);
                register = rows ? rows(register, "Contact", contacts) : commas(register, "Contact", contacts);
                peer.send(register);
                seen.add(peer.awaitResponse(200, "REGISTER").values("Via").subList(1, 3));
                List<String> addresses = new ArrayList<>();
                Script.request("REGISTER").getAddressHeaders("Contact").forEachRemaining(a -> addresses.add(text(a)));
                seen.add(addresses);

                Message invite = Call.to(SERVER, peer).invite();
                peer.send(rows ? rows(invite, "Record-Route", records) : commas(invite, "Record-Route", records));
                Message ok = peer.awaitResponse(200, "INVITE");
                assertThat(ok.values("Record-Route")).isEqualTo(records);
                List<String> routes = new ArrayList<>();
                Script.request("INVITE").getAddressHeaders("Record-Route").forEachRemaining(a -> routes.add(text(a)));
                assertThat(routes).isEqualTo(records);
            }
        }
        assertThat(seen.get(0)).isEqualTo(vias).isEqualTo(seen.get(2));
        assertThat(seen.get(1)).hasSize(2).isEqualTo(seen.get(3));
    }

    private static String text(Address address) {
        return address.toString();
    }

    private static Message rows(Message message, String name, List<String> values) {
        Message with = message;
        for (String value : values) {
            with = with.add(name, value);
        }
        return with;
    }

    private static Message commas(Message message, String name, List<String> values) {
        String all = String.join(" , ", values);
        return message.header(name) == null ? message.add(name, all) : message.change(name, v -> v + "," + all);
    }

    /** A proxy follows Route values in their order, however they are written. */
    @Test
    @Proves("3261-7.3.1-c")
    void severalRouteRowsMeanTheSameAsOneWithCommas() throws Exception {
        Script.onRequest(request -> request.getProxy().proxyTo(request.getRequestURI()));
        try (UdpPeer caller = SERVER.udp();
                UdpPeer next = SERVER.udp()) {
            String first = "<sip:127.0.0.1:" + next.port() + ";lr>";
            List<String> routes = List.of(first, "<sip:later.example.com;lr>", "<sip:last.example.com;lr>");
            for (boolean rows : List.of(true, false)) {
                Message options = Call.to(SERVER, caller).request("OPTIONS");
                caller.send(rows ? rows(options, "Route", routes) : commas(options, "Route", routes));
                Message forwarded = next.awaitRequest("OPTIONS");
                assertThat(forwarded.values("Route")).isEqualTo(routes);
                next.answer(forwarded, 200);
            }
        }
    }

    @Test
    @Proves("3261-7.3.3-a")
    void compactNamesAreUnderstood() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            Message options = Call.to(SERVER, peer)
                    .request("MESSAGE")
                    .body("text/plain", "hello")
                    .add("Subject", "short")
                    .add("Supported", "timer")
                    .add("Content-Encoding", "identity")
                    .add("Content-Length", "5");
            String text = options.toString();
            String[] names = {
                "Via v",
                "From f",
                "To t",
                "Call-ID i",
                "Contact m",
                "Content-Type c",
                "Content-Length l",
                "Subject s",
                "Supported k",
                "Content-Encoding e"
            };
            for (String pair : names) {
                text = text.replace("\r\n" + pair.split(" ")[0] + ":", "\r\n" + pair.split(" ")[1] + ":");
            }
            assertThat(text).doesNotContain("Via").doesNotContain("Content");
            peer.send(text.getBytes(StandardCharsets.UTF_8));
            Message ok = peer.awaitResponse(200, "MESSAGE");
            assertThat(ok.header("Via")).isEqualTo(options.header("Via"));
            SipServletRequest seen = Script.request("MESSAGE");
            assertThat(seen.getHeader("Subject")).isEqualTo("short");
            assertThat(seen.getHeader("Supported")).isEqualTo("timer");
            assertThat(seen.getHeader("Content-Encoding")).isEqualTo("identity");
            assertThat(seen.getContentType()).isEqualTo("text/plain");
            assertThat(seen.getContentLength()).isEqualTo(5);
            assertThat(seen.getRawContent()).asString().isEqualTo("hello");
            assertThat(seen.getAddressHeader("Contact").getURI().toString()).isEqualTo(peer.uri("peer"));
            assertThat(seen.getCallId()).isEqualTo(options.callId());
        }
    }

    @Test
    @Proves("3261-7.5-a")
    void emptyLinesBeforeAMessageOnAStreamAreSkipped() throws Exception {
        try (TcpPeer peer = SERVER.tcp()) {
            for (String before : List.of("\r\n", "\r\n\r\n", "\r\n\r\n\r\n\r\n\r\n", "")) {
                Message options = Call.to(SERVER, peer).request("OPTIONS");
                peer.send((before + options).getBytes(StandardCharsets.UTF_8));
                assertThat(peer.awaitResponse(200, "OPTIONS").callId()).isEqualTo(options.callId());
                assertThat(Script.request("OPTIONS").getCallId()).isEqualTo(options.callId());
            }
            assertThat(peer.connections()).isEqualTo(1);
        }
    }
}
