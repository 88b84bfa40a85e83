// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SparseReportsTest {
    private final AtomicLong now = new AtomicLong();
    private final SparseReports reports = new SparseReports(() -> Instant.ofEpochMilli(now.get()));
    private final List<Long> told = new ArrayList<>();

    @Test
    void oneInTenSecondsIsToldWithTheNumberOfTheOthers() {
        reports.offer(told::add);
        reports.offer(told::add);
        now.addAndGet(9_999);
        reports.offer(told::add);
        assertThat(told).containsExactly(0L);
        now.addAndGet(1);
        reports.offer(told::add);
        assertThat(told).containsExactly(0L, 2L);
        now.addAndGet(10_000);
        reports.offer(told::add);
        assertThat(told).containsExactly(0L, 2L, 0L);
    }
}
