// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RouteTableTest {
    private final RouteTable table = new RouteTable(List.of(
            Route.parse("echo", "echo@*", "echo"),
            Route.parse("us", "1*@*.Example.com", "sip:{user}@us.example.net:5080;transport=tcp"),
            Route.parse("rest", "*@pbx", "sip:{user}@192.0.2.1")));

    private String nameFor(String user, String host) {
        return table.find(user, host).map(Route::name).orElse("none");
    }

    @Test
    void the_first_that_matches_has_it() {
        assertThat(nameFor("echo", "anything")).isEqualTo("echo");
        assertThat(nameFor("1555", "a.EXAMPLE.com")).isEqualTo("us");
        assertThat(nameFor("echo", "pbx")).isEqualTo("echo");
        assertThat(nameFor("Echo", "pbx")).as("users are case-sensitive").isEqualTo("rest");
        assertThat(nameFor("", "pbx")).isEqualTo("rest");
        assertThat(nameFor("2555", "a.example.com")).isEqualTo("none");
        assertThat(nameFor("1555", "aXexample.com")).as("a dot is a dot").isEqualTo("none");
    }

    @Test
    void the_user_stands_in_the_target() {
        assertThat(new Target.Uri("sip:{user}@h:5080").uriFor("bob")).isEqualTo("sip:bob@h:5080");
        assertThat(new Target.Uri("sip:{user}@h:5080").uriFor("")).isEqualTo("sip:h:5080");
    }

    @Test
    void a_target_that_is_none_is_refused_at_once() {
        assertThatIllegalArgumentException().isThrownBy(() -> Route.parse("x", "*", "http://h"));
        assertThatIllegalArgumentException().isThrownBy(() -> Route.parse("x", " ", "echo"));
    }

    @Test
    void without_configuration_there_is_echo() {
        assertThat(RouteTable.echoOnly().find("echo", "h")).isPresent();
        assertThat(RouteTable.echoOnly().find("bob", "h")).isEmpty();
    }
}
