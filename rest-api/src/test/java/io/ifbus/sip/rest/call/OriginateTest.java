// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.ifbus.sip.call.CallId;
import io.ifbus.sip.call.LegEvent;
import io.ifbus.sip.call.LegId;
import io.ifbus.sip.call.SipAction;
import io.ifbus.sip.guard.TargetGuard;
import io.ifbus.sip.rest.Api;
import io.ifbus.sip.sdp.Sdp;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jboss.resteasy.mock.MockHttpRequest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The options of a call. */
class OriginateTest {

    private final Api api = new Api();

    private Api.Answer post(String options) throws Exception {
        return api.post("/calls", "{\"from\":\"sip:a@x\",\"to\":\"sip:b@y\"," + options.replace('\'', '"') + "}");
    }

    private SipAction.Invite invite(int index) {
        return api.sent.stream()
                .filter(SipAction.Invite.class::isInstance)
                .map(SipAction.Invite.class::cast)
                .toList()
                .get(index);
    }

    private static CallId id(Api.Answer answer) throws Exception {
        return CallId.parse(answer.json().path("call_id").asText().substring("if://call/".length()))
                .orElseThrow();
    }

    private void answers(CallId call, LegId leg) {
        api.on(call, new LegEvent.Answered(leg, Sdp.parse(Api.PHONE)));
    }

    private void refused(Api.Answer answer, String field) throws Exception {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("if://problem/invalid-request");
        assertThat(answer.json().path("field").asText()).isEqualTo(field);
        assertThat(api.sent).isEmpty();
    }

    @Nested
    class mode {

        @Test
        void leg_rings_the_callee_alone() throws Exception {
            Api.Answer answer = post("'mode':'leg'");

            assertThat(answer.status()).isEqualTo(202);
            assertThat(invite(0).to().uri()).isEqualTo("sip:b@y");
            assertThat(invite(0).from().uri()).isEqualTo("sip:a@x");
            answers(id(answer), LegId.B);
            assertThat(api.get("/calls/" + id(answer).bare())
                            .json()
                            .path("state")
                            .asText())
                    .isEqualTo("connected");
        }

        @Test
        void connect_rings_the_caller_first() throws Exception {
            Api.Answer answer = post("'mode':'connect'");

            assertThat(invite(0).to().uri()).isEqualTo("sip:a@x");
            answers(id(answer), LegId.A);
            assertThat(invite(1).to().uri()).isEqualTo("sip:b@y");
        }

        @Test
        void leg_has_nobody_to_hear_early_media() throws Exception {
            refused(post("'mode':'leg','early_media':true"), "early_media");
        }
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false"})
    void with_early_media_the_callee_is_offered_what_the_caller_has(boolean early, boolean offered) throws Exception {
        Api.Answer answer = post("'early_media':" + early);

        assertThat(answer.status()).isEqualTo(202);
        answers(id(answer), LegId.A);
        assertThat(invite(1).sdp().isPresent()).isEqualTo(offered);
    }

    @Test
    void with_privacy_the_callee_does_not_learn_who_calls() throws Exception {
        answers(id(post("'privacy':true,'caller_id_name':'Alice'")), LegId.A);

        assertThat(invite(1).to().uri()).isEqualTo("sip:b@y");
        assertThat(invite(1).from().uri()).isEqualTo("sip:anonymous@anonymous.invalid");
        assertThat(invite(1).from().displayName()).contains("Anonymous");
        assertThat(invite(1).headers()).containsEntry("Privacy", "id").doesNotContainKey("P-Asserted-Identity");
    }

    @Test
    void without_privacy_it_does() throws Exception {
        answers(id(post("'caller_id_name':'Alice'")), LegId.A);

        assertThat(invite(1).from().uri()).isEqualTo("sip:a@x");
        assertThat(invite(1).from().displayName()).contains("Alice");
        assertThat(invite(1).headers()).doesNotContainKey("Privacy");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 600})
    void a_party_may_ring_as_long_as_that(int seconds) throws Exception {
        assertThat(post("'timeout':" + seconds).status()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "601", "2147483647", "99999999999"})
    void a_party_may_not_ring_as_long_as_that(String seconds) throws Exception {
        refused(post("'timeout':" + seconds), "timeout");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sip:b@y?Replaces=1%3Bto-tag%3D2",
                "sip:y?Route=x",
                "sip:b@y;p=1?X-IF-Hazard=none",
                "tel:+15551234",
                "sip:@y",
                "sip:b@",
                "sip:b@:5060"
            })
    void whom_to_call_is_a_uri_that_brings_no_headers(String to) throws Exception {
        refused(api.post("/calls", "{\"from\":\"sip:a@x\",\"to\":\"" + to + "\"}"), "to");
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 60_000})
    void an_address_that_nearly_fits_is_judged_at_once(int length) {
        String nearly = "sip:" + "a".repeat(length) + "<";

        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> refused(api.post("/calls", "{\"from\":\"sip:a@x\",\"to\":\"" + nearly + "\"}"), "to"));
    }

    @Nested
    class headers {

        @Test
        void are_carried_to_both_parties() throws Exception {
            Api.Answer answer = post(
                    "'headers':{'X-IF-Hazard':'safety','X-Customer':'7','X-IF-Signature':'" + "0a".repeat(64) + "'}");

            assertThat(answer.status()).isEqualTo(202);
            answers(id(answer), LegId.A);
            for (int party : new int[] {0, 1}) {
                assertThat(invite(party).headers())
                        .contains(
                                entry("X-IF-Hazard", "safety"),
                                entry("X-Customer", "7"),
                                entry("X-IF-Signature", "0a".repeat(64)));
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Via",
                    "vIA",
                    "Contact",
                    "From",
                    "Route",
                    "Record-Route",
                    "Content-Type",
                    "Content-Length",
                    "Call-ID",
                    "CSeq",
                    "Max-Forwards",
                    "Authorization",
                    "Proxy-Authorization",
                    "P-Asserted-Identity",
                    "Privacy",
                    "Replaces",
                    "Refer-To",
                    "Session-Expires",
                    "Require",
                    "v",
                    "i",
                    "",
                    "X IF",
                    "X:IF",
                    "X-IF\\r\\nVia"
                })
        void that_are_the_protocol_s_or_none_cannot_be_given(String name) throws Exception {
            refused(post("'headers':{'" + name + "':'1'}"), "headers");
        }

        @ParameterizedTest
        @ValueSource(strings = {"a\\r\\nVia: x", "a\\nb", "a\\rb", "\\u0000", "a\\tb"})
        void have_one_line(String value) throws Exception {
            refused(post("'headers':{'X-IF-A':'" + value + "'}"), "headers");
        }

        @Test
        void have_an_end() throws Exception {
            refused(post("'headers':{'X-IF-A':'" + "a".repeat(1025) + "'}"), "headers");
        }

        @Test
        void have_a_value() throws Exception {
            refused(post("'headers':{'X-IF-A':null}"), "headers");
        }

        @Test
        void stand_once_in_any_case() throws Exception {
            refused(post("'headers':{'X-IF-A':'1','x-if-a':'2'}"), "headers");
        }

        @ParameterizedTest
        @ValueSource(strings = {"Safety", "danger", ""})
        void name_no_hazard_that_there_is_not(String hazard) throws Exception {
            refused(post("'headers':{'x-if-hazard':'" + hazard + "'}"), "headers");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "0a", "signed"})
        void have_no_signature_that_cannot_be_one(String signature) throws Exception {
            refused(post("'headers':{'X-IF-Signature':'" + signature + "'}"), "headers");
        }
    }

    @Nested
    class trace_id {

        private static final String GIVEN = "3f1c2a9e-0000-4000-8000-000000000009";

        private Api.Answer post(String header, String headers) throws Exception {
            MockHttpRequest request = Api.request("POST", "/calls").contentType("application/json");
            String body = "{\"from\":\"sip:a@x\",\"to\":\"sip:b@y\",\"headers\":{" + headers.replace('\'', '"') + "}}";
            request.content(body.getBytes(StandardCharsets.UTF_8));
            return api.call(header == null ? request : request.header("X-IF-Trace-ID", header));
        }

        @Test
        void may_be_given_as_a_header_of_the_call_too() throws Exception {
            Api.Answer answer = post(null, "'x-if-trace-id':'" + GIVEN + "'");

            assertThat(answer.json().path("trace_id").asText()).isEqualTo(GIVEN);
            assertThat(invite(0).headers()).containsEntry("X-IF-Trace-ID", GIVEN);
        }

        @Test
        void may_be_given_twice_but_only_one() throws Exception {
            assertThat(post(GIVEN, "'X-IF-Trace-ID':'" + GIVEN + "'").status()).isEqualTo(202);
            api.sent.clear();

            refused(post(GIVEN, "'X-IF-Trace-ID':'another'"), "X-IF-Trace-ID");
        }

        @Test
        void has_one_line() throws Exception {
            refused(post("a".repeat(1025), ""), "X-IF-Trace-ID");
        }
    }

    @Nested
    class a_host_in_trouble {

        @Test
        void is_not_called_and_the_client_is_told_when_to_come_back() throws Exception {
            api.guard = refusing("x", Duration.ofMillis(30_001));

            Api.Answer answer = post("'mode':'connect'");

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.problem()).isEqualTo("if://problem/upstream-unavailable");
            assertThat(answer.header("Retry-After")).isEqualTo("31");
            assertThat(answer.json().path("fault").asText()).isEqualTo("upstream");
            assertThat(answer.json().path("retryable").asBoolean()).isTrue();
            assertThat(api.sent).isEmpty();
            assertThat(api.get("/calls").json().path("total").asInt()).isZero();
        }

        @Test
        void matters_at_once_only_if_it_is_called_first() throws Exception {
            api.guard = refusing("y", Duration.ofSeconds(30));

            assertThat(post("'mode':'connect'").status()).isEqualTo(202);
            assertThat(post("'mode':'leg'").status()).isEqualTo(503);
        }

        private static TargetGuard refusing(String refused, Duration retryAfter) {
            return new TargetGuard() {
                @Override
                public Admission admit(String host) {
                    return host.equals(refused)
                            ? new Refused(retryAfter, "open")
                            : TargetGuard.none().admit(host);
                }

                @Override
                public Optional<Refused> barred(String host) {
                    return host.equals(refused) ? Optional.of(new Refused(retryAfter, "open")) : Optional.empty();
                }
            };
        }
    }
}
