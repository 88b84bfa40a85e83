// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.rest.Api;
import java.io.InputStream;
import org.jboss.resteasy.mock.MockHttpRequest;
import org.junit.jupiter.api.Test;

class BodyLimitTest {

    private static final String CALL = "{\"from\":\"sip:a@x\",\"to\":\"sip:b@y\"}";

    private final Api api = new Api();

    /** A client that sends blanks for ever, and counts those that were taken. */
    private static final class Endless extends InputStream {
        private long taken;

        @Override
        public int read() {
            taken++;
            return ' ';
        }
    }

    private void refused(Api.Answer answer) throws Exception {
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.problem()).isEqualTo("if://problem/body-too-large");
        assertThat(answer.json().path("detail").asText()).contains("65536");
        assertThat(api.sent).isEmpty();
    }

    @Test
    void a_megabyte_is_refused() throws Exception {
        refused(api.post("/calls", CALL + " ".repeat(1_000_000)));
        refused(api.put("/routes/x", " ".repeat(1_000_000)));
    }

    @Test
    void a_body_of_unknown_length_is_read_no_further_than_to_the_limit() throws Exception {
        Endless blanks = new Endless();

        refused(api.call(
                Api.request("POST", "/calls").contentType("application/json").content(blanks)));

        assertThat(blanks.taken).isEqualTo(BodyLimitFilter.MOST + 1);
    }

    @Test
    void a_length_that_is_announced_is_believed_unread() throws Exception {
        Endless blanks = new Endless();

        refused(api.call(Api.request("POST", "/calls")
                .contentType("application/json")
                .header("Content-Length", Integer.toString(BodyLimitFilter.MOST + 1))
                .content(blanks)));

        assertThat(blanks.taken).isZero();
    }

    @Test
    void what_just_fits_is_taken() throws Exception {
        String longest = CALL + " ".repeat(BodyLimitFilter.MOST - CALL.length());

        assertThat(api.post("/calls", longest).status()).isEqualTo(202);
        assertThat(api.post("/calls", longest + " ").status()).isEqualTo(413);
    }

    @Test
    void the_token_is_asked_for_first() throws Exception {
        Api.Answer answer = api.call(MockHttpRequest.create("POST", "/calls")
                .contentType("application/json")
                .content(new Endless()));

        assertThat(answer.status()).isEqualTo(401);
    }
}
