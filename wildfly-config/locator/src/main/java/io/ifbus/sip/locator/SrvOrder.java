// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.locator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.xbill.DNS.SRVRecord;

/** The order in which SRV records are tried (RFC 2782). */
final class SrvOrder {
    private SrvOrder() {}

    /** By rising priority; within one priority drawn by weight, without putting back. */
    static List<SRVRecord> draw(List<SRVRecord> records, RandomGenerator random) {
        TreeMap<Integer, List<SRVRecord>> byPriority = new TreeMap<>();
        for (SRVRecord candidate : records) {
            byPriority
                    .computeIfAbsent(candidate.getPriority(), priority -> new ArrayList<>())
                    .add(candidate);
        }
        List<SRVRecord> order = new ArrayList<>();
        for (List<SRVRecord> equals : byPriority.values()) {
            equals.sort(Comparator.comparingInt(SRVRecord::getWeight)); // those of weight 0 first
            while (!equals.isEmpty()) {
                order.add(equals.remove(drawOne(equals, random)));
            }
        }
        return order;
    }

    private static int drawOne(List<SRVRecord> candidates, RandomGenerator random) {
        int sum = candidates.stream().mapToInt(SRVRecord::getWeight).sum();
        int drawn = random.nextInt(sum + 1); // 0 to sum, both included
        int running = 0;
        for (int i = 0; i < candidates.size(); i++) {
            running += candidates.get(i).getWeight();
            if (running >= drawn) {
                return i;
            }
        }
        throw new IllegalStateException("the sum of the weights is below " + drawn);
    }
}
