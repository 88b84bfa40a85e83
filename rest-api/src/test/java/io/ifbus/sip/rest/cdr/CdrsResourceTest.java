// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.cdr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ifbus.sip.call.CallId;
import io.ifbus.sip.call.Direction;
import io.ifbus.sip.call.EndCause;
import io.ifbus.sip.cdr.Cdr;
import io.ifbus.sip.cdr.CdrCursor;
import io.ifbus.sip.cdr.CdrFilter;
import io.ifbus.sip.rest.Api;
import io.ifbus.sip.rest.StubCdrStore;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CdrsResourceTest {

    private static final UUID ID = UUID.fromString("3f1c2a9e-0000-4000-8000-000000000001");
    private static final Instant END = Instant.parse("2026-01-02T03:05:00.250Z");
    private static final String KEPT = "/calls/" + ID + "/cdr";

    private final Api api = new Api();

    private static Cdr record(Optional<Instant> connected, Optional<BigDecimal> cost) {
        return new Cdr(
                new CallId(ID),
                "trace",
                Direction.INBOUND,
                "sip:a@x",
                "sip:b@y",
                END.minusSeconds(20),
                connected,
                END,
                Duration.ofMillis(12_900),
                EndCause.Result.COMPLETED,
                new Cdr.HangupCause(200, "Hung up by callee", EndCause.By.CALLEE),
                cost,
                Map.of("ring_time", "2026-01-02T03:04:41Z"));
    }

    private String originated() throws Exception {
        String location =
                api.post("/calls", "{\"from\":\"sip:a@x\",\"to\":\"sip:b@y\"}").header("Location");
        return location.substring(location.indexOf("/calls/"));
    }

    @Nested
    class a_search {

        @Test
        void answers_with_the_records_as_the_contract_spells_them() throws Exception {
            api.cdrs.records = List.of(record(Optional.of(END.minusMillis(12_900)), Optional.empty()));

            Api.Answer answer = api.get("/cdrs");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.http().getContentAsString())
                    .isEqualTo(
                            "{'cdrs':[{'call_id':'if://call/3f1c2a9e-0000-4000-8000-000000000001','trace_id':'trace',"
                                    .concat("'direction':'inbound','from':'sip:a@x','to':'sip:b@y',")
                                    .concat("'start_time':'2026-01-02T03:04:40.250Z',")
                                    .concat("'connect_time':'2026-01-02T03:04:47.350Z',")
                                    .concat("'end_time':'2026-01-02T03:05:00.250Z','duration':12,'result':'completed',")
                                    .concat("'hangup_cause':{'code':200,'reason':'Hung up by callee','by':'callee'},")
                                    .concat("'cost':null,'details':{'ring_time':'2026-01-02T03:04:41Z'}}]}")
                                    .replace('\'', '"'));
        }

        @Test
        void shows_a_cost_as_a_number_and_no_connect_time_if_nobody_talked() throws Exception {
            api.cdrs.records = List.of(record(Optional.empty(), Optional.of(new BigDecimal("0.0012"))));

            JsonNode record = api.get("/cdrs").json().path("cdrs").path(0);

            assertThat(record.has("connect_time")).isFalse();
            assertThat(record.path("cost").isNumber()).isTrue();
            assertThat(record.path("cost").asDouble()).isEqualTo(0.0012);
        }

        @Test
        void without_parameters_is_for_the_newest_hundred() throws Exception {
            api.get("/cdrs");

            assertThat(api.cdrs.searches)
                    .containsExactly(new StubCdrStore.Search(CdrFilter.ALL, Optional.empty(), 100));
        }

        @Test
        void takes_every_filter() throws Exception {
            Api.Answer answer = api.get("/cdrs?from=sip:%2B1@x&to=sip:b@y&result=no_answer&direction=inbound"
                    + "&since=2026-01-01T00:00:00Z&until=2026-01-02T01:00:00.5%2B01:00&limit=7");

            assertThat(answer.status()).isEqualTo(200);
            CdrFilter filter = new CdrFilter(
                    Optional.of("sip:+1@x"),
                    Optional.of("sip:b@y"),
                    Optional.of(EndCause.Result.NO_ANSWER),
                    Optional.of(Direction.INBOUND),
                    Optional.of(Instant.parse("2026-01-01T00:00:00Z")),
                    Optional.of(Instant.parse("2026-01-02T00:00:00.5Z")));
            assertThat(api.cdrs.searches).containsExactly(new StubCdrStore.Search(filter, Optional.empty(), 7));
        }

        @Test
        void goes_on_where_the_page_before_ended() throws Exception {
            CdrCursor place = new CdrCursor(END, new CallId(ID));
            api.cdrs.next = Optional.of(place);
            String cursor = api.get("/cdrs").json().path("next_cursor").asText();

            api.get("/cdrs?cursor=" + cursor);

            assertThat(api.cdrs.searches.get(1).after()).contains(place);
        }

        @ParameterizedTest
        @CsvSource({
            "limit,0",
            "limit,1001",
            "limit,x",
            "cursor,x",
            "cursor,''",
            "result,COMPLETED",
            "result,''",
            "direction,both",
            "since,yesterday",
            "since,2026-01-01",
            "since,-1000000000-01-01T00:00:00Z",
            "until,''",
            "until,9999999999",
            "until,%2B100000-01-01T00:00:00Z",
            "from,''",
            "to,%20"
        })
        void with_a_bad_value_is_refused_by_the_parameter_s_name(String parameter, String value) throws Exception {
            Api.Answer answer = api.get("/cdrs?" + parameter + "=" + value);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.problem()).isEqualTo("if://problem/invalid-request");
            assertThat(answer.json().path("field").asText()).isEqualTo(parameter);
            assertThat(api.cdrs.searches).isEmpty();
        }

        @Test
        void needs_the_token() throws Exception {
            assertThat(api.call(org.jboss.resteasy.mock.MockHttpRequest.get("/cdrs"))
                            .status())
                    .isEqualTo(401);
        }

        @Test
        void of_a_broken_store_may_be_tried_again() throws Exception {
            api.cdrs.broken = true;

            Api.Answer answer = api.get("/cdrs");

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.problem()).isEqualTo("if://problem/cdr-store-unavailable");
            assertThat(answer.json().path("retryable").asBoolean()).isTrue();
            assertThat(answer.http().getContentAsString()).doesNotContain("secret");
        }
    }

    @Nested
    class the_record_of_a_call {

        @Test
        void is_what_is_kept_of_it() throws Exception {
            api.cdrs.records = List.of(record(Optional.empty(), Optional.empty()));

            Api.Answer answer = api.get(KEPT);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().path("call_id").asText()).isEqualTo("if://call/" + ID);
        }

        @Test
        void is_there_when_the_call_has_ended_whether_it_is_written_or_not() throws Exception {
            api.cdrs.broken = true;
            String call = originated();
            api.refuses(CallId.parse(call.substring("/calls/".length())).orElseThrow(), 486);

            JsonNode record = api.get(call + "/cdr").json();

            assertThat(record.path("result").asText()).isEqualTo("busy");
            assertThat(record.path("hangup_cause").path("code").asInt()).isEqualTo(486);
            assertThat(record.path("end_time").asText()).isEqualTo("2026-01-02T03:04:05.678Z");
        }

        @Test
        void is_not_there_while_the_call_lives() throws Exception {
            String call = originated();

            assertRefused(call + "/cdr", "living");
            api.delete(call);
            assertRefused(call + "/cdr", "living");
        }

        @Test
        void is_not_there_if_the_call_is_unknown() throws Exception {
            assertRefused(KEPT, "unknown");
            assertRefused("/calls/x/cdr", "uuid");
        }

        private void assertRefused(String path, String why) throws Exception {
            Api.Answer answer = api.get(path);
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.problem()).isEqualTo("if://problem/no-such-cdr");
            assertThat(answer.json().path("detail").asText()).contains(why);
        }

        @Test
        void of_a_broken_store_may_be_tried_again() throws Exception {
            api.cdrs.broken = true;

            assertThat(api.get(KEPT).status()).isEqualTo(503);
        }

        @Test
        void is_only_read() throws Exception {
            assertThat(api.delete(KEPT).status()).isEqualTo(405);
        }
    }
}
