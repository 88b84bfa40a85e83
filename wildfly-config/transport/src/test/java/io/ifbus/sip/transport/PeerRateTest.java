// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PeerRateTest {
    private final AtomicLong now = new AtomicLong(10_000);
    private final PeerRate rate = new PeerRate(() -> Instant.ofEpochMilli(now.get()));

    @Test
    void eachPeerHasItsOwnCountInEachSecond() {
        for (int second = 0; second < 3; second++) {
            assertThat(rate.allows(peer(1), 2)).isTrue();
            assertThat(rate.allows(peer(1), 2)).isTrue();
            assertThat(rate.allows(peer(1), 2)).isFalse();
            assertThat(rate.allows(peer(2), 2)).isTrue();
            now.addAndGet(1000);
        }
    }

    @Test
    void withoutABoundNothingIsCounted() {
        for (int i = 0; i < 1000; i++) {
            assertThat(rate.allows(peer(1), 0)).isTrue();
        }
    }

    @Test
    void peersBeyondTheMostShareOneCount() {
        for (int port = 1; port <= 65_535; port++) {
            assertThat(rate.allows(peer(port), 1)).isTrue();
        }
        assertThat(rate.allows(new InetSocketAddress("192.0.2.2", 1), 1)).isTrue(); // the last with its own
        assertThat(rate.allows(new InetSocketAddress("192.0.2.2", 2), 1)).isTrue();
        assertThat(rate.allows(new InetSocketAddress("192.0.2.2", 3), 1)).isFalse();
    }

    private static InetSocketAddress peer(int port) {
        return new InetSocketAddress("192.0.2.1", port);
    }
}
