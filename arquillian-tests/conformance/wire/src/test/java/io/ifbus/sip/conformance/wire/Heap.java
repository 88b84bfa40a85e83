// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.wire;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.stream.LongStream;

/** What the process holds on to. */
final class Heap {
    private static final int READINGS = 5;

    private Heap() {}

    /** Bytes in use after a collection, the median of several. */
    static long live() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        return LongStream.range(0, READINGS)
                .map(reading -> {
                    memory.gc();
                    return memory.getHeapMemoryUsage().getUsed();
                })
                .sorted()
                .skip(READINGS / 2)
                .findFirst()
                .orElseThrow();
    }
}
