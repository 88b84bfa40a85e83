// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletRequest;
import org.junit.jupiter.api.Test;

/** The caller may end a call by BYE while it rings (RFC 3261 section 15.1.2). */
class EarlyByeTest {
    public static final class Ringing extends SipServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doInvite(SipServletRequest invite) throws IOException {
            invite.createResponse(180).send();
        }

        @Override
        protected void doBye(SipServletRequest bye) throws IOException {
            bye.createResponse(200).send();
        }
    }

    @Test
    void theByeIsAnsweredAndTheInviteTerminated() throws Exception {
        try (TestServer container = new TestServer(Ringing.class);
                RawPeer caller = new RawPeer()) {
            caller.send(caller.request("INVITE", container.port, "early", null, 1, Uas.SDP), container.port);
            String ringing = caller.await("SIP/2.0 180");
            caller.send(caller.request("BYE", container.port, "early", RawPeer.toTag(ringing), 2, ""), container.port);
            caller.awaitOk("BYE", "early");
            assertThat(RawPeer.header(caller.await("SIP/2.0 487"), "CSeq")).isEqualTo("1 INVITE");
        }
    }
}
