// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;

/** What a load of commands measured. Safe for use by any thread. */
final class ControlFigures {
    private final Map<String, Queue<Long>> latencies = new ConcurrentSkipListMap<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    void answered(String command, long nanos) {
        latencies.computeIfAbsent(command, c -> new ConcurrentLinkedQueue<>()).add(nanos);
    }

    void failed(String why) {
        failures.add(why);
    }

    /** What was counted so far is forgotten. */
    void restart() {
        latencies.clear();
    }

    List<String> failures() {
        return new ArrayList<>(failures);
    }

    /** The 99th percentile of each command's latency, in ms. */
    Map<String, Double> p99() {
        Map<String, Double> p99 = new TreeMap<>();
        latencies.forEach((command, nanos) -> p99.put(command, quantile(nanos, 0.99)));
        return p99;
    }

    private static double quantile(Queue<Long> nanos, double q) {
        List<Long> sorted = nanos.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1, Math.ceil(sorted.size() * q) - 1)) / 1e6;
    }

    /** One line for each command. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        latencies.forEach((command, nanos) -> lines.add(String.format(
                "%-9s %6d  p50 %5.1f ms  p99 %5.1f ms  max %6.1f ms",
                command, nanos.size(), quantile(nanos, 0.5), quantile(nanos, 0.99), quantile(nanos, 1))));
        lines.add(failures.size() + " failed");
        return lines;
    }
}
