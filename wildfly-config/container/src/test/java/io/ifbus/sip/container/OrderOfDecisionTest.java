// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.spi.MessageTap.Direction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Both legs of a call answer and hang up at the same instant, over and over. */
class OrderOfDecisionTest {
    private static final int CALLS = 1000;

    @Test
    void messagesLeaveInTheOrderInWhichTheyWereDecided() throws Exception {
        Map<String, List<Integer>> sent = new ConcurrentHashMap<>();
        ExecutorService parties = Executors.newFixedThreadPool(2);
        try (TestServer container = new TestServer(Bridge.class);
                RawPeer left = new RawPeer();
                RawPeer right = new RawPeer()) {
            container.server.add((direction, transport, local, remote, bytes) -> {
                String message = StandardCharsets.UTF_8.decode(bytes).toString();
                String order = direction == Direction.SENT ? RawPeer.header(message, "X-Order") : null;
                if (order != null) {
                    sent.computeIfAbsent(
                                    RawPeer.header(message, "X-Call"),
                                    c -> Collections.synchronizedList(new ArrayList<>()))
                            .add(Integer.valueOf(order));
                }
            });
            CyclicBarrier together = new CyclicBarrier(2);
            for (int call = 0; call < CALLS; call++) {
                String name = "call-" + call;
                Future<?> one = parties.submit(() -> play(left, name, container.port, together));
                Future<?> two = parties.submit(() -> play(right, name, container.port, together));
                Bridge.call(container.application, name, left.port(), right.port());
                one.get(30, TimeUnit.SECONDS);
                two.get(30, TimeUnit.SECONDS);
            }
        } finally {
            parties.shutdownNow();
        }

        assertThat(sent).hasSize(CALLS);
        Map<String, List<Integer>> outOfOrder = new LinkedHashMap<>(sent);
        outOfOrder.values().removeIf(numbers -> firstCopies(numbers)
                .equals(numbers.stream().sorted().distinct().toList()));
        assertThat(outOfOrder).isEmpty();
    }

    /** A retransmission repeats a number that has gone out already; only the first time counts. */
    private static List<Integer> firstCopies(List<Integer> numbers) {
        return numbers.stream().distinct().toList();
    }

    /** One party's part in a call: answer together with the other one, hang up together with the other one. */
    private static Void play(RawPeer peer, String call, int server, CyclicBarrier together) throws Exception {
        String invite = peer.await("INVITE", "X-Call", call);
        together.await(10, TimeUnit.SECONDS);
        peer.send(peer.response(invite, 200, "OK", Uas.SDP), server);
        peer.await("ACK", "X-Call", call);
        together.await(10, TimeUnit.SECONDS);
        peer.send(peer.byeTo(invite), server);
        peer.await("SIP/2.0 200", "X-Call", call);
        return null;
    }
}
