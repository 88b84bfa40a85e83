// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ifbus.sip.call.CallId;
import io.ifbus.sip.call.LegId;
import io.ifbus.sip.call.SipAction;
import io.ifbus.sip.rest.Api;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jboss.resteasy.mock.MockHttpRequest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hold, resume, digits and decisions; and what all orders say to a call that is not there or not ready. */
class CallOrdersTest {

    private static final String NOBODY_S = "3f1c2a9e-0000-4000-8000-000000000001";

    private final Api api = new Api();

    private Api.Answer order(String method, String call, String path, String body) throws Exception {
        MockHttpRequest request = Api.request(method, "/calls/" + call + path);
        return api.call(
                body == null || body.isEmpty()
                        ? request
                        : request.contentType("application/json")
                                .content(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }

    private Api.Answer post(CallId call, String path, String body) throws Exception {
        return order("POST", call.bare(), path, body);
    }

    private String state(CallId call) throws Exception {
        return api.get("/calls/" + call.bare()).json().path("state").asText();
    }

    private void refused(Api.Answer answer, String field) throws Exception {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("if://problem/invalid-request");
        assertThat(answer.json().path("field").asText()).isEqualTo(field);
        assertThat(api.sent).isEmpty();
    }

    private static List<String> words(JsonNode array) {
        List<String> words = new ArrayList<>();
        array.forEach(word -> words.add(word.asText()));
        return words;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "PUT    | /hold      |",
                "DELETE | /hold      |",
                "POST   | /dtmf      | {'digits':'1'}",
                "POST   | /answer    |",
                "POST   | /ring      |",
                "POST   | /reject    |",
                "POST   | /redirect  | {'target':'sip:c@z'}",
                "POST   | /transfers | {'target':'sip:c@z'}",
                "GET    | /transfers |",
                "GET    | /transfers/3f1c2a9e-0000-4000-8000-000000000002 |",
                "POST   | /transfers/3f1c2a9e-0000-4000-8000-000000000002/complete |",
                "DELETE | /transfers/3f1c2a9e-0000-4000-8000-000000000002 |"
            })
    void an_unknown_call_is_not_found(String method, String path, String body) throws Exception {
        for (String call : new String[] {NOBODY_S, "nope"}) {
            Api.Answer answer = order(method, call, path, body);

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.problem()).isEqualTo("if://problem/no-such-call");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "PUT    | /hold      |",
                "DELETE | /hold      |",
                "POST   | /dtmf      | {'digits':'1'}",
                "POST   | /dtmf      | {'digits':'1','party':'caller'}",
                "POST   | /answer    |",
                "POST   | /answer    | {'target':'sip:c@z'}",
                "POST   | /ring      |",
                "POST   | /reject    | {'code':486}",
                "POST   | /redirect  | {'target':'sip:c@z'}",
                "POST   | /transfers | {'target':'sip:c@z'}",
                "POST   | /transfers | {'target':'sip:c@z','transferor':'caller'}"
            })
    void a_call_that_still_rings_says_what_is_possible_instead(String method, String path, String body)
            throws Exception {
        Api.Answer begun = api.post("/calls", "{\"from\":\"sip:a@x\",\"to\":\"sip:b@y\"}");
        String call = begun.header("Location").replaceFirst(".*/", "");
        api.sent.clear();

        Api.Answer answer = order(method, call, path, body);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.problem()).isEqualTo("if://problem/wrong-state");
        assertThat(answer.json().path("state").asText()).isEqualTo("dialing");
        assertThat(words(answer.json().path("allowed"))).containsExactly("hang_up");
        assertThat(answer.json().path("retryable").asBoolean()).isFalse();
        assertThat(api.sent).isEmpty();
    }

    @Nested
    class hold {

        @Test
        void and_resume() throws Exception {
            CallId call = api.connected("connect");

            Api.Answer held = order("PUT", call.bare(), "/hold", null);

            assertThat(held.status()).isEqualTo(202);
            assertThat(held.json().path("call_id").asText()).isEqualTo(call.toString());
            assertThat(api.sent)
                    .filteredOn(SipAction.Reinvite.class::isInstance)
                    .hasSize(2);
            assertThat(state(call)).isEqualTo("on_hold");
            assertThat(order("DELETE", call.bare(), "/hold", null).status()).isEqualTo(202);
            assertThat(state(call)).isEqualTo("connected");
        }

        @Test
        void may_be_repeated() throws Exception {
            CallId call = api.connected("connect");
            order("PUT", call.bare(), "/hold", null);
            api.sent.clear();

            assertThat(order("PUT", call.bare(), "/hold", "{}").status()).isEqualTo(202);
            assertThat(api.sent).isEmpty();
            assertThat(state(call)).isEqualTo("on_hold");
        }

        @Test
        void needs_two_parties() throws Exception {
            Api.Answer answer = order("PUT", api.connected("leg").bare(), "/hold", null);

            assertThat(answer.problem()).isEqualTo("if://problem/wrong-state");
            assertThat(words(answer.json().path("allowed"))).containsExactly("dtmf", "hang_up", "transfer");
        }
    }

    @Nested
    class digits {

        private List<LegId> receivers() {
            return api.sent.stream()
                    .filter(SipAction.SendDigit.class::isInstance)
                    .map(SipAction::leg)
                    .toList();
        }

        @ParameterizedTest
        @CsvSource({",B", "callee,B", "caller,A"})
        void go_to_the_party_that_is_named(String party, String leg) throws Exception {
            String who = party == null ? "" : ",'party':'" + party + "'";

            Api.Answer answer = post(api.connected("connect"), "/dtmf", "{'digits':'1#a'" + who + "}");

            assertThat(answer.status()).isEqualTo(202);
            assertThat(receivers()).containsExactly(leg.equals("A") ? LegId.A : LegId.B);
        }

        @Test
        void go_to_the_only_party() throws Exception {
            assertThat(post(api.connected("leg"), "/dtmf", "{'digits':'1'}").status())
                    .isEqualTo(202);
            assertThat(receivers()).containsExactly(LegId.B);
            api.sent.clear();
            CallId offered = api.offered();
            post(offered, "/answer", "{}");
            assertThat(post(offered, "/dtmf", "{'digits':'1'}").status()).isEqualTo(202);
            assertThat(receivers()).containsExactly(LegId.A);
        }

        @Test
        void do_not_go_to_a_party_that_there_is_not() throws Exception {
            refused(post(api.connected("leg"), "/dtmf", "{'digits':'1','party':'caller'}"), "party");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "digits | {}",
                    "digits | {'digits':''}",
                    "digits | {'digits':null}",
                    "digits | {'digits':'12x'}",
                    "digits | {'digits':'1 2'}",
                    "digits | {'digits':12}",
                    "digits | {'digits':'11111111111111111111111111111111111111111111111111111111111111111'}",
                    "party  | {'digits':'1','party':'both'}",
                    "party  | {'digits':'1','party':'CALLER'}",
                    "length | {'digits':'1','length':5}"
                })
        void that_cannot_be_sent_are_refused(String field, String body) throws Exception {
            refused(post(api.connected("connect"), "/dtmf", body), field);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "null", "[]", "{"})
        void need_a_body(String body) throws Exception {
            Api.Answer answer = post(api.connected("connect"), "/dtmf", body);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.problem()).isEqualTo("if://problem/malformed-body");
        }
    }

    @Nested
    class an_offered_call {

        private final CallId call = api.offered();

        private SipAction.Respond response() {
            return api.sent.stream()
                    .filter(SipAction.Respond.class::isInstance)
                    .map(SipAction.Respond.class::cast)
                    .reduce((first, last) -> last)
                    .orElseThrow();
        }

        @Test
        void waits() throws Exception {
            assertThat(state(call)).isEqualTo("incoming");
            Api.Answer hold = order("PUT", call.bare(), "/hold", null);
            assertThat(words(hold.json().path("allowed")))
                    .containsExactly("answer", "hang_up", "redirect", "reject", "ring");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "{}", "{'connect':'echo'}"})
        void is_answered(String body) throws Exception {
            Api.Answer answer = post(call, "/answer", body);

            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.json().path("state").asText()).isEqualTo("connected");
            assertThat(response().status()).isEqualTo(200);
            assertThat(response().sdp().orElseThrow().toString().contains("inactive"))
                    .isEqualTo(!body.contains("echo"));
        }

        @Test
        void is_answered_by_somebody_else() throws Exception {
            post(call, "/answer", "{'target':'sip:c@z'}");

            assertThat(api.sent)
                    .filteredOn(SipAction.Invite.class::isInstance)
                    .singleElement()
                    .satisfies(invite ->
                            assertThat(((SipAction.Invite) invite).to().uri()).isEqualTo("sip:c@z"));
        }

        @Test
        void rings() throws Exception {
            assertThat(post(call, "/ring", "{}").status()).isEqualTo(202);
            assertThat(response().status()).isEqualTo(180);
            assertThat(post(call, "/answer", null).status()).isEqualTo(202);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "486 | ``          | {}",
                    "603 | ``          | {'code':603}",
                    "480 | Out to lunch | {'code':480,'reason':'Out to lunch'}"
                })
        void is_rejected(int status, String phrase, String body) throws Exception {
            Api.Answer answer = post(call, "/reject", body);

            assertThat(answer.status()).isEqualTo(202);
            assertThat(response().status()).isEqualTo(status);
            assertThat(response().phrase()).isEqualTo(phrase);
            assertThat(answer.json().path("state").asText()).isEqualTo("terminated");
            assertThat(answer.json().path("hangup_cause").path("code").asInt()).isEqualTo(status);
        }

        @Test
        void is_redirected() throws Exception {
            post(call, "/redirect", "{'target':'tel:+15551234'}");

            assertThat(response().status()).isEqualTo(302);
            assertThat(response().headers()).containsEntry("Contact", "<tel:+15551234>");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "/reject   | code    | {'code':200}",
                    "/reject   | code    | {'code':399}",
                    "/reject   | code    | {'code':700}",
                    "/reject   | code    | {'code':'486'}",
                    "/reject   | reason  | {'reason':'a\\r\\nVia: x'}",
                    "/reject   | target  | {'target':'sip:c@z'}",
                    "/redirect | target  | {}",
                    "/redirect | target  | {'target':'carol'}",
                    "/redirect | target  | {'target':'sip:c@z?Route=x'}",
                    "/redirect | target  | {'target':'sip:c@z>, <sip:d@z'}",
                    "/redirect | code    | {'target':'sip:c@z','code':301}",
                    "/answer   | target  | {'target':'tel:+1555'}",
                    "/answer   | connect | {'connect':'music'}",
                    "/answer   | connect | {'connect':'echo','target':'sip:c@z'}",
                    "/answer   | code    | {'code':200}",
                    "/ring     | reason  | {'reason':'soon'}",
                    "/ring     | colour  | {'colour':'red'}"
                })
        void is_not_decided_by_what_cannot_be(String path, String field, String body) throws Exception {
            refused(post(call, path, body), field);
            assertThat(state(call)).isEqualTo("incoming");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/answer", "/ring", "/reject"})
        void is_decided_once(String path) throws Exception {
            post(call, "/answer", "{}");
            api.sent.clear();

            Api.Answer answer = post(call, path, "{}");

            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.json().path("state").asText()).isEqualTo("connected");
            assertThat(api.sent).isEmpty();
        }
    }
}
