// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.container.Proves;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.servlet.sip.SipServletRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** RFC 3261 section 7: how messages are written and read. */
class MessageFormTest {
    @RegisterExtension
    static final Server SERVER = Server.standard();

    @Test
    @Proves("3261-7.1-a")
    void anotherVersionOfSipIsRefused() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            for (String version : List.of("SIP/3.0", "SIP/1.0", "SIP/2.1")) {
                Message options = Call.to(SERVER, peer).request("OPTIONS");
                peer.send(options.start(options.start().replace("SIP/2.0", version)));
                assertThat(peer.awaitFinal("OPTIONS").status()).as(version).isEqualTo(505);
            }
            assertThat(Script.requests("OPTIONS")).isZero();
        }
    }

    @Test
    @Proves("3261-7.3.1-b")
    void aFoldedHeaderIsReadAsOneLine() throws Exception {
        try (UdpPeer peer = SERVER.udp()) {
            String text = Call.to(SERVER, peer)
                    .request("OPTIONS")
                    .add("Subject", "I know you're there,\r\n      pick up the phone\r\n\tand talk to me!")
                    .toString()
                    .replace(";branch=", "\r\n ;branch=")
                    .replace(";tag=", "\r\n\t;tag=")
                    .replace("Max-Forwards: ", "Max-Forwards:\r\n ");
            peer.send(text.getBytes(StandardCharsets.UTF_8));
            peer.awaitResponse(200, "OPTIONS");
            SipServletRequest seen = Script.request("OPTIONS");
            assertThat(seen.getHeader("Subject").replaceAll(" +", " "))
                    .isEqualTo("I know you're there, pick up the phone and talk to me!");
            assertThat(seen.getMaxForwards()).isEqualTo(70);
            assertThat(seen.getFrom().getParameter("tag")).startsWith("tag-");
        }
    }
}
