// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a CALL may be named. */
class CallNameTest extends Scene {

    private static final String TWIN = "3f1c2a9e-0000-4000-8000-0000000000ff";

    @BeforeEach
    void calls() {
        api.answers("GET /v1/calls", 200, calls(2, call("connected"), call(OTHER, "connected", "")));
        api.answers("GET " + PATH, 200, call("connected"));
    }

    @ParameterizedTest
    @ValueSource(strings = {UUID, "if://call/" + UUID, "3F1C2A9E-0000-4000-8000-000000000001"})
    void a_whole_id_is_not_looked_up(String name) {
        assertThat(operator.types("show", name)).isZero();

        assertThat(api.request().line()).isEqualTo("GET " + PATH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3f1c2a", "3F1C2A9E", "3f1c2a9e-", "3f1c2a9e-0000-4", "3f1c2a9e00004", "if://call/3f1c2a"})
    void the_beginning_of_a_listed_call_is_enough(String name) {
        assertThat(operator.types("show", name)).isZero();

        assertThat(api.requests())
                .map(FakeApi.Request::line)
                .containsExactly("GET /v1/calls?offset=0&limit=1000", "GET " + PATH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3f1c2", "hello", "3f1c2a9g", "sip:alice@example.com", "", "3f1c2a/../x"})
    void anything_else_is_wrong_usage_and_asks_nothing(String name) {
        assertThat(operator.types("show", name)).isEqualTo(2);

        assertThat(operator.err()).contains("'" + name + "' is no call");
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void the_beginning_of_several_is_wrong_usage_and_names_them() {
        api.forgets("GET /v1/calls")
                .answers("GET /v1/calls", 200, calls(2, call("connected"), call(TWIN, "connected", "")));

        assertThat(operator.types("show", "3f1c2a")).isEqualTo(2);

        assertThat(operator.err()).contains("2 calls begin with 3f1c2a: " + UUID + ", " + TWIN);
    }

    @Test
    void the_beginning_of_none_is_refused() {
        assertThat(operator.types("show", "dddddd")).isEqualTo(3);

        assertThat(operator.err()).isEqualTo("ifbus: no listed call begins with dddddd\n");
    }

    @Test
    void all_pages_are_looked_through() {
        api.forgets("GET /v1/calls")
                .answers("GET /v1/calls", 200, calls(2, call(OTHER, "connected", "")))
                .answers("GET /v1/calls", 200, calls(2, call("connected")));

        assertThat(operator.types("show", "3f1c2a")).isZero();

        assertThat(api.requests())
                .map(FakeApi.Request::line)
                .containsExactly(
                        "GET /v1/calls?offset=0&limit=1000", "GET /v1/calls?offset=1&limit=1000", "GET " + PATH);
    }
}
