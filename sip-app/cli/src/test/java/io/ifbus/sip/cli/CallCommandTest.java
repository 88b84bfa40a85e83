// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CallCommandTest extends Scene {

    private static final String FROM = "sip:alice@example.com";
    private static final String TO = "sip:bob@example.com";

    @Test
    void asks_for_a_call_with_nothing_but_what_was_said() {
        api.answers("POST /v1/calls", 202, call("created"));

        assertThat(operator.types("call", FROM, TO)).isZero();

        assertThat(operator.out()).isEqualTo(UUID + "  created\n");
        assertThat(operator.err()).isEmpty();
        assertThat(json(api.request().body()))
                .isEqualTo(json("{\"from\":\"sip:alice@example.com\",\"to\":\"sip:bob@example.com\"}"));
        assertThat(api.request().header("Authorization")).isEqualTo("Bearer " + FakeApi.TOKEN);
        assertThat(api.request().header("Content-Type")).isEqualTo("application/json");
        assertThat(api.request().header("Idempotency-Key")).matches("[0-9a-f-]{36}");
    }

    @Test
    void passes_every_option_on() {
        api.answers("POST /v1/calls", 202, call("created"));

        assertThat(operator.types(
                        "call",
                        FROM,
                        TO,
                        "--timeout",
                        "30",
                        "--name",
                        "Zoë",
                        "--leg",
                        "--early-media",
                        "--header",
                        "X-IF-Hazard=safety",
                        "--header=X-IF-Trace=a=b"))
                .isZero();

        assertThat(json(api.request().body()))
                .isEqualTo(json(
                        "{\"from\":\"sip:alice@example.com\",\"to\":\"sip:bob@example.com\",\"mode\":\"leg\",\"timeout\":30,"
                                + "\"caller_id_name\":\"Zoë\",\"headers\":{\"X-IF-Hazard\":\"safety\",\"X-IF-Trace\":\"a=b\"},"
                                + "\"early_media\":true}"));
    }

    @Test
    void prints_the_answer_unchanged_when_asked_for_json() {
        String body = "{\"call_id\" : \"if://call/" + UUID + "\", \"from\":\"Zoë\", \"later\":1.50}";
        api.answers("POST /v1/calls", 202, body);

        assertThat(operator.types("call", "--json", FROM, TO)).isZero();

        assertThat(operator.out()).isEqualTo(body + "\n");
    }

    @Test
    void sends_the_same_key_again_when_the_connection_breaks_before_the_answer() {
        api.breaks("POST /v1/calls").answers("POST /v1/calls", 202, call("created"));

        assertThat(operator.types("call", FROM, TO)).isZero();

        assertThat(api.requests()).hasSize(2);
        assertThat(api.requests().get(0).header("Idempotency-Key"))
                .isEqualTo(api.requests().get(1).header("Idempotency-Key"));
    }

    @Test
    void gives_up_when_the_connection_breaks_twice() {
        api.breaks("POST /v1/calls");

        assertThat(operator.types("call", FROM, TO)).isEqualTo(4);

        assertThat(api.requests()).hasSize(2);
        assertThat(operator.err()).contains("broke").contains("not known");
    }

    @Test
    void makes_another_key_for_another_call() {
        api.answers("POST /v1/calls", 202, call("created"));
        operator.types("call", FROM, TO);
        operator.types("call", FROM, TO);

        assertThat(api.requests().get(0).header("Idempotency-Key"))
                .isNotEqualTo(api.requests().get(1).header("Idempotency-Key"));
    }

    @Nested
    class waiting {

        @Test
        void ends_well_when_the_call_is_connected_and_tells_the_way_there() {
            api.answers("POST /v1/calls", 202, call("created"))
                    .answers("GET " + PATH, 200, call("dialing"))
                    .answers("GET " + PATH, 200, call("dialing"))
                    .answers("GET " + PATH, 200, call("connected"));

            assertThat(operator.types("call", "--wait", FROM, TO)).isZero();

            assertThat(operator.out().lines())
                    .containsExactly(UUID + "  created", UUID + "  dialing", UUID + "  connected");
            assertThat(operator.pauses).hasSize(3);
        }

        @Test
        void fails_when_the_call_ends_without_having_been_connected() {
            api.answers("POST /v1/calls", 202, call("created"))
                    .answers(
                            "GET " + PATH,
                            200,
                            call(
                                    UUID,
                                    "terminated",
                                    ",\"result\":\"busy\",\"hangup_cause\":{\"code\":486,\"reason\":\"Busy Here\",\"by\":\"callee\"}"));

            assertThat(operator.types("call", "--wait", FROM, TO)).isEqualTo(1);

            assertThat(operator.out()).endsWith(UUID + "  terminated  busy  486 Busy Here by callee\n");
        }

        @Test
        void ends_well_when_the_talk_was_over_before_anybody_looked() {
            api.answers("POST /v1/calls", 202, call("created"))
                    .answers("GET " + PATH, 200, call(UUID, "terminated", ",\"result\":\"completed\""));

            assertThat(operator.types("call", "--wait", FROM, TO)).isZero();
        }

        @Test
        void is_trouble_when_the_answer_has_no_id() {
            api.answers("POST /v1/calls", 202, "");

            assertThat(operator.types("call", "--wait", FROM, TO)).isEqualTo(4);

            assertThat(operator.err()).contains("no call_id");
        }

        @Test
        void is_trouble_when_the_server_goes_away_meanwhile() {
            api.answers("POST /v1/calls", 202, call("created")).breaks("GET " + PATH);

            assertThat(operator.types("call", "--wait", FROM, TO)).isEqualTo(4);

            assertThat(operator.out()).isEqualTo(UUID + "  created\n");
        }

        @Test
        void prints_the_last_answer_alone_as_json() {
            api.answers("POST /v1/calls", 202, call("created")).answers("GET " + PATH, 200, call("connected"));

            assertThat(operator.types("--json", "call", "--wait", FROM, TO)).isZero();

            assertThat(operator.out()).isEqualTo(call("connected") + "\n");
        }
    }
}
