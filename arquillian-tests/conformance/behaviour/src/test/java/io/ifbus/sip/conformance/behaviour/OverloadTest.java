// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.container.Proves;
import io.ifbus.sip.container.SipServerSettings;
import io.ifbus.sip.transport.WireLimits;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server whose only worker is busy (JSR 289 chapter 14). */
class OverloadTest {
    private static final int ROOM = 5;

    @RegisterExtension
    static final Exchange exchange = Exchange.with(settings());

    private static SipServerSettings settings() {
        SipServerSettings usual = SipServerSettings.DEFAULTS;
        WireLimits limits = usual.limits();
        return new SipServerSettings(
                1,
                new WireLimits(
                        limits.udpBufferBytes(),
                        limits.messageBytes(),
                        limits.connections(),
                        limits.connectionsPerPeer(),
                        limits.connectMillis(),
                        limits.messageMillis(),
                        limits.idleMillis(),
                        limits.messagesPerSecond(),
                        ROOM),
                usual.t1(),
                usual.t2(),
                usual.t4(),
                Map.of());
    }

    @Test
    @Proves("J-14-a")
    void newCallsAreRefusedAndThoseInProgressGoOn() throws Exception {
        Script script = exchange.script();
        Phone alice = exchange.phone("alice");
        Phone bob = exchange.phone("bob");
        Phone carol = exchange.phone("carol");
        CountDownLatch free = new CountDownLatch(1);
        script.onRequest("doInvite", invite -> invite.createResponse(200).send());
        script.onRequest("doInfo", info -> info.createResponse(200).send());
        script.onRequest("doOptions", options -> {
            assertThat(free.await(30, TimeUnit.SECONDS)).isTrue();
            options.createResponse(200).send();
        });
        alice.invites();
        Dialog ofAlice = alice.dialogBy(alice.hears(200));
        ofAlice.acks();
        script.gets("doAck");

        bob.request("OPTIONS").send();
        script.gets("doOptions"); // the worker is busy from here
        for (int call = 0; call < 3 * ROOM; call++) {
            carol.invites();
        }
        await().atMost(Phone.PATIENCE)
                .untilAsserted(() -> assertThat(carol.heard().stream().filter(message -> message.status() == 503))
                        .hasSizeGreaterThanOrEqualTo(ROOM));
        assertThat(carol.heard()).noneMatch(message -> message.status() == 200);
        ofAlice.sends("INFO");
        free.countDown();
        alice.hears(200, "INFO");
        bob.hears(200, "OPTIONS");
        await().atMost(Phone.PATIENCE)
                .untilAsserted(() -> assertThat(answered(carol)).isEqualTo(3 * ROOM));
        Message later = carol.invites();
        assertThat(carol.hears(
                                "an answer",
                                message -> message.callId().equals(later.callId()) && message.status() > 100)
                        .status())
                .isEqualTo(200);
    }

    private static long answered(Phone phone) {
        return phone.heard().stream()
                .filter(message -> message.status() >= 200)
                .map(Message::callId)
                .distinct()
                .count();
    }
}
