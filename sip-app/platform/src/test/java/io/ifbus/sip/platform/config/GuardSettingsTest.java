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

class GuardSettingsTest {

    private static SettingSource source(Map<String, String> texts) {
        return key -> Optional.ofNullable(texts.get(key));
    }

    @Test
    void are_the_contract_s_when_nothing_is_set() {
        SettingSource nothing = source(Map.of());

        assertThat(Settings.GUARD_CONSECUTIVE_FAILURES.from(nothing)).isEqualTo(3);
        assertThat(Settings.GUARD_FAILURE_RATIO.from(nothing)).isEqualTo(0.2);
        assertThat(Settings.GUARD_WINDOW.from(nothing)).isEqualTo(20);
        assertThat(Settings.GUARD_COOL_DOWN.from(nothing)).isEqualTo(Duration.ofSeconds(60));
        assertThat(Settings.GUARD_HALF_OPEN_PROBES.from(nothing)).isEqualTo(3);
        assertThat(Settings.GUARD_MANUAL_RESET_ONLY.from(nothing)).isFalse();
        assertThat(Settings.GUARD_BULKHEAD.from(nothing)).isEqualTo(500);
    }

    @Test
    void are_each_read_under_their_key() {
        SettingSource source = source(Map.of(
                "ifbus.guard.consecutive-failures", "5",
                "ifbus.guard.failure-ratio", "0",
                "ifbus.guard.window", "50",
                "ifbus.guard.cool-down", "PT0.1S",
                "ifbus.guard.half-open-probes", "1",
                "ifbus.guard.manual-reset-only", "true",
                "ifbus.guard.bulkhead", "10"));

        assertThat(Settings.GUARD_CONSECUTIVE_FAILURES.from(source)).isEqualTo(5);
        assertThat(Settings.GUARD_FAILURE_RATIO.from(source)).isZero();
        assertThat(Settings.GUARD_WINDOW.from(source)).isEqualTo(50);
        assertThat(Settings.GUARD_COOL_DOWN.from(source)).isEqualTo(Duration.ofMillis(100));
        assertThat(Settings.GUARD_HALF_OPEN_PROBES.from(source)).isEqualTo(1);
        assertThat(Settings.GUARD_MANUAL_RESET_ONLY.from(source)).isTrue();
        assertThat(Settings.GUARD_BULKHEAD.from(source)).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({
        "ifbus.guard.consecutive-failures, 0",
        "ifbus.guard.consecutive-failures, 1001",
        "ifbus.guard.consecutive-failures, three",
        "ifbus.guard.failure-ratio, 1",
        "ifbus.guard.failure-ratio, -0.1",
        "ifbus.guard.failure-ratio, NaN",
        "ifbus.guard.failure-ratio, 20%",
        "ifbus.guard.window, 0",
        "ifbus.guard.window, 10001",
        "ifbus.guard.cool-down, PT0S",
        "ifbus.guard.cool-down, PT0.0001S",
        "ifbus.guard.cool-down, P2D",
        "ifbus.guard.half-open-probes, 0",
        "ifbus.guard.manual-reset-only, yes",
        "ifbus.guard.bulkhead, 0",
        "ifbus.guard.bulkhead, 1000001"
    })
    void are_refused_by_their_key_when_they_make_no_sense(String key, String text) {
        Setting<?> setting = Settings.ALL.stream()
                .filter(one -> one.key().equals(key))
                .findFirst()
                .orElseThrow();

        assertThatThrownBy(() -> setting.from(source(Map.of(key, text))))
                .isInstanceOf(SettingRefused.class)
                .hasMessageContaining(key);
    }
}
