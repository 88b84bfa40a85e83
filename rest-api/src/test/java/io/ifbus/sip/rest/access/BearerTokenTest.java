// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.platform.access.ApiToken;
import io.ifbus.sip.rest.Api;
import org.jboss.resteasy.mock.MockHttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerTokenTest {

    private final Api api = new Api();

    @ParameterizedTest
    @ValueSource(strings = {"/calls", "/calls/x", "/conferences", "/nothing-at-all"})
    void nobody_learns_anything_without_a_token(String path) throws Exception {
        Api.Answer answer = api.call(MockHttpRequest.get(path));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.problem()).isEqualTo("if://problem/token-refused");
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer other", "Bearer", "Bearer ", "Basic open-sesame", "open-sesame", ""})
    void anything_but_the_token_is_refused(String header) throws Exception {
        Api.Answer answer = api.call(MockHttpRequest.get("/calls").header("Authorization", header));

        assertThat(answer.status()).isEqualTo(401);
    }

    @Test
    void the_scheme_s_name_may_be_written_in_any_case() throws Exception {
        assertThat(api.call(MockHttpRequest.get("/calls").header("Authorization", "bearer " + Api.TOKEN))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_server_without_a_token_says_so_and_lets_nobody_in() throws Exception {
        api.verdict = ApiToken.Verdict.NOT_CONFIGURED;

        Api.Answer answer = api.get("/calls");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.problem()).isEqualTo("if://problem/token-not-configured");
    }

    @Test
    void the_token_is_not_repeated_in_a_refusal() throws Exception {
        Api.Answer answer = api.call(MockHttpRequest.get("/calls").header("Authorization", "Bearer my-secret"));

        assertThat(answer.http().getContentAsString()).doesNotContain("my-secret");
    }
}
