// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.transport.WireCounters.Reject;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RejectLogTest {
    private final AtomicLong now = new AtomicLong();
    private final RejectLog log = new RejectLog(() -> Instant.ofEpochMilli(now.get()));
    private final List<String> told = new ArrayList<>();

    @Test
    void ofEachKindOneInTenSecondsIsToldWithTheNumberOfTheOthers() {
        reject(Reject.RATE);
        reject(Reject.RATE);
        reject(Reject.SLOW);
        now.addAndGet(9_999);
        reject(Reject.RATE);
        assertThat(told).containsExactly("RATE 0", "SLOW 0");
        now.addAndGet(1);
        reject(Reject.RATE);
        reject(Reject.SLOW);
        assertThat(told).containsExactly("RATE 0", "SLOW 0", "RATE 2", "SLOW 0");
    }

    private void reject(Reject kind) {
        log.rejected(kind, new InetSocketAddress(1), "reason", (of, peer, why, more) -> told.add(of + " " + more));
    }
}
