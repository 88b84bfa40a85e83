// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallListTest extends Scene {

    @Test
    void calls_stand_in_aligned_columns() {
        String ended = ",\"result\":\"no_answer\",\"hangup_cause\":{\"code\":487,\"reason\":\"\",\"by\":\"system\"}";
        api.answers("GET /v1/calls", 200, calls(2, call("connected"), call(OTHER, "terminated", ended)));

        assertThat(operator.types("calls")).isZero();

        assertThat(operator.out()).isEqualTo("""
                        CALL      STATE       DIRECTION  FROM                   TO                   CREATED               SECONDS  RESULT     CAUSE
                        3f1c2a9e  connected   outbound   sip:alice@example.com  sip:bob@example.com  2026-01-02T03:04:05Z  0        -          -
                        77aa01ff  terminated  outbound   sip:alice@example.com  sip:bob@example.com  2026-01-02T03:04:05Z  0        no_answer  487 by system
                        """);
    }

    @Test
    void ids_are_shown_as_far_as_it_takes_to_tell_them_apart() {
        String twin = "3f1c2a9e-0001-4000-8000-000000000001";
        api.answers("GET /v1/calls", 200, calls(2, call("connected"), call(twin, "connected", "")));

        operator.types("calls");

        assertThat(operator.out()).contains("\n3f1c2a9e-0000  ").contains("\n3f1c2a9e-0001  ");
    }

    @Test
    void options_become_the_query() {
        api.answers("GET /v1/calls", 200, calls(0));

        assertThat(operator.types("calls", "--state", "on_hold", "--limit", "5", "--offset", "10"))
                .isZero();

        assertThat(api.request().line()).isEqualTo("GET /v1/calls?offset=10&limit=5&state=on_hold");
        assertThat(operator.out()).isEqualTo("No calls.\n");
    }

    @Test
    void a_list_that_goes_on_says_how_to_see_more() {
        api.answers("GET /v1/calls", 200, calls(7, call("connected")));

        operator.types("calls", "--limit", "1");

        assertThat(operator.out()).endsWith("1 of 7; more: --offset 1\n");
    }

    @Test
    void json_is_unchanged() {
        String body = calls(1, call("connected"));
        api.answers("GET /v1/calls", 200, body);

        operator.types("calls", "--json");

        assertThat(operator.out()).isEqualTo(body + "\n");
    }

    @Test
    void states_have_a_colour_at_a_terminal_only() {
        api.answers("GET /v1/calls", 200, calls(1, call("connected")));

        operator.types("calls");
        assertThat(operator.out()).doesNotContain("\u001b");

        operator.atATerminal().types("calls");
        assertThat(operator.out()).contains("\u001b[32mconnected\u001b[0m  outbound");
    }

    @Test
    void what_a_peer_sent_cannot_steer_the_terminal() {
        api.answers("GET /v1/calls", 200, calls(1, call(UUID, "connected", ",\"result\":\"\\u001b[2J\\u202e\\nx\"")));

        operator.types("calls");

        assertThat(operator.out()).contains("?[2J??x").doesNotContain("\u001b").doesNotContain("\u202e");
    }

    @Test
    void show_shows_every_field_also_those_that_are_new() {
        String more =
                ",\"hangup_cause\":{\"code\":200,\"reason\":\"OK\",\"by\":\"api\"},\"novelty\":[1,2],\"gone\":null,"
                        + "\"history\":[{\"sequence\":1,\"state\":\"created\",\"at\":\"2026-01-02T03:04:05Z\"}]";
        api.answers("GET " + PATH, 200, call(UUID, "terminated", more));

        assertThat(operator.types("show", UUID)).isZero();

        assertThat(operator.out().lines())
                .contains(
                        "call_id       if://call/" + UUID,
                        "state         terminated",
                        "hangup_cause  200 OK by api",
                        "novelty       1, 2",
                        "history",
                        "  1  created  2026-01-02T03:04:05Z")
                .noneMatch(line -> line.contains("gone"));
    }

    @Test
    void show_prints_json_unchanged() {
        api.answers("GET " + PATH, 200, call("ringing"));

        operator.types("show", "--json", UUID);

        assertThat(operator.out()).isEqualTo(call("ringing") + "\n");
    }
}
