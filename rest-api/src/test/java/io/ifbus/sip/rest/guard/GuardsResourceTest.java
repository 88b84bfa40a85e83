// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ifbus.sip.guard.GuardState;
import io.ifbus.sip.guard.GuardStatus;
import io.ifbus.sip.rest.Api;
import java.time.Instant;
import org.jboss.resteasy.mock.MockHttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardsResourceTest {

    private static final Instant SINCE = Instant.parse("2026-01-02T03:04:05.678901Z");

    private final Api api = new Api();

    @Test
    void without_a_call_there_is_no_guard() throws Exception {
        assertThat(api.get("/guards").http().getContentAsString()).isEqualTo("{\"guards\":[],\"total\":0}");
    }

    @Test
    void guards_are_listed_as_the_board_has_them() throws Exception {
        api.guards.add(new GuardStatus("b.example.com:5080", GuardState.HALF_OPEN, SINCE, 3));
        api.guards.add(new GuardStatus("a.example.com", GuardState.CLOSED, SINCE, 0));

        Api.Answer answer = api.get("/guards");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("total").asInt()).isEqualTo(2);
        JsonNode first = answer.json().path("guards").path(0);
        assertThat(first.path("host").asText()).isEqualTo("b.example.com:5080");
        assertThat(first.path("state").asText()).isEqualTo("half_open");
        assertThat(first.path("since").asText()).isEqualTo("2026-01-02T03:04:05.678Z");
        assertThat(first.path("waiting").asInt()).isEqualTo(3);
        assertThat(answer.json().path("guards").path(1).path("host").asText()).isEqualTo("a.example.com");
    }

    @ParameterizedTest
    @CsvSource({
        "a.example.com,      a.example.com",
        "a.example.com:5080, a.example.com:5080",
        "a.example.com:5080, a.example.com%3A5080",
        "a.example.com,      A.Example.COM",
        "[2001:db8::1]:5060, %5B2001:db8::1%5D:5060"
    })
    void a_guard_is_reset_by_its_host_and_may_be_again(String host, String path) throws Exception {
        api.guards.add(new GuardStatus(host, GuardState.OPEN, SINCE, 0));

        assertThat(api.delete("/guards/" + path).status()).isEqualTo(204);
        assertThat(api.guards).singleElement().extracting(GuardStatus::state).isEqualTo(GuardState.CLOSED);
        assertThat(api.delete("/guards/" + path).status()).isEqualTo(204);
    }

    @Test
    void a_host_without_a_guard_has_none_to_reset() throws Exception {
        Api.Answer answer = api.delete("/guards/nobody.example.com");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.problem()).isEqualTo("if://problem/no-such-guard");
        assertThat(answer.json().path("retryable").asBoolean()).isFalse();
    }

    @Test
    void nobody_looks_or_resets_without_the_token() throws Exception {
        api.guards.add(new GuardStatus("a", GuardState.OPEN, SINCE, 0));

        assertThat(api.call(MockHttpRequest.get("/guards")).status()).isEqualTo(401);
        assertThat(api.call(MockHttpRequest.delete("/guards/a")).status()).isEqualTo(401);
        assertThat(api.guards).extracting(GuardStatus::state).containsExactly(GuardState.OPEN);
    }

    @Test
    void a_guard_is_not_read_alone() throws Exception {
        assertThat(api.get("/guards/a").status()).isEqualTo(405);
    }
}
