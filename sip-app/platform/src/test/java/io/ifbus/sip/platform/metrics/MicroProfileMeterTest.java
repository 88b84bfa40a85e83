// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.call.Direction;
import io.ifbus.sip.call.EndCause;
import io.smallrye.metrics.MetricsRequestHandler;
import io.smallrye.metrics.SharedMetricRegistries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MicroProfileMeterTest {

    private final MetricRegistry registry = SharedMetricRegistries.getOrCreate(MetricRegistry.APPLICATION_SCOPE);
    private final MicroProfileMeter meter = new MicroProfileMeter(registry);
    private final MetricsPage page = new MetricsPage(new MetricsRequestHandler());

    @AfterEach
    void forget() {
        registry.removeMatching((id, metric) -> true);
    }

    @Test
    void counters_are_there_at_zero_before_the_first_call() {
        assertThat(samples("ifbus_calls_started_total")).hasSize(2).allMatch(sample -> sample.endsWith(" 0.0"));
        assertThat(samples("ifbus_calls_ended_total")).hasSize(10).allMatch(sample -> sample.endsWith(" 0.0"));
    }

    @Test
    void calls_are_counted_by_direction_and_result() {
        meter.callStarted(Direction.OUTBOUND);
        meter.callEnded(Direction.OUTBOUND, EndCause.Result.NO_ANSWER);

        assertThat(samples("ifbus_calls_started_total"))
                .anyMatch(sample -> sample.contains("direction=\"outbound\"") && sample.endsWith(" 1.0"))
                .anyMatch(sample -> sample.contains("direction=\"inbound\"") && sample.endsWith(" 0.0"));
        assertThat(samples("ifbus_calls_ended_total"))
                .filteredOn(sample -> sample.endsWith(" 1.0"))
                .singleElement()
                .asString()
                .contains("direction=\"outbound\"", "result=\"no_answer\"");
    }

    @Test
    void the_number_of_living_calls_is_asked_for_when_the_page_is_made() {
        AtomicInteger living = new AtomicInteger();
        meter.showActive(living::get);
        living.set(3);

        assertThat(samples("ifbus_calls_active")).singleElement().asString().endsWith(" 3.0");
    }

    @Test
    void the_number_of_event_streams_is_asked_for_when_the_page_is_made() {
        AtomicInteger open = new AtomicInteger();
        meter.showStreams(open::get);
        open.set(2);

        assertThat(samples("ifbus_event_streams")).singleElement().asString().endsWith(" 2.0");
    }

    @Test
    void setup_time_is_a_histogram_and_nothing_else() {
        meter.legAnswered(Direction.INBOUND, Duration.ofMillis(70));

        assertThat(samples("ifbus_leg_setup_seconds_bucket"))
                .anyMatch(s -> s.contains("inbound") && s.contains("le=\"0.05\"") && s.endsWith(" 0.0"))
                .anyMatch(s -> s.contains("inbound") && s.contains("le=\"0.1\"") && s.endsWith(" 1.0"));
        assertThat(page.text()).doesNotContain("quantile");
    }

    @Test
    void surprises_are_counted_by_state_and_event() {
        meter.surprised("talking", "rejected");

        assertThat(samples("ifbus_surprises_total")).singleElement().asString().contains("talking", "rejected");
    }

    @Test
    void lost_records_and_failures_of_their_store_are_counted_from_zero() {
        assertThat(samples("ifbus_cdrs_dropped_total"))
                .singleElement()
                .asString()
                .endsWith(" 0.0");
        assertThat(samples("ifbus_cdr_store_failures_total"))
                .singleElement()
                .asString()
                .endsWith(" 0.0");

        meter.cdrsDropped(3);
        meter.cdrStoreFailed();

        assertThat(samples("ifbus_cdrs_dropped_total"))
                .singleElement()
                .asString()
                .endsWith(" 3.0");
        assertThat(samples("ifbus_cdr_store_failures_total"))
                .singleElement()
                .asString()
                .endsWith(" 1.0");
    }

    @Test
    void all_stand_in_the_one_table_of_the_documentation_as_they_are() throws IOException {
        Pattern form = Pattern.compile("\\| `(ifbus_[^`]+)` \\| ([^|]+) \\| (.+) \\|");

        assertThat(Files.readString(Path.of("../../docs/metrics.md")).lines().filter(line -> line.startsWith("| `")))
                .map(form::matcher)
                .allMatch(Matcher::matches)
                .map(row -> List.of(row.group(1), row.group(2), row.group(3)))
                .containsExactlyElementsOf(Stream.of(MetricName.values())
                        .map(name -> List.of(name.exported(), tags(name), name.meaning()))
                        .toList());
    }

    private static String tags(MetricName name) {
        return name.tags().isEmpty() ? "none" : "`" + String.join("`, `", name.tags()) + "`";
    }

    private List<String> samples(String name) {
        return page.text().lines().filter(line -> line.startsWith(name + "{")).toList();
    }
}
