// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.guard.GuardBoard;
import io.ifbus.sip.guard.GuardState;
import io.ifbus.sip.guard.GuardStatus;
import io.ifbus.sip.guard.RefusedBecause;
import io.smallrye.metrics.MetricsRequestHandler;
import io.smallrye.metrics.SharedMetricRegistries;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuardMetricsTest {

    private final MetricRegistry registry = SharedMetricRegistries.getOrCreate(MetricRegistry.APPLICATION_SCOPE);
    private final GuardMetrics metrics = new GuardMetrics(registry);
    private final MetricsPage page = new MetricsPage(new MetricsRequestHandler());

    @AfterEach
    void forget() {
        registry.removeMatching((id, metric) -> true);
    }

    @Test
    void a_target_s_state_is_shown_from_its_first_change_on() {
        assertThat(samples("ifbus_guard_state")).isEmpty();
        metrics.changed("a:5060", GuardState.CLOSED, GuardState.OPEN);

        assertThat(samples("ifbus_guard_state"))
                .hasSize(3)
                .allMatch(sample -> sample.contains("target=\"a:5060\""))
                .filteredOn(sample -> sample.endsWith(" 1.0"))
                .singleElement()
                .asString()
                .contains("state=\"open\"");

        metrics.changed("a:5060", GuardState.OPEN, GuardState.HALF_OPEN);
        assertThat(samples("ifbus_guard_state"))
                .filteredOn(sample -> sample.endsWith(" 1.0"))
                .singleElement()
                .asString()
                .contains("state=\"half_open\"");
    }

    @Test
    void refusals_are_counted_by_target_and_reason() {
        metrics.refused("a", RefusedBecause.OPEN);
        metrics.refused("a", RefusedBecause.OPEN);
        metrics.refused("a", RefusedBecause.BULKHEAD);

        assertThat(samples("ifbus_guard_refused_total"))
                .hasSize(2)
                .anyMatch(sample -> sample.contains("target=\"a\"")
                        && sample.contains("reason=\"open\"")
                        && sample.endsWith(" 2.0"))
                .anyMatch(sample -> sample.contains("reason=\"bulkhead\"") && sample.endsWith(" 1.0"));
    }

    @Test
    void made_up_targets_beyond_a_hundred_share_one_tag() {
        for (int i = 0; i < 500; i++) {
            metrics.refused("host" + i, RefusedBecause.OPEN);
            metrics.changed("host" + i, GuardState.CLOSED, GuardState.OPEN);
        }

        assertThat(samples("ifbus_guard_refused_total"))
                .hasSize(101)
                .anyMatch(sample -> sample.contains("target=\"other\"") && sample.endsWith(" 400.0"));
        assertThat(samples("ifbus_guard_state")).hasSize(300);
    }

    @Test
    void the_number_of_guards_in_each_state_is_asked_for_when_the_page_is_made() {
        metrics.show(new Board(List.of(
                new GuardStatus("a", GuardState.OPEN, Instant.EPOCH, 0),
                new GuardStatus("b", GuardState.CLOSED, Instant.EPOCH, 0),
                new GuardStatus("c", GuardState.CLOSED, Instant.EPOCH, 0))));

        assertThat(samples("ifbus_guard_targets"))
                .hasSize(3)
                .anyMatch(sample -> sample.contains("state=\"open\"") && sample.endsWith(" 1.0"))
                .anyMatch(sample -> sample.contains("state=\"closed\"") && sample.endsWith(" 2.0"))
                .anyMatch(sample -> sample.contains("state=\"half_open\"") && sample.endsWith(" 0.0"));
    }

    private List<String> samples(String name) {
        return page.text().lines().filter(line -> line.startsWith(name + "{")).toList();
    }

    private record Board(List<GuardStatus> list) implements GuardBoard {

        @Override
        public boolean reset(String host) {
            return false;
        }
    }
}
