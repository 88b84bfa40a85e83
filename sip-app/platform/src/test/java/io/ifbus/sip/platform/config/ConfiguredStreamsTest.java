// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfiguredStreamsTest {

    private static SettingSource source(Map<String, String> texts) {
        return key -> Optional.ofNullable(texts.get(key));
    }

    @Test
    void when_nothing_is_set_there_may_be_200_with_a_heartbeat_each_15_seconds() {
        assertThat(ConfiguredStreams.from(source(Map.of()), "n1"))
                .isEqualTo(new ConfiguredStreams("n1", Duration.ofSeconds(15), 200));
        assertThat(Settings.EVENTS_KEPT.from(source(Map.of()))).isEqualTo(10_000);
    }

    @Test
    void each_is_read_under_its_key() {
        Map<String, String> texts = Map.of("ifbus.events.heartbeat", "PT1S", "ifbus.events.streams", "3");

        assertThat(ConfiguredStreams.from(source(texts), "n1"))
                .isEqualTo(new ConfiguredStreams("n1", Duration.ofSeconds(1), 3));
        assertThat(Settings.EVENTS_KEPT.from(source(Map.of("ifbus.events.kept", "1"))))
                .isEqualTo(1);
    }

    @Test
    void a_node_s_name_that_would_break_a_cursor_is_bent() {
        assertThat(ConfiguredStreams.from(source(Map.of()), "a:b,c d\n").node()).isEqualTo("a_b_c_d_");
    }

    @ParameterizedTest
    @CsvSource({
        "ifbus.events.heartbeat, PT0S",
        "ifbus.events.streams, 0",
        "ifbus.events.streams, 10001",
        "ifbus.events.streams, many"
    })
    void what_is_out_of_bounds_is_refused_by_its_key(String key, String text) {
        assertThatThrownBy(() -> ConfiguredStreams.from(source(Map.of(key, text)), "n1"))
                .isInstanceOf(SettingRefused.class)
                .hasMessageContaining(key);
    }

    @Test
    void at_least_one_event_is_kept() {
        assertThatThrownBy(() -> Settings.EVENTS_KEPT.from(source(Map.of("ifbus.events.kept", "0"))))
                .isInstanceOf(SettingRefused.class)
                .hasMessageContaining("ifbus.events.kept");
    }
}
