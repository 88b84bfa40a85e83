// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ifbus.sip.call.CallId;
import io.ifbus.sip.call.LegEvent;
import io.ifbus.sip.call.LegId;
import io.ifbus.sip.call.SipAction;
import io.ifbus.sip.rest.Api;
import io.ifbus.sip.sdp.Sdp;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransfersResourceTest {

    private static final LegId TARGET = new LegId(2);
    private static final String NOBODY_S = "3f1c2a9e-0000-4000-8000-000000000002";

    private final Api api = new Api();

    private CallId connected(String mode) throws Exception {
        CallId call = api.connected(mode);
        api.phonesAnswer = false;
        return call;
    }

    private static String transfers(CallId call) {
        return "/calls/" + call.bare() + "/transfers";
    }

    private Api.Answer post(CallId call, String json) throws Exception {
        return api.post(transfers(call), json.replace('\'', '"'));
    }

    /** Where it is. */
    private String begun(CallId call, String json) throws Exception {
        Api.Answer answer = post(call, json);
        assertThat(answer.status()).isEqualTo(202);
        String location = answer.header("Location");
        return location.substring(location.indexOf("/calls/"));
    }

    private String state(String transfer) throws Exception {
        return api.get(transfer).json().path("state").asText();
    }

    private List<SipAction.Invite> invites() {
        return api.sent.stream()
                .filter(SipAction.Invite.class::isInstance)
                .map(SipAction.Invite.class::cast)
                .toList();
    }

    private void targetAnswers(CallId call) {
        api.phonesAnswer = true;
        api.on(call, new LegEvent.Answered(TARGET, Sdp.parse(Api.PHONE)));
    }

    @Nested
    class an_order {

        @Test
        void is_answered_with_the_transfer_and_where_it_is() throws Exception {
            CallId call = connected("connect");

            Api.Answer answer = post(call, "{'target':'sip:c@z'}");

            JsonNode body = answer.json();
            assertThat(body.path("transfer_id").asText()).startsWith("if://transfer/");
            assertThat(answer.header("Location"))
                    .endsWith(transfers(call) + "/"
                            + body.path("transfer_id").asText().substring("if://transfer/".length()));
            assertThat(body.path("call_id").asText()).isEqualTo(call.toString());
            assertThat(body.path("kind").asText()).isEqualTo("blind");
            assertThat(body.path("method").asText()).isEqualTo("b2bua");
            assertThat(body.path("transferor").asText()).isEqualTo("callee");
            assertThat(body.path("target").asText()).isEqualTo("sip:c@z");
            assertThat(body.path("state").asText()).isEqualTo("dialing");
            assertThat(body.has("code")).isFalse();
            assertThat(invites()).singleElement().satisfies(invite -> {
                assertThat(invite.to().uri()).isEqualTo("sip:c@z");
                assertThat(invite.from().uri()).isEqualTo("sip:a@x");
            });
        }

        @Test
        void may_say_who_leaves() throws Exception {
            assertThat(post(connected("connect"), "{'target':'sip:c@z','transferor':'caller'}")
                            .json()
                            .path("transferor")
                            .asText())
                    .isEqualTo("caller");
            assertThat(invites().get(0).from().uri()).isEqualTo("sip:b@y");
        }

        @Test
        void for_a_single_party_gives_it_someone_to_talk_with() throws Exception {
            assertThat(post(connected("leg"), "{'target':'sip:c@z'}")
                            .json()
                            .path("transferor")
                            .asText())
                    .isEqualTo("caller");
        }

        @ParameterizedTest
        @ValueSource(strings = {"tel:+15551234", "tel:0800*1#;phone-context=example.com", "sips:c@z;transport=tcp"})
        void takes_sip_and_tel(String target) throws Exception {
            assertThat(post(connected("connect"), "{'target':'" + target + "'}").status())
                    .isEqualTo(202);
        }

        @Test
        void may_name_the_other_call_as_it_likes() throws Exception {
            for (String prefix : new String[] {"", "if://call/"}) {
                CallId call = connected("connect");
                CallId other = connected("connect");

                Api.Answer answer = post(call, "{'replaces':'" + prefix + other.bare() + "'}");

                assertThat(answer.status()).isEqualTo(202);
                assertThat(answer.json().path("kind").asText()).isEqualTo("join");
                assertThat(answer.json().path("target").asText()).isEqualTo(other.toString());
            }
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "target     | {}",
                    "target     | {'target':''}",
                    "target     | {'target':'carol'}",
                    "target     | {'target':'tel:'}",
                    "target     | {'target':'tel:+1555?x=y'}",
                    "target     | {'target':'sip:c@z?Route=x'}",
                    "target     | {'target':'http://z'}",
                    "target     | {'target':7}",
                    "replaces   | {'target':'sip:c@z','replaces':'3f1c2a9e-0000-4000-8000-000000000001'}",
                    "replaces   | {'consult':true,'replaces':'3f1c2a9e-0000-4000-8000-000000000001'}",
                    "replaces   | {'replaces':'carol'}",
                    "replaces   | {'replaces':''}",
                    "replaces   | {'replaces':'if://call/SELF'}",
                    "method     | {'method':'refer','replaces':'3f1c2a9e-0000-4000-8000-000000000001'}",
                    "method     | {'target':'sip:c@z','method':'magic'}",
                    "method     | {'target':'sip:c@z','method':'REFER'}",
                    "transferor | {'target':'sip:c@z','transferor':'both'}",
                    "consult    | {'target':'sip:c@z','consult':'yes'}",
                    "attended   | {'target':'sip:c@z','attended':true}"
                })
        void that_cannot_be_is_refused_by_its_field(String field, String json) throws Exception {
            CallId call = connected("connect");

            Api.Answer answer = post(call, json.replace("SELF", call.bare()));

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.problem()).isEqualTo("if://problem/invalid-request");
            assertThat(answer.json().path("field").asText()).isEqualTo(field);
            assertThat(api.sent).isEmpty();
            assertThat(api.get(transfers(call)).json().path("transfers")).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({"transferor, 'transferor':'callee'", "consult, 'consult':true"})
        void needs_those_it_speaks_of(String field, String option) throws Exception {
            Api.Answer answer = post(connected("leg"), "{'target':'sip:c@z'," + option + "}");

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().path("field").asText()).isEqualTo(field);
            assertThat(api.sent).isEmpty();
        }

        @Test
        void for_a_party_of_an_unknown_call_is_not_found() throws Exception {
            Api.Answer answer = post(connected("connect"), "{'replaces':'" + NOBODY_S + "'}");

            assertThat(answer.problem()).isEqualTo("if://problem/no-such-call");
            assertThat(answer.json().path("detail").asText()).contains(NOBODY_S);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "null", "[]", "{"})
        void has_a_body(String json) throws Exception {
            Api.Answer answer = post(connected("connect"), json);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.problem()).isEqualTo("if://problem/malformed-body");
        }

        @Test
        void comes_one_at_a_time() throws Exception {
            CallId call = connected("connect");
            begun(call, "{'target':'sip:c@z'}");

            Api.Answer answer = post(call, "{'target':'sip:d@z'}");

            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.json().path("state").asText()).isEqualTo("transferring");
            assertThat(invites()).hasSize(1);
        }
    }

    @Nested
    class goes_on {

        @Test
        void until_the_target_has_answered() throws Exception {
            CallId call = connected("connect");
            String transfer = begun(call, "{'target':'sip:c@z'}");

            api.on(call, new LegEvent.Progressed(TARGET, 180, Optional.empty()));
            assertThat(state(transfer)).isEqualTo("ringing");
            targetAnswers(call);

            JsonNode done = api.get(transfer).json();
            assertThat(done.path("state").asText()).isEqualTo("completed");
            assertThat(done.path("code").asInt()).isEqualTo(200);
            assertThat(done.has("ended_at")).isTrue();
            assertThat(api.get(transfers(call)).json().path("transfers")).containsExactly(done);
        }

        @Test
        void until_the_target_has_refused() throws Exception {
            CallId call = connected("connect");
            String transfer = begun(call, "{'target':'sip:c@z'}");

            api.on(call, new LegEvent.Rejected(TARGET, 486, "Busy Here"));

            JsonNode failed = api.get(transfer).json();
            assertThat(failed.path("state").asText()).isEqualTo("failed");
            assertThat(failed.path("code").asInt()).isEqualTo(486);
            assertThat(failed.path("reason").asText()).isEqualTo("Busy Here");
            assertThat(api.get("/calls/" + call.bare()).json().path("state").asText())
                    .isEqualTo("connected");
        }

        @Test
        void until_it_is_given_up() throws Exception {
            CallId call = connected("connect");
            String transfer = begun(call, "{'target':'sip:c@z'}");

            assertThat(api.delete(transfer).status()).isEqualTo(202);
            Api.Answer again = api.delete(transfer);

            assertThat(again.status()).isEqualTo(202);
            assertThat(again.json().path("state").asText()).isEqualTo("failed");
            assertThat(again.json().path("code").asInt()).isEqualTo(487);
        }
    }

    @Nested
    class a_consultation {

        @Test
        void is_completed_and_may_be_so_again() throws Exception {
            CallId call = connected("connect");
            String transfer = begun(call, "{'target':'sip:c@z','consult':true}");
            targetAnswers(call);
            assertThat(state(transfer)).isEqualTo("consulting");

            assertThat(api.post(transfer + "/complete", "{}").status()).isEqualTo(202);
            Api.Answer again = api.call(Api.request("POST", transfer + "/complete"));

            assertThat(again.status()).isEqualTo(202);
            assertThat(again.json().path("state").asText()).isEqualTo("completed");
        }

        @Test
        void cannot_be_completed_before_it_has_begun() throws Exception {
            CallId call = connected("connect");
            String transfer = begun(call, "{'target':'sip:c@z','consult':true}");
            api.sent.clear();

            Api.Answer early = api.post(transfer + "/complete", "{}");

            assertThat(early.status()).isEqualTo(409);
            assertThat(early.problem()).isEqualTo("if://problem/wrong-state");
            assertThat(early.json().path("detail").asText()).contains("dialing");
            assertThat(early.json().path("state").asText()).isEqualTo("transferring");
            assertThat(api.sent).isEmpty();
        }

        @Test
        void is_nothing_that_a_blind_transfer_has() throws Exception {
            CallId call = connected("connect");
            String transfer = begun(call, "{'target':'sip:c@z'}");

            assertThat(api.post(transfer + "/complete", "{}").status()).isEqualTo(409);
            targetAnswers(call);
            assertThat(api.post(transfer + "/complete", "{}").status()).isEqualTo(202);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {NOBODY_S, "nope"})
    void an_unknown_transfer_is_not_found(String id) throws Exception {
        String path = transfers(connected("connect")) + "/" + id;

        for (Api.Answer answer : List.of(api.get(path), api.delete(path), api.post(path + "/complete", "{}"))) {
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.problem()).isEqualTo("if://problem/no-such-transfer");
        }
    }
}
