// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipServletRequest;
import org.junit.jupiter.api.Test;

class OutboundRequestTest {
    @Test
    void aPhoneSeesNothingOfHowItsAddressWasFound() throws Exception {
        try (TestServer container = new TestServer(Uac.class);
                RawPeer callee = new RawPeer()) {
            invite(container, "sip:callee@127.0.0.1:" + callee.port()).send();
            assertThat(callee.await("INVITE")).doesNotContain("dns_route").doesNotContain("\r\nRoute:");
        }
    }

    @Test
    void aRefusedConnectionIsReportedAtOnceAndLeavesNothing() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        try (TestServer container = new TestServer(Uac.class)) {
            SipServletRequest invite = invite(container, "sip:callee@127.0.0.1:" + closed + ";transport=tcp");
            SipApplicationSession session = invite.getApplicationSession();
            assertThatThrownBy(invite::send).isInstanceOf(IOException.class).hasMessageContaining("cannot connect");
            session.invalidate();
            await().untilAsserted(() -> {
                assertThat(container.server.transactionCount()).isZero();
                assertThat(container.server.queueNames()).isZero();
            });
        }
    }

    private static SipServletRequest invite(TestServer container, String target) throws Exception {
        SipFactory factory = container.application.sipFactory();
        SipServletRequest invite = factory.createRequest(
                factory.createApplicationSession(), "INVITE", "sip:us@127.0.0.1", "sip:callee@127.0.0.1");
        invite.setRequestURI(factory.createURI(target));
        return invite;
    }
}
