// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ifbus.sip.route.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private static SettingSource source(Map<String, String> texts) {
        return key -> Optional.ofNullable(texts.get(key));
    }

    @Test
    void are_these_and_no_others() {
        assertThat(Settings.ALL)
                .extracting(Setting::key)
                .containsExactlyInAnyOrder(
                        "ifbus.api.token-file",
                        "ifbus.session-expires",
                        "ifbus.offer.timeout",
                        "ifbus.offer.status",
                        "ifbus.trusted-hosts",
                        "ifbus.trunks",
                        "ifbus.trunks.<name>.host",
                        "ifbus.trunks.<name>.realm",
                        "ifbus.trunks.<name>.user",
                        "ifbus.trunks.<name>.password-file",
                        "ifbus.region",
                        "ifbus.ring-timeout",
                        "ifbus.routes",
                        "ifbus.routes.<name>.to",
                        "ifbus.routes.<name>.target",
                        "ifbus.guard.consecutive-failures",
                        "ifbus.guard.failure-ratio",
                        "ifbus.guard.window",
                        "ifbus.guard.cool-down",
                        "ifbus.guard.half-open-probes",
                        "ifbus.guard.manual-reset-only",
                        "ifbus.guard.bulkhead",
                        "ifbus.routes.file",
                        "ifbus.events.kept",
                        "ifbus.events.heartbeat",
                        "ifbus.events.streams",
                        "ifbus.cdr.directory",
                        "ifbus.cdr.retention");
    }

    @Nested
    class when_nothing_is_set {

        private final SettingSource nothing = source(Map.of());

        @Test
        void there_is_no_token_file() {
            assertThat(Settings.API_TOKEN_FILE.from(nothing)).isEmpty();
        }

        @Test
        void a_party_rings_for_a_minute() {
            assertThat(Settings.RING_TIMEOUT.from(nothing)).isEqualTo(Duration.ofSeconds(60));
        }

        @Test
        void the_node_is_in_no_region() {
            assertThat(Settings.REGION.from(nothing)).isEmpty();
        }

        @Test
        void the_routes_of_the_api_are_where_the_server_keeps_its_data() {
            SettingSource server = source(Map.of("jboss.server.data.dir", "/srv/$1/data"));

            assertThat(Settings.ROUTES_FILE.from(server)).isEqualTo(Path.of("/srv/$1/data/ifbus/routes.json"));
            assertThatThrownBy(() -> Settings.ROUTES_FILE.from(nothing))
                    .isInstanceOf(SettingRefused.class)
                    .hasMessageContaining("ifbus.routes.file")
                    .hasMessageContaining("jboss.server.data.dir");
        }

        @Test
        void there_is_one_route_and_it_echoes() {
            assertThat(Settings.ROUTES.from(nothing)).containsExactly("echo");
            assertThat(Settings.ROUTE_TO.named("echo").from(nothing)).isEqualTo("echo@*");
            assertThat(Settings.ROUTE_TARGET.named("echo").from(nothing)).isEqualTo(new Target.Echo());
        }
    }

    @Nested
    class call_detail_records {

        @Test
        void are_kept_under_the_server_s_data_for_ninety_days_when_nothing_is_set() {
            SettingSource server = source(Map.of("jboss.server.data.dir", "/srv/$1\\data"));

            assertThat(Settings.CDR_DIRECTORY.from(server)).isEqualTo(Path.of("/srv/$1\\data/ifbus/cdr"));
            assertThat(Settings.CDR_RETENTION.from(server)).hasDays(90);
        }

        @Test
        void are_kept_where_and_as_long_as_is_set() {
            SettingSource source = source(Map.of("ifbus.cdr.directory", "/srv/cdr", "ifbus.cdr.retention", "P1D"));

            assertThat(Settings.CDR_DIRECTORY.from(source)).isEqualTo(Path.of("/srv/cdr"));
            assertThat(Settings.CDR_RETENTION.from(source)).hasDays(1);
        }

        @Test
        void are_kept_nowhere_when_the_server_does_not_say_where_its_data_are() {
            assertThatThrownBy(() -> Settings.CDR_DIRECTORY.from(source(Map.of())))
                    .isInstanceOf(SettingRefused.class)
                    .hasMessageContainingAll("ifbus.cdr.directory", "jboss.server.data.dir");
        }

        @ParameterizedTest
        @ValueSource(strings = {"P0D", "P-1D", "P36501D", "ninety days"})
        void are_not_kept_for_a_time_that_cannot_be(String text) {
            assertThatThrownBy(() -> Settings.CDR_RETENTION.from(source(Map.of("ifbus.cdr.retention", text))))
                    .isInstanceOf(SettingRefused.class)
                    .hasMessageContaining("ifbus.cdr.retention");
        }
    }

    @Nested
    class calls {

        @Test
        void are_guarded_offered_and_identified_so_when_nothing_is_set() {
            SettingSource nothing = source(Map.of());

            assertThat(Settings.SESSION_EXPIRES.from(nothing)).isEqualTo(Duration.ofMinutes(30));
            assertThat(Settings.OFFER_TIMEOUT.from(nothing)).isEqualTo(Duration.ofSeconds(20));
            assertThat(Settings.OFFER_STATUS.from(nothing)).isEqualTo(480);
            assertThat(Settings.TRUSTED_HOSTS.from(nothing)).isEmpty();
            assertThat(Settings.TRUNKS.from(nothing)).isEmpty();
        }

        @Test
        void trust_hosts_in_any_case() {
            assertThat(Settings.TRUSTED_HOSTS.from(
                            source(Map.of("ifbus.trusted-hosts", "PBX.example.com, 192.0.2.1,"))))
                    .containsExactlyInAnyOrder("pbx.example.com", "192.0.2.1");
        }

        @ParameterizedTest
        @ValueSource(strings = {"PT89S", "P2D", "0", "PT0S", "long"})
        void have_no_session_interval_that_cannot_be(String text) {
            assertThatThrownBy(() -> Settings.SESSION_EXPIRES.from(source(Map.of("ifbus.session-expires", text))))
                    .isInstanceOf(SettingRefused.class)
                    .hasMessageContaining("ifbus.session-expires");
        }

        @ParameterizedTest
        @ValueSource(strings = {"399", "700", "-480", "busy"})
        void are_not_refused_with_what_is_no_refusal(String text) {
            assertThatThrownBy(() -> Settings.OFFER_STATUS.from(source(Map.of("ifbus.offer.status", text))))
                    .isInstanceOf(SettingRefused.class)
                    .hasMessageContaining("ifbus.offer.status");
        }
    }

    @Nested
    class when_set {

        @Test
        void each_is_read_under_its_key() {
            SettingSource source = source(Map.of(
                    "ifbus.api.token-file", " /run/token ",
                    "ifbus.region", "eu",
                    "ifbus.ring-timeout", "PT5S",
                    "ifbus.routes.file", "/run/routes",
                    "ifbus.routes", "echo, trunk",
                    "ifbus.routes.trunk.to", "*@*",
                    "ifbus.routes.trunk.target", "sip:{user}@127.0.0.1:5080"));

            assertThat(Settings.API_TOKEN_FILE.from(source)).contains(Path.of("/run/token"));
            assertThat(Settings.RING_TIMEOUT.from(source)).isEqualTo(Duration.ofSeconds(5));
            assertThat(Settings.REGION.from(source)).isEqualTo("eu");
            assertThat(Settings.ROUTES_FILE.from(source)).isEqualTo(Path.of("/run/routes"));
            assertThat(Settings.ROUTES.from(source)).containsExactly("echo", "trunk");
            assertThat(Settings.ROUTE_TO.named("trunk").from(source)).isEqualTo("*@*");
            assertThat(Settings.ROUTE_TARGET.named("trunk").from(source))
                    .isEqualTo(new Target.Uri("sip:{user}@127.0.0.1:5080"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"60", "PT0S", "PT-1S", "soon"})
        void a_ring_timeout_that_is_no_duration_above_zero_is_refused_by_its_key(String text) {
            assertThatThrownBy(() -> Settings.RING_TIMEOUT.from(source(Map.of("ifbus.ring-timeout", text))))
                    .isInstanceOf(SettingRefused.class)
                    .hasMessageContaining("ifbus.ring-timeout");
        }

        @Test
        void a_region_or_a_glob_of_several_lines_is_refused_by_its_key() {
            SettingSource source = source(Map.of("ifbus.region", "e\nu", "ifbus.routes.trunk.to", "a\nb"));

            assertThatThrownBy(() -> Settings.REGION.from(source))
                    .isInstanceOf(SettingRefused.class)
                    .hasMessageContaining("ifbus.region");
            assertThatThrownBy(() -> Settings.ROUTE_TO.named("trunk").from(source))
                    .isInstanceOf(SettingRefused.class)
                    .hasMessageContaining("ifbus.routes.trunk.to");
        }

        @ParameterizedTest
        @ValueSource(strings = {"a,,b", "a,a", "Trunk", "a b", ","})
        void route_names_that_cannot_be_names_are_refused(String text) {
            assertThatThrownBy(() -> Settings.ROUTES.from(source(Map.of("ifbus.routes", text))))
                    .isInstanceOf(SettingRefused.class)
                    .hasMessageContaining("ifbus.routes");
        }
    }

    @Test
    void stand_in_the_one_table_of_the_documentation_as_they_are() throws IOException {
        List<String> rows = Files.readString(Path.of("../../docs/configuration.md"))
                .lines()
                .filter(line -> line.startsWith("| `ifbus."))
                .toList();

        assertThat(rows)
                .map(row -> Pattern.compile("\\| `([^`]+)` \\| (?:`([^`]+)`|none) \\| (.+) \\|")
                        .matcher(row))
                .allMatch(java.util.regex.Matcher::matches)
                .map(java.util.regex.Matcher::toMatchResult)
                .map(SettingsTest::row)
                .containsExactlyElementsOf(Settings.ALL.stream()
                        .map(s -> List.of(s.key(), s.fallback(), s.meaning()))
                        .toList());
    }

    private static List<String> row(MatchResult row) {
        return List.of(row.group(1), row.group(2) == null ? "" : row.group(2), row.group(3));
    }
}
