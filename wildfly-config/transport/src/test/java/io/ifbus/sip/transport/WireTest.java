// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.dispatch.SerialQueues;
import io.ifbus.sip.transport.WireCounters.Reject;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What is let in, and what is answered instead. */
class WireTest {
    private static final InetSocketAddress LOCAL = new InetSocketAddress("127.0.0.1", 5060);
    private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.1", 5070);

    private final ExecutorService pool = Executors.newSingleThreadExecutor();
    private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    private final SerialQueues queues = new SerialQueues(pool, Duration.ofSeconds(2), failures::add);
    private final List<String> handled = Collections.synchronizedList(new ArrayList<>());
    private final List<String> replies = Collections.synchronizedList(new ArrayList<>());
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch release = new CountDownLatch(1);
    private Wire wire = wire(4, 0);

    private Wire wire(int queuedMessages, int perSecond) {
        WireLimits d = WireLimits.DEFAULTS;
        Wire made = new Wire(
                queues,
                new WireLimits(
                        d.udpBufferBytes(),
                        d.messageBytes(),
                        d.connections(),
                        d.connectionsPerPeer(),
                        d.connectMillis(),
                        d.messageMillis(),
                        d.idleMillis(),
                        perSecond,
                        queuedMessages),
                failures::add);
        made.onReject((kind, peer, reason, suppressed) -> told.add(kind.word() + " " + suppressed));
        return made;
    }

    @AfterEach
    void stop() {
        release.countDown();
        pool.shutdownNow();
    }

    @Nested
    class WhileSuspended {
        @Test
        void whatWouldBeginIsAnsweredBy503AndWhatHasBegunGoesOn() {
            wire.suspend(30);
            assertThat(wire.isSuspended()).isTrue();
            for (String method : List.of("INVITE", "OPTIONS", "REGISTER", "SUBSCRIBE", "MESSAGE")) {
                arrive(method, method, "");
                assertThat(replies.get(replies.size() - 1))
                        .startsWith("SIP/2.0 503 Service Unavailable\r\n")
                        .contains("\r\nRetry-After: 30\r\n")
                        .contains("\r\nVia: SIP/2.0/UDP 192.0.2.1:5070;branch=z9hG4bK" + method + "\r\n");
            }
            assertThat(wire.counters().count(Reject.SUSPENDED)).isEqualTo(5);
            arrive("INVITE", "re-invite", ";tag=x");
            arrive("ACK", "ack", "");
            arrive("CANCEL", "cancel", "");
            arrive("BYE", "bye", ";tag=x");
            arriveText(
                    "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP x\r\nTo: <sip:a>;tag=1\r\nCall-ID: response\r\n\r\n",
                    "response");
            await().untilAsserted(() ->
                    assertThat(handled).containsExactlyInAnyOrder("re-invite", "ack", "cancel", "bye", "response"));
            assertThat(replies).hasSize(5);
        }

        @Test
        void anotherCopyOfARequestThatWasLetInGoesOn() {
            wire.suspend(1);
            arrive("INVITE", "known", ""); // its branch is
            await().untilAsserted(() -> assertThat(handled).containsExactly("known"));
        }

        @Test
        void afterwardsAllIsTakenAgain() {
            wire.suspend(0);
            wire.resume();
            arrive("INVITE", "again", "");
            await().untilAsserted(() -> assertThat(handled).containsExactly("again"));
            assertThat(wire.isSuspended()).isFalse();
        }

        @Test
        void theAckOfSuchA503IsForNobody() {
            wire.suspend(1);
            arrive("INVITE", "refused", "");
            String tag = replies.get(0).replaceAll("(?s).*To: [^\r]*;tag=([^\r]+)\r.*", "$1");
            arrive("ACK", "refused", ";tag=" + tag);
            arrive("BYE", "behind", ";tag=x");
            await().untilAsserted(() -> assertThat(handled).containsExactly("behind"));
        }
    }

    @Nested
    class WhileTheWorkersAreBehind {
        @Test
        void newCallsAreAnsweredBy503AndAtTheCeilingNothingIsTaken() {
            queues.execute("sleeper", WireTest.this::sleep);
            for (int i = 0; i < 4; i++) {
                arrive("INVITE", "queued" + i, "");
            }
            arrive("INVITE", "late", "");
            arrive("INVITE", "late", "");
            assertThat(replies).hasSize(2).allMatch(reply -> reply.contains("\r\nRetry-After: 10\r\n"));
            assertThat(replies.get(0)).isEqualTo(replies.get(1));
            arrive("INVITE", "queued0", ""); // a repetition of what waits
            for (int i = 0; wire.waiting() < 16; i++) {
                arrive("BYE", "bye" + i, ";tag=x");
            }
            assertThat(wire.counters().count(Reject.OVERLOAD)).isEqualTo(2);
            arrive("BYE", "too late", ";tag=x");
            assertThat(wire.counters().count(Reject.OVERLOAD)).isEqualTo(3);
            assertThat(replies).hasSize(2);
            release.countDown();
            await().until(() -> wire.waiting() == 0);
            arrive("INVITE", "afterwards", "");
            await().untilAsserted(
                            () -> assertThat(handled).contains("afterwards").doesNotContain("late", "too late"));
        }

        @Test
        void aConnectionIsNotReadUntilThereIsRoom() {
            queues.execute("sleeper", WireTest.this::sleep);
            for (int i = 0; i < 16; i++) {
                arrive("BYE", "bye" + i, ";tag=x");
            }
            CountDownLatch reads = new CountDownLatch(1);
            new Thread(() -> {
                        try {
                            wire.awaitRoom();
                            reads.countDown();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    })
                    .start();
            await().during(Duration.ofMillis(200)).until(() -> reads.getCount() == 1);
            release.countDown();
            await().until(() -> reads.getCount() == 0);
        }
    }

    @Test
    void aPeerHasItsShareOfEachSecond() {
        wire = wire(1000, 3);
        for (int i = 0; i < 20; i++) {
            arrive("OPTIONS", "o" + i, "");
        }
        assertThat(wire.counters().count(Reject.RATE)).isBetween(14L, 17L); // a second may have turned
        assertThat(replies).isEmpty();
    }

    @Test
    void ofEachKindOneRefusalIsToldAndTheOthersAreCounted() {
        for (int i = 0; i < 1000; i++) {
            arriveText("nonsense " + i, "x");
        }
        wire.rejected(Reject.SLOW, PEER, "slow");
        assertThat(told).containsExactly("unparsable 0", "slow 0");
        assertThat(wire.counters().count(Reject.UNPARSABLE)).isEqualTo(1000);
    }

    @Test
    void boundsMayChange() {
        queues.execute("sleeper", this::sleep);
        wire.setLimits(wire(1, 0).limits());
        arrive("INVITE", "one", "");
        arrive("INVITE", "two", "");
        assertThat(replies).hasSize(1);
    }

    private void sleep() {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void arrive(String method, String callId, String toTag) {
        arriveText(
                method + " sip:b SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1:5070;branch=z9hG4bK" + callId
                        + "\r\nFrom: <sip:a>;tag=a\r\nTo: <sip:b>" + toTag + "\r\nCall-ID: " + callId + "\r\nCSeq: 1 "
                        + method + "\r\n\r\n",
                callId);
    }

    private void arriveText(String message, String name) {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        wire.arrived("udp", LOCAL, PEER, bytes, new Arrival() {
            @Override
            public void handle() {
                handled.add(name);
            }

            @Override
            public void reply(byte[] response) {
                replies.add(new String(response, StandardCharsets.UTF_8));
            }

            @Override
            public boolean isKnown(String branch) {
                return branch.equals("z9hg4bkknown");
            }
        });
    }
}
