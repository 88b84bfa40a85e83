// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import org.junit.jupiter.api.Test;

/** A re-INVITE of ours may cross the peer's BYE; its answer is still to be acknowledged, and told. */
class CrossingByeTest {
    /** The stack forgets a dialog 8 s after its end. */
    private static final int AFTER_THE_DIALOG_MS = 8500;

    private static final BlockingQueue<Integer> ANSWERS = new LinkedBlockingQueue<>();

    public static final class Changing extends SipServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doInvite(SipServletRequest invite) throws IOException {
            invite.createResponse(200).send();
        }

        @Override
        protected void doAck(SipServletRequest ack) throws IOException {
            ack.getSession().createRequest("INVITE").send();
        }

        @Override
        protected void doBye(SipServletRequest bye) throws IOException {
            bye.createResponse(200).send();
        }

        @Override
        protected void doResponse(SipServletResponse response) {
            ANSWERS.add(response.getStatus());
        }
    }

    @Test
    void theAnswerThatComesBehindTheByeIsAcknowledgedAndTold() throws Exception {
        ANSWERS.clear();
        try (TestServer container = new TestServer(Changing.class);
                RawPeer peer = new RawPeer()) {
            peer.send(peer.request("INVITE", container.port, "cross", null, 1, Uas.SDP), container.port);
            String tag = RawPeer.toTag(peer.awaitOk("INVITE", "cross"));
            peer.send(peer.request("ACK", container.port, "cross", tag, 1, ""), container.port);
            String reinvite = peer.await("INVITE");
            peer.send(peer.response(reinvite, 100, "Trying", ""), container.port); // or it would come again
            peer.send(peer.request("BYE", container.port, "cross", tag, 2, ""), container.port);
            peer.awaitOk("BYE", "cross");
            assertThat(peer.receive(AFTER_THE_DIALOG_MS)).isNull();
            peer.send(peer.response(reinvite, 481, "Gone", ""), container.port);
            assertThat(RawPeer.header(peer.await("ACK"), "CSeq"))
                    .isEqualTo(RawPeer.header(reinvite, "CSeq").replace("INVITE", "ACK"));
            assertThat(ANSWERS.poll(5, TimeUnit.SECONDS)).isEqualTo(481);
        }
    }
}
