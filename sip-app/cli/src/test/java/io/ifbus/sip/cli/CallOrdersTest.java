// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that tell a call to do something. */
class CallOrdersTest extends Scene {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    hold     |                               | PUT    | /hold     |                                     | going on hold
                    resume   |                               | DELETE | /hold     |                                     | resuming
                    answer   |                               | POST   | /answer   | {}                                  | answering
                    ring     |                               | POST   | /ring     | {}                                  | ringing
                    reject   |                               | POST   | /reject   | {}                                  | rejecting
                    reject   | --code 486 --reason Busy      | POST   | /reject   | {"code":486,"reason":"Busy"}        | rejecting
                    redirect | sip:carol@example.com         | POST   | /redirect | {"target":"sip:carol@example.com"}  | redirecting
                    dtmf     | *1#                           | POST   | /dtmf     | {"digits":"*1#"}                    | sending digits
                    dtmf     | 42 --party caller             | POST   | /dtmf     | {"digits":"42","party":"caller"}    | sending digits
                    """)
    void go_where_the_api_has_them(
            String command, String arguments, String method, String path, String body, String told) {
        api.answers(method + " " + PATH + path, 202, "");
        String typed = command + " " + UUID + (arguments == null ? "" : " " + arguments);

        assertThat(operator.types(typed.split(" "))).isZero();

        assertThat(api.request().line()).isEqualTo(method + " " + PATH + path);
        assertThat(api.request().body()).isEqualTo(body == null ? "" : body);
        assertThat(operator.out()).isEqualTo(UUID + "  " + told + "\n");
        assertThat(operator.types((typed + " --json").split(" "))).isZero();
        assertThat(operator.out()).isEmpty(); // the API said nothing
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dtmf",
                "dtmf " + UUID,
                "dtmf " + UUID + " 1 --party both",
                "redirect " + UUID,
                "hold a b",
                "reject " + UUID + " --code busy"
            })
    void that_are_incomplete_or_wrong_ask_nothing(String typed) {
        assertThat(operator.types(typed.split(" "))).isEqualTo(2);

        assertThat(operator.err()).contains("see ifbus " + typed.split(" ")[0] + " --help");
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void are_not_sent_again_when_the_connection_breaks() {
        api.breaks("POST " + PATH + "/dtmf");

        assertThat(operator.types("dtmf", UUID, "1")).isEqualTo(4);

        assertThat(api.requests()).hasSize(1);
        assertThat(operator.err()).contains("whether it did what was asked is not known");
    }

    @Nested
    class hanging_up {

        @Test
        void takes_several_calls() {
            api.answers("DELETE " + PATH, 202, "").answers("DELETE /v1/calls/" + OTHER, 202, "");

            assertThat(operator.types("hangup", UUID, OTHER, UUID)).isZero();

            assertThat(operator.out()).isEqualTo(UUID + "  hanging up\n" + OTHER + "  hanging up\n");
            assertThat(api.requests()).hasSize(2);
        }

        @Test
        void goes_on_after_a_refusal_and_tells_of_it() {
            api.refuses(
                            "DELETE " + PATH,
                            404,
                            "{\"type\":\"if://problem/no-such-call\",\"title\":\"none\",\"detail\":\"no such call\"}")
                    .answers("DELETE /v1/calls/" + OTHER, 202, "");

            assertThat(operator.types("hangup", UUID, OTHER)).isEqualTo(3);

            assertThat(operator.out()).isEqualTo(OTHER + "  hanging up\n");
            assertThat(operator.err()).isEqualTo("ifbus: " + UUID + ": no-such-call: no such call (404)\n");
        }

        @Test
        void does_nothing_when_one_name_is_wrong() {
            assertThat(operator.types("hangup", UUID, "bob")).isEqualTo(2);

            assertThat(api.requests()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({
            "--all, ?all=true",
            "--state on_hold, ?state=on_hold",
            "--from sip:+491@example.com, ?from=sip%3A%2B491%40example.com",
            "--to sip:bob@example.com --state ringing, ?state=ringing&to=sip%3Abob%40example.com"
        })
        void takes_many_by_what_they_are(String options, String query) {
            api.answers("DELETE /v1/calls", 202, "{\"count\":12}");

            assertThat(operator.types(("hangup " + options).split(" "))).isZero();

            assertThat(api.request().line()).isEqualTo("DELETE /v1/calls" + query);
            assertThat(operator.out()).isEqualTo("hanging up 12 calls\n");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "hangup",
                    "hangup --all --state ringing",
                    "hangup --all " + UUID,
                    "hangup " + UUID + " --from sip:a@b"
                })
        void wants_to_know_which_in_one_way(String typed) {
            assertThat(operator.types(typed.split(" "))).isEqualTo(2);

            assertThat(operator.err()).contains("which calls?");
            assertThat(api.requests()).isEmpty();
        }
    }
}
