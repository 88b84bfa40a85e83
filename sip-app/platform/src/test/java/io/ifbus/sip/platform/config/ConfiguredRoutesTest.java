// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ifbus.sip.route.Query;
import io.ifbus.sip.route.Route;
import io.ifbus.sip.route.RouteTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfiguredRoutesTest {

    private static RouteTable table(Map<String, String> texts) {
        return new RouteTable(List.of(), ConfiguredRoutes.from(key -> Optional.ofNullable(texts.get(key))));
    }

    private static Optional<String> name(RouteTable table, String user) {
        return table.find(new Query(user, "here", "", "", Map.of(), "")).map(Route::name);
    }

    @Test
    void the_default_table_is_the_one_that_core_calls_echo_only() {
        assertThat(table(Map.of()).routes()).isEqualTo(RouteTable.echoOnly().routes());
    }

    @Test
    void routes_are_tried_in_the_order_of_their_names() {
        RouteTable table = table(Map.of(
                "ifbus.routes", "echo,trunk",
                "ifbus.routes.trunk.to", "*@*",
                "ifbus.routes.trunk.target", "sip:{user}@127.0.0.1:5080"));

        assertThat(name(table, "echo")).contains("echo");
        assertThat(name(table, "alice")).contains("trunk");
    }

    @Test
    void a_target_that_leads_nowhere_is_refused_by_its_key() {
        assertThatThrownBy(() -> table(Map.of("ifbus.routes", "trunk", "ifbus.routes.trunk.target", "mailto:x")))
                .isInstanceOf(SettingRefused.class)
                .hasMessageContaining("ifbus.routes.trunk.target");
    }
}
