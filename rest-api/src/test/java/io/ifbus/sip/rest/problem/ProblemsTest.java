// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonMappingException;
import io.ifbus.sip.call.CallId;
import io.ifbus.sip.control.InvalidRequest;
import io.ifbus.sip.control.NoSuchCall;
import io.ifbus.sip.control.Refusal;
import io.ifbus.sip.control.Verdict;
import io.ifbus.sip.rest.Api;
import io.ifbus.sip.route.RouteRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProblemsTest {

    private final Api api = new Api();

    static Stream<Refusal> refusals_of_core() {
        return Stream.of(new InvalidRequest("to", "x"), new NoSuchCall(new CallId(new UUID(1, 2))));
    }

    @ParameterizedTest
    @MethodSource("refusals_of_core")
    void a_refusal_of_core_keeps_its_verdict(Refusal refusal) {
        Verdict verdict = refusal.verdict();
        Problem problem = Problems.of(refusal);

        assertThat(problem.type()).isEqualTo("if://problem/" + verdict.name());
        assertThat(problem.fault()).isEqualTo(verdict.fault().name().toLowerCase(Locale.ROOT));
        assertThat(problem.retryable()).isEqualTo(verdict.retryable());
        assertThat(problem.detail()).isEqualTo(refusal.getMessage());
    }

    @ParameterizedTest
    @EnumSource(RouteRefused.Reason.class)
    void each_refusal_of_the_route_table_has_its_type(RouteRefused.Reason reason) {
        assertThat(ProblemType.of(reason.word()))
                .hasValueSatisfying(type -> assertThat(type.fault()).isEqualTo(Verdict.Fault.CLIENT));
    }

    @Test
    void what_nobody_foresaw_is_the_server_s_fault_and_tells_nothing() {
        Problem problem = Problems.of(new IllegalStateException("the password is swordfish"));

        assertThat(problem.status()).isEqualTo(500);
        assertThat(problem.type()).isEqualTo("if://problem/internal-error");
        assertThat(problem.fault()).isEqualTo("server");
        assertThat(problem.detail()).doesNotContain("swordfish");
    }

    @Test
    void an_answer_that_cannot_be_written_is_not_the_client_s_fault() {
        assertThat(Problems.of(JsonMappingException.from((com.fasterxml.jackson.core.JsonParser) null, "no serializer"))
                        .status())
                .isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /nothing,     404, no-such-resource",
        "PATCH,  /calls,       405, method-not-allowed",
        "PUT,    /calls/x,     405, method-not-allowed"
    })
    void what_jakarta_rest_refuses_is_a_problem_too(String method, String path, int status, String type)
            throws Exception {
        Api.Answer answer = api.call(Api.request(method, path));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.problem()).isEqualTo("if://problem/" + type);
    }

    @Test
    void a_method_that_is_not_allowed_comes_with_those_that_are() throws Exception {
        assertThat(api.call(Api.request("PUT", "/calls")).header("Allow")).contains("GET", "POST");
    }

    @Test
    void only_json_is_read_and_only_json_is_written() throws Exception {
        Api.Answer read =
                api.call(Api.request("POST", "/calls").contentType("text/plain").content(new byte[] {'x'}));
        Api.Answer written = api.call(Api.request("GET", "/calls").accept("text/html"));

        assertThat(read.status()).isEqualTo(415);
        assertThat(read.problem()).isEqualTo("if://problem/unsupported-media-type");
        assertThat(written.status()).isEqualTo(406);
        assertThat(written.problem()).isEqualTo("if://problem/not-acceptable");
    }

    @ParameterizedTest
    @CsvSource({"/routes/x, no-such-route", "/guards/x, no-such-guard"})
    void what_has_no_answer_but_a_problem_may_be_asked_for_problems_only(String path, String type) throws Exception {
        Api.Answer answer = api.call(Api.request("DELETE", path).accept(Problem.MEDIA_TYPE));

        assertThat(answer.problem()).isEqualTo("if://problem/" + type);
    }

    @Test
    void each_type_stands_in_the_one_table_of_the_documentation() throws IOException {
        Pattern form = Pattern.compile("\\| `([a-z-]+)` \\| (\\d{3}) \\| ([a-z]+) \\| (yes|no) \\| (.+) \\|");

        assertThat(Files.readString(Path.of("../docs/rest-api.md")).lines())
                .map(form::matcher)
                .filteredOn(Matcher::matches)
                .map(row -> List.of(row.group(1), row.group(2), row.group(3), row.group(4), row.group(5)))
                .containsExactlyElementsOf(Stream.of(ProblemType.values())
                        .map(type -> List.of(
                                type.word(),
                                Integer.toString(type.status()),
                                type.fault().name().toLowerCase(Locale.ROOT),
                                type.retryable() ? "yes" : "no",
                                type.title()))
                        .toList());
    }
}
