// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

class SuspendTest {
    @Test
    void aSuspendedServerRefusesCallsAndGoesOnWithThoseItHas() throws Exception {
        try (TestServer container = new TestServer(Uas.class);
                RawPeer caller = new RawPeer()) {
            caller.send(caller.request("INVITE", container.port, "held", null, 1, Uas.SDP), container.port);
            String ok = caller.awaitOk("INVITE", "held");
            caller.send(caller.request("ACK", container.port, "held", RawPeer.toTag(ok), 1, ""), container.port);
            assertThat(container.server.dialogCount()).isEqualTo(1);
            assertThat(container.application.sipSessionCount()).isEqualTo(1);

            container.server.suspend(7);
            assertThat(container.server.isSuspended()).isTrue();
            caller.send(caller.request("INVITE", container.port, "refused", null, 1, Uas.SDP), container.port);
            String refusal = caller.await("SIP/2.0 5", "refused");
            assertThat(refusal).startsWith("SIP/2.0 503");
            assertThat(RawPeer.header(refusal, "Retry-After")).isEqualTo("7");
            caller.send(caller.request("BYE", container.port, "held", RawPeer.toTag(ok), 2, ""), container.port);
            caller.awaitOk("BYE", "held");
            await().untilAsserted(
                            () -> assertThat(container.server.dialogCount()).isZero());

            container.server.resume();
            assertThat(container.server.isSuspended()).isFalse();
            caller.send(caller.request("INVITE", container.port, "taken", null, 1, Uas.SDP), container.port);
            caller.awaitOk("INVITE", "taken");
        }
    }
}
