// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletRequest;
import org.junit.jupiter.api.Test;

/** Timer C of RFC 3261 section 16.8. */
class ProxyTimersTest {
    public static final class Passing extends SipServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doInvite(SipServletRequest invite) throws IOException, ServletException {
            invite.getProxy().proxyTo(invite.getRequestURI());
        }
    }

    @Test
    void theTimersOfAnAnsweredCallAreTakenOffTheClock() throws Exception {
        try (TestServer container = new TestServer(Passing.class);
                RawPeer caller = new RawPeer();
                RawPeer callee = new RawPeer()) {
            int before = container.server.timers().size();
            caller.send(
                    caller.request("INVITE", container.port, "proxied", null, 1, "")
                            .replaceFirst("INVITE \\S+", "INVITE sip:callee@127.0.0.1:" + callee.port()),
                    container.port);
            String invite = callee.await("INVITE", "proxied");
            assertThat(container.server.timers().size()).isGreaterThan(before + 1); // its session's, and Timer C
            callee.send(callee.response(invite, 200, "OK", ""), container.port);
            caller.awaitOk("INVITE", "proxied");
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(container.server.timers().size())
                            .isLessThanOrEqualTo(before + container.application.sessionCount())); // no more than expiry
        }
    }
}
