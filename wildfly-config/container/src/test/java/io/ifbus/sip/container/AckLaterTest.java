// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import org.junit.jupiter.api.Test;

/** Third-party call control and a B2BUA answer a leg's 200 only when the other leg has answered (RFC 3725 section 4). */
class AckLaterTest {
    @Test
    void a200IsAcknowledgedLongAfterItsTransactionHasEnded() throws Exception {
        try (TestServer container = new TestServer(Uac.class);
                RawPeer callee = new RawPeer()) {
            SipApplicationSession session = container.application.sipFactory().createApplicationSession();
            SipServletRequest invite = container
                    .application
                    .sipFactory()
                    .createRequest(session, "INVITE", "sip:us@127.0.0.1", "sip:callee@127.0.0.1:" + callee.port());
            invite.send();
            String received = callee.await("INVITE");
            callee.send(callee.response(received, 200, "OK", Uas.SDP), container.port);
            SipServletResponse ok = Uac.RESPONSES.poll(5, TimeUnit.SECONDS);
            await().until(() -> container.server.transactionCount() == 0);

            container.application.serialExecution().execute(session, () -> {
                try {
                    ok.createAck().send();
                    ok.getSession().createRequest("BYE").send();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });

            assertThat(callee.await("ACK")).contains("CSeq: 1 ACK");
            assertThat(callee.await("BYE")).contains("CSeq: 2 BYE");
        }
    }

    @Test
    void aB2buaPassesTheAckOnLongAfterThe200() throws Exception {
        try (TestServer container = new TestServer(B2bua.class);
                RawPeer caller = new RawPeer();
                RawPeer callee = new RawPeer()) {
            System.setProperty("test.b2bua.target", Integer.toString(callee.port()));
            caller.send(caller.request("INVITE", container.port, "later", null, 1, Uas.SDP), container.port);
            String invite = callee.await("INVITE");
            callee.send(callee.response(invite, 200, "OK", Uas.SDP), container.port);
            String ok = caller.await("SIP/2.0 200");
            await().until(() -> container.server.transactionCount() == 0);

            caller.send(caller.request("ACK", container.port, "later", RawPeer.toTag(ok), 1, ""), container.port);

            assertThat(callee.await("ACK")).contains("CSeq: 1 ACK");
        }
    }
}
