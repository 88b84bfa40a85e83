// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RouteTableTest {
    private final RouteTable table = new RouteTable(
            List.of(),
            List.of(
                    Route.parse("echo", "echo@*", "echo"),
                    Route.parse("us", "1*@*.Example.com", "sip:{user}@us.example.net:5080;transport=tcp"),
                    Route.parse("rest", "*@pbx", "sip:{user}@192.0.2.1")));

    private static Query query(String user, String host) {
        return new Query(user, host, "", "", Map.of(), "");
    }

    private String nameFor(String user, String host) {
        return table.find(query(user, host)).map(Route::name).orElse("none");
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
    void those_of_the_api_come_before_those_of_the_settings() {
        RouteTable overridden = new RouteTable(
                List.of(Route.parse("mine", "echo@pbx", "offer")), List.of(Route.parse("echo", "*", "echo")));

        assertThat(overridden.find(query("echo", "pbx"))).map(Route::name).contains("mine");
        assertThat(overridden.find(query("echo", "h"))).map(Route::name).contains("echo");
        assertThat(overridden.routes())
                .extracting(placed -> placed.position() + " " + placed.origin().word() + " "
                        + placed.route().name())
                .containsExactly("0 api mine", "1 settings echo");
    }

    @Test
    void two_of_one_name_are_refused() {
        Route echo = Route.parse("echo", "*", "echo");

        assertThatExceptionOfType(InvalidRoute.class)
                .isThrownBy(() -> new RouteTable(List.of(echo), List.of(echo)))
                .withMessageContaining("'echo'");
    }

    @Test
    void the_version_tells_every_difference() {
        Route route = new Route("a", Conditions.of("t", "f", Map.of("x-h", "v"), "eu"), new Target.Echo());
        List<RouteTable> different = List.of(
                new RouteTable(List.of(), List.of()),
                new RouteTable(List.of(route), List.of()),
                new RouteTable(List.of(), List.of(route)),
                one("b", route.conditions(), "echo"),
                one("a", Conditions.of("T", "f", Map.of("x-h", "v"), "eu"), "echo"),
                one("a", Conditions.of("t", "F", Map.of("x-h", "v"), "eu"), "echo"),
                one("a", Conditions.of("t", null, Map.of("x-h", "v"), "eu"), "echo"),
                one("a", Conditions.of(null, "t", Map.of("x-h", "v"), "eu"), "echo"),
                one("a", Conditions.of("t", "f", Map.of("x-i", "v"), "eu"), "echo"),
                one("a", Conditions.of("t", "f", Map.of("x-h", "w"), "eu"), "echo"),
                one("a", Conditions.of("t", "f", Map.of("x-h", "v"), "us"), "echo"),
                one("a", route.conditions(), "offer"),
                two("a", "b"),
                two("b", "a"));

        assertThat(different).extracting(RouteTable::version).doesNotHaveDuplicates();
        assertThat(one("a", route.conditions(), "echo").version())
                .isEqualTo(new RouteTable(List.of(route), List.of()).version());
    }

    private static RouteTable one(String name, Conditions conditions, String target) {
        return new RouteTable(List.of(new Route(name, conditions, Target.parse(target))), List.of());
    }

    private static RouteTable two(String first, String second) {
        return new RouteTable(List.of(Route.parse(first, "*", "echo"), Route.parse(second, "*", "echo")), List.of());
    }

    @Test
    void without_configuration_there_is_echo() {
        assertThat(RouteTable.echoOnly().find(query("echo", "h"))).isPresent();
        assertThat(RouteTable.echoOnly().find(query("bob", "h"))).isEmpty();
    }
}
