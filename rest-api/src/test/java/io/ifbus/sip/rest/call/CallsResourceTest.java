// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ifbus.sip.call.SipAction;
import io.ifbus.sip.rest.Api;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallsResourceTest {

    private static final String UUID_FORM = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final String NOBODY_S = "/calls/3f1c2a9e-0000-4000-8000-000000000001";

    private final Api api = new Api();

    private String originated() throws Exception {
        return begin("sip:a@x", "sip:b@y");
    }

    private String begin(String from, String to) throws Exception {
        String location = api.post("/calls", "{\"from\":\"" + from + "\",\"to\":\"" + to + "\"}")
                .header("Location");
        return location.substring(location.indexOf("/calls/"));
    }

    private List<String> states() throws Exception {
        List<String> states = new ArrayList<>();
        api.get("/calls")
                .json()
                .path("calls")
                .forEach(call -> states.add(call.path("state").asText()));
        return states;
    }

    @Nested
    class originate {

        @Test
        void answers_202_with_the_call_as_it_began_and_where_it_is() throws Exception {
            Api.Answer answer = api.post("/calls", "{\"from\":\"sip:a@x\",\"to\":\"sip:b@y\"}");

            assertThat(answer.status()).isEqualTo(202);
            JsonNode body = answer.json();
            assertThat(body.path("call_id").asText()).matches("if://call/" + UUID_FORM);
            assertThat(body.path("trace_id").asText())
                    .isEqualTo(body.path("call_id").asText());
            assertThat(body.path("state").asText()).isEqualTo("created");
            assertThat(body.path("direction").asText()).isEqualTo("outbound");
            assertThat(body.path("from").asText()).isEqualTo("sip:a@x");
            assertThat(body.path("to").asText()).isEqualTo("sip:b@y");
            assertThat(body.path("created_at").asText()).isEqualTo("2026-01-02T03:04:05.678Z");
            assertThat(body.has("hangup_cause")).isFalse();
            assertThat(answer.header("Location"))
                    .endsWith("/calls/" + body.path("call_id").asText().substring("if://call/".length()));
            assertThat(api.sent).filteredOn(SipAction.Invite.class::isInstance).hasSize(1);
        }

        @Test
        void carries_the_client_s_trace_id() throws Exception {
            Api.Answer answer = api.call(Api.request("POST", "/calls")
                    .header("X-IF-Trace-ID", "3f1c2a9e-0000-4000-8000-000000000009")
                    .contentType("application/json")
                    .content("{\"from\":\"sip:a@x\",\"to\":\"sip:b@y\"}".getBytes(StandardCharsets.UTF_8)));

            assertThat(answer.json().path("trace_id").asText()).isEqualTo("3f1c2a9e-0000-4000-8000-000000000009");
        }

        @Test
        void takes_all_options_that_exist() throws Exception {
            Api.Answer answer = api.post("/calls", """
                    {"from": "sip:a@x", "to": "sip:b@y", "timeout": 5, "caller_id_name": "Zo\u00eb", "mode": "connect",
                     "headers": {"X-IF-Hazard": "safety"}, "early_media": false, "record": false}""");

            assertThat(answer.status()).isEqualTo(202);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "from           | {'to':'sip:b@y'}",
                    "from           | {'from':null,'to':'sip:b@y'}",
                    "from           | {'from':'','to':'sip:b@y'}",
                    "from           | {'from':'http://x','to':'sip:b@y'}",
                    "from           | {'from':5,'to':'sip:b@y'}",
                    "from           | {'from':true,'to':'sip:b@y'}",
                    "from           | {'from':['sip:a@x'],'to':'sip:b@y'}",
                    "to             | {'from':'sip:a@x'}",
                    "to             | {'from':'sip:a@x','to':'b'}",
                    "to             | {'from':'sip:a@x','to':'sip:b@y\\r\\nX: y'}",
                    "timeout        | {'from':'sip:a@x','to':'sip:b@y','timeout':0}",
                    "timeout        | {'from':'sip:a@x','to':'sip:b@y','timeout':'PT5S'}",
                    "timeout        | {'from':'sip:a@x','to':'sip:b@y','timeout':'5'}",
                    "timeout        | {'from':'sip:a@x','to':'sip:b@y','timeout':1.5}",
                    "caller_id_name | {'from':'sip:a@x','to':'sip:b@y','caller_id_name':{}}",
                    "headers        | {'from':'sip:a@x','to':'sip:b@y','headers':{'Via':'x'}}",
                    "headers.X-IF-A | {'from':'sip:a@x','to':'sip:b@y','headers':{'X-IF-A':7}}",
                    "mode           | {'from':'sip:a@x','to':'sip:b@y','mode':'shout'}",
                    "colour         | {'from':'sip:a@x','to':'sip:b@y','colour':'red'}",
                    "callerIdName   | {'from':'sip:a@x','to':'sip:b@y','callerIdName':'x'}"
                })
        void names_the_field_that_is_wrong(String field, String json) throws Exception {
            Api.Answer answer = api.post("/calls", json.replace('\'', '"'));

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.problem()).isEqualTo("if://problem/invalid-request");
            assertThat(answer.json().path("field").asText()).isEqualTo(field);
            assertThat(api.sent).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "null",
                    "[]",
                    "7",
                    "{",
                    "{\"from\":",
                    "{\"headers\":{\"X-IF-A\":}}",
                    "{\"from\":\"sip:a@x\",\"from\":\"sip:c@z\",\"to\":\"sip:b@y\"}",
                    "{\"from\":\"sip:a@x\",\"to\":\"sip:b@y\"} and more"
                })
        void what_is_no_json_object_is_malformed(String json) throws Exception {
            Api.Answer answer = api.post("/calls", json);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.problem()).isEqualTo("if://problem/malformed-body");
            assertThat(api.sent).isEmpty();
        }

        @Test
        void to_record_is_not_built_yet() throws Exception {
            Api.Answer answer = api.post("/calls", "{\"from\":\"sip:a@x\",\"to\":\"sip:b@y\",\"record\":true}");

            assertThat(answer.status()).isEqualTo(501);
            assertThat(answer.problem()).isEqualTo("if://problem/not-built-yet");
            assertThat(api.sent).isEmpty();
        }

        @Test
        void without_a_stack_nothing_is_begun_and_a_retry_is_safe() throws Exception {
            api.losesItsStack();

            Api.Answer answer = api.post("/calls", "{\"from\":\"sip:a@x\",\"to\":\"sip:b@y\"}");

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.problem()).isEqualTo("if://problem/sip-stack-unavailable");
            assertThat(answer.json().path("retryable").asBoolean()).isTrue();
            assertThat(api.get("/calls").json().path("total").asInt()).isZero();
        }
    }

    @Nested
    class look {

        @Test
        void at_one_call() throws Exception {
            JsonNode call = api.get(originated()).json();

            assertThat(call.path("state").asText()).isEqualTo("dialing");
            assertThat(call.path("duration").asInt()).isZero();
            assertThat(call.path("history")).hasSize(2);
            assertThat(call.path("history").path(1).path("sequence").asInt()).isEqualTo(2);
        }

        @Test
        void at_a_page_of_them() throws Exception {
            originated();
            originated();
            originated();

            JsonNode page = api.get("/calls?offset=1&limit=1").json();

            assertThat(page.path("calls")).hasSize(1);
            assertThat(page.path("total").asInt()).isEqualTo(3);
            assertThat(api.get("/calls").json().path("calls")).hasSize(3);
        }

        @ParameterizedTest
        @CsvSource({
            "state=dialing,           3",
            "state=hanging_up,        1",
            "from=sip:a@x,            3",
            "to=sip:c@y,              1",
            "from=sip:a@x&to=sip:b@y, 2",
            "state=dialing&limit=1,   3",
            "from=sip:A@x,            0"
        })
        void at_those_that_match(String query, int total) throws Exception {
            begin("sip:a@x", "sip:b@y");
            begin("sip:a@x", "sip:c@y");
            begin("sip:c@x", "sip:b@y");
            api.delete(originated());

            assertThat(api.get("/calls?" + query).json().path("total").asInt()).isEqualTo(total);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "DIALING", "on-hold", "gone"})
        void at_no_state_that_there_is_not(String state) throws Exception {
            Api.Answer answer = api.get("/calls?state=" + state);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().path("field").asText()).isEqualTo("state");
        }

        @ParameterizedTest
        @CsvSource({"limit,0", "limit,1001", "limit,x", "limit,99999999999", "offset,-1", "offset,1.5"})
        void at_no_page_out_of_bounds(String parameter, String value) throws Exception {
            Api.Answer answer = api.get("/calls?" + parameter + "=" + value);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().path("field").asText()).isEqualTo(parameter);
        }
    }

    @Nested
    class hang_up {

        @Test
        void may_be_repeated() throws Exception {
            String call = originated();

            assertThat(api.delete(call).json().path("state").asText()).isEqualTo("hanging_up");
            Api.Answer again = api.delete(call);

            assertThat(again.status()).isEqualTo(202);
            assertThat(again.json().path("result").asText()).isEqualTo("cancelled");
            assertThat(again.json().path("hangup_cause").path("by").asText()).isEqualTo("api");
        }

        @Test
        void of_many_needs_to_say_which() throws Exception {
            originated();

            for (String query : new String[] {"", "?all=false", "?all=1", "?all="}) {
                Api.Answer answer = api.delete("/calls" + query);
                assertThat(answer.status()).isEqualTo(400);
                assertThat(answer.json().path("field").asText()).isEqualTo("all");
            }
            assertThat(states()).containsExactly("dialing");
        }

        @ParameterizedTest
        @ValueSource(strings = {"from=sip:a@x&form=sip:c@z", "all=true&dry_run=true"})
        void of_many_with_a_filter_that_is_misspelt_ends_nothing(String query) throws Exception {
            originated();

            assertThat(api.delete("/calls?" + query).status()).isEqualTo(400);
            assertThat(states()).containsExactly("dialing");
        }

        @ParameterizedTest
        @CsvSource({
            "all=true,               3",
            "state=dialing,          3",
            "from=sip:a@x,           2",
            "from=sip:a@x&to=sip:b@y,1",
            "state=ringing,          0",
            "to=sip:nobody@y,        0"
        })
        void of_many_counts_those_that_match(String query, int count) throws Exception {
            begin("sip:a@x", "sip:b@y");
            begin("sip:a@x", "sip:c@y");
            begin("sip:c@x", "sip:b@y");

            Api.Answer answer = api.delete("/calls?" + query);

            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.json().path("count").asInt()).isEqualTo(count);
            assertThat(states()).filteredOn("hanging_up"::equals).hasSize(count);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {NOBODY_S, "/calls/nope", "/calls/1-1-1-1-1"})
    void an_unknown_call_is_not_found(String path) throws Exception {
        assertThat(api.get(path).status()).isEqualTo(404);
        Api.Answer answer = api.delete(path);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.problem()).isEqualTo("if://problem/no-such-call");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/calls/x/evidence",
        "GET,/webhooks",
        "GET,/cluster",
        "PUT,/cluster/nodes/n1/drain",
        "POST,/conferences",
        "PUT,/conferences/1/participants/2",
        "POST,/calls/x/recordings",
        "PUT,/calls/x/recordings/1/pause",
        "GET,/recordings/1/audio",
        "POST,/recordings/1/transcripts",
        "GET,/transcripts/1",
        "GET,/witness/checkpoint",
        "GET,/witness/tile/0/000",
        "GET,/servers",
        "PUT,/servers/s/drain",
        "GET,/regions",
        "GET,/routing/decisions/x",
        "POST,/routing/explain",
        "GET,/experiments",
        "PUT,/fleet/target-size",
        "GET,/forecasts/s"
    })
    void what_is_promised_says_that_it_is_not_built_yet(String method, String path) throws Exception {
        Api.Answer answer = api.call(Api.request(method, path));

        assertThat(answer.status()).isEqualTo(501);
        assertThat(answer.problem()).isEqualTo("if://problem/not-built-yet");
    }
}
