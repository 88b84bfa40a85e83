// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.Phone;
import io.ifbus.sip.tests.server.Api;
import io.ifbus.sip.tests.server.ApiAnswer;
import io.ifbus.sip.tests.server.ApiCall;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the API says over HTTP, on the real server. */
class ApiIT {

    @RegisterExtension
    final Story story = new Story();

    @Nested
    class Refuses {

        @ParameterizedTest
        @CsvSource({",", "wrong", "''"})
        void whoHasNotTheToken(String token) {
            Api stranger = story.api().withToken(Optional.ofNullable(token));
            assertRefused(stranger.get("/v1/calls"), 401, "token-refused");
            assertRefused(stranger.post("/v1/calls", "{}"), 401, "token-refused");
            assertRefused(stranger.delete("/v1/calls/" + UUID.randomUUID()), 401, "token-refused");
        }

        @Test
        void callsThatItDoesNotKnow() {
            String unknown = "/v1/calls/" + UUID.randomUUID();
            assertRefused(story.api().get(unknown), 404, "no-such-call");
            assertRefused(story.api().delete(unknown), 404, "no-such-call");
            assertRefused(story.api().get("/v1/calls/7"), 404, "no-such-call");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '~',
                value = {
                    "from | {\"to\": \"sip:bob@127.0.0.1\"}",
                    "to | {\"from\": \"sip:alice@127.0.0.1\"}",
                    "to | {\"from\": \"sip:alice@127.0.0.1\", \"to\": \"bob\"}",
                    "timeout | {\"from\": \"sip:a@127.0.0.1\", \"to\": \"sip:b@127.0.0.1\", \"timeout\": 0}",
                    "timeout | {\"from\": \"sip:a@127.0.0.1\", \"to\": \"sip:b@127.0.0.1\", \"timeout\": \"soon\"}",
                    "colour | {\"from\": \"sip:a@127.0.0.1\", \"to\": \"sip:b@127.0.0.1\", \"colour\": \"red\"}",
                })
        void badInputAndNamesTheField(String field, String body) {
            ApiAnswer answer = story.api().post("/v1/calls", body);
            assertRefused(answer, 400, "invalid-request");
            assertThat(answer.text("field")).isEqualTo(field);
        }

        @Test
        void whatIsNotJson() {
            assertRefused(story.api().post("/v1/calls", "from alice to bob"), 400, "malformed-body");
        }

        private void assertRefused(ApiAnswer answer, int status, String problem) {
            assertThat(answer.status()).as("%s", answer).isEqualTo(status);
            assertThat(answer.type()).isEqualTo("application/problem+json");
            assertThat(answer.text("type")).isEqualTo("if://problem/" + problem);
        }
    }

    @Nested
    class Shows {

        private final Phone alice = story.phone("alice", 440);
        private final Phone bob = story.phone("bob", 660);

        @Test
        void whereACallIsAndWhatItIs() {
            ApiAnswer begun = story.api()
                    .post("/v1/calls", "{\"from\": \"%s\", \"to\": \"%s\"}".formatted(alice.uri(), bob.uri()));
            ApiCall call = story.api().call(begun.text("call_id"));
            assertThat(begun.status()).isEqualTo(202);
            assertThat(begun.text("state")).isEqualTo("created");
            assertThat(begun.text("call_id")).isEqualTo("if://call/" + call.id());
            assertThat(begun.location())
                    .isEqualTo(story.server().http("/v1/calls/" + call.id()).toString());
            alice.rings();
            assertThat(call.becomes("ringing").look().text("from")).isEqualTo(alice.uri());
            call.hangUp().ends("cancelled", 200, "api");
        }

        @Test
        void allCallsNewestFirst() {
            ApiCall first = story.connects(alice, bob);
            ApiCall second = story.connects(bob, alice);
            assertThat(story.api().get("/v1/calls?limit=2").list("calls"))
                    .extracting(call -> call.get("call_id"))
                    .containsExactly("if://call/" + second.id(), "if://call/" + first.id());
            first.hangUp().becomes("terminated");
            second.hangUp().becomes("terminated");
        }

        @Test
        void countsAndSetupTimes() {
            double answered = story.server().metrics().sum("ifbus_leg_setup_seconds_count");
            double ended = story.server().metrics().sum("ifbus_calls_ended_total");
            ApiCall call = story.talking(alice, bob);
            assertThat(story.server().metrics().sum("ifbus_calls_active")).isPositive();
            assertThat(story.server().metrics().sum("ifbus_leg_setup_seconds_count"))
                    .isEqualTo(answered + 2);
            call.hangUp().becomes("terminated");
            assertThat(story.server().metrics().sum("ifbus_calls_ended_total")).isEqualTo(ended + 1);
        }

        @Test
        void thatItIsReadyAndHowItIsUsed() {
            Api anybody = story.api().withToken(Optional.empty());
            assertThat(anybody.get("/health/ready").text("status")).isEqualTo("UP");
            assertThat(anybody.get("/openapi").status()).isEqualTo(200);
        }
    }
}
