// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.locator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.TextParseException;

class SrvOrderTest {
    private static SRVRecord srv(int priority, int weight, String target) {
        try {
            Name name = Name.fromString("_sip._udp.example.com.");
            return new SRVRecord(name, DClass.IN, 60, priority, weight, 5060, Name.fromString(target + "."));
        } catch (TextParseException e) {
            throw new IllegalArgumentException(target, e);
        }
    }

    private static List<String> draw(RandomGenerator random, SRVRecord... records) {
        return SrvOrder.draw(List.of(records), random).stream()
                .map(record -> record.getTarget().toString(true))
                .toList();
    }

    @Test
    void prioritiesRise() {
        for (int seed = 0; seed < 50; seed++) {
            assertThat(draw(new Random(seed), srv(30, 65_535, "c"), srv(10, 0, "a"), srv(20, 100, "b")))
                    .containsExactly("a", "b", "c");
        }
    }

    @Test
    void withinAPriorityEachIsFirstAsOftenAsItsWeightSays() {
        Random random = new Random(42);
        Map<String, Integer> first = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            List<String> order = draw(random, srv(1, 60, "most"), srv(1, 30, "some"), srv(1, 10, "few"));
            assertThat(order).containsExactlyInAnyOrder("most", "some", "few");
            first.merge(order.get(0), 1, Integer::sum);
        }
        assertThat(first.get("most")).isBetween(5700, 6300);
        assertThat(first.get("some")).isBetween(2700, 3300);
        assertThat(first.get("few")).isBetween(800, 1200);
    }

    @Test
    void oneOfWeightZeroIsSeldomFirstButMayBe() {
        Random random = new Random(42);
        int first = 0;
        for (int i = 0; i < 10_000; i++) {
            first += draw(random, srv(1, 99, "a"), srv(1, 0, "z")).get(0).equals("z") ? 1 : 0;
        }
        assertThat(first).isBetween(50, 200); // one of the 100 values from 0 to 99
    }
}
