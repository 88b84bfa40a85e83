// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong, in words and exit codes. */
class RefusalTest extends Scene {

    @Test
    void a_problem_is_told_with_its_name_detail_and_field() {
        api.refuses(
                "POST /v1/calls",
                400,
                "{\"type\":\"if://problem/invalid-request\",\"title\":\"A field is wrong\",\"status\":400,"
                        + "\"detail\":\"must be a SIP URI\",\"field\":\"to\",\"fault\":\"client\",\"retryable\":false}");

        assertThat(operator.types("call", "sip:a@b", "bob")).isEqualTo(3);

        assertThat(operator.err()).isEqualTo("ifbus: invalid-request: must be a SIP URI [field to] (400)\n");
        assertThat(operator.out()).isEmpty();
    }

    @Test
    void a_problem_without_detail_is_told_by_its_title_and_whether_to_try_again() {
        api.refuses(
                "GET /v1/calls",
                503,
                "{\"type\":\"if://problem/sip-stack-unavailable\",\"title\":\"No SIP stack\",\"retryable\":true}");

        assertThat(operator.types("calls")).isEqualTo(4);

        assertThat(operator.err())
                .isEqualTo("ifbus: sip-stack-unavailable: No SIP stack (503); the same may be tried again later\n");
    }

    @Test
    void a_refused_token_says_where_the_token_comes_from() {
        api.refuses("GET /v1/calls", 401, "{\"type\":\"if://problem/token-refused\",\"title\":\"A token is needed\"}");

        assertThat(operator.types("calls")).isEqualTo(3);

        assertThat(operator.err())
                .contains("token-refused")
                .contains("--token-file")
                .doesNotContain(FakeApi.TOKEN);
    }

    @ParameterizedTest
    @CsvSource({"404, 3", "409, 3", "499, 3", "500, 4", "501, 4", "302, 4"})
    void a_status_without_a_problem_is_told_with_its_address(int status, int code) {
        api.answers("GET /v1/routes", status, "<html>");

        assertThat(operator.types("routes")).isEqualTo(code);

        assertThat(operator.err())
                .isEqualTo("ifbus: the server answered " + status + " to GET " + api.url() + "/v1/routes\n");
    }

    @Test
    void an_answer_that_is_no_json_is_trouble() {
        api.answers("GET /v1/calls", 200, "<html>welcome</html>");

        assertThat(operator.types("calls")).isEqualTo(4);

        assertThat(operator.err()).contains("is not JSON");
    }

    @Test
    void a_problem_cannot_steer_the_terminal() {
        api.refuses("GET /v1/calls", 400, "{\"title\":\"x\",\"detail\":\"\\u001b[2Jboo\"}");

        operator.types("calls");

        assertThat(operator.err()).isEqualTo("ifbus: ?[2Jboo (400)\n");
    }

    @Test
    void nobody_there_is_trouble() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }

        assertThat(operator.types("calls", "--url", "http://127.0.0.1:" + free)).isEqualTo(4);

        assertThat(operator.err())
                .contains("cannot reach http://127.0.0.1:" + free)
                .contains("--url");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1:8080", "ftp://host", "http://", "http://user:secret@host", "http://host?x=1", "no url"
            })
    void an_address_that_is_none_is_wrong_usage(String url) {
        assertThat(operator.types("calls", "--url", url)).isEqualTo(2);

        assertThat(operator.err()).contains("'" + url + "' is no address of a server");
    }

    @Test
    void an_address_may_have_a_path_and_options_may_stand_on_either_side() {
        api.answers("GET /sip/v1/routes", 200, "{\"routes\":[]}");
        operator.variables.remove("IFBUS_URL");

        assertThat(operator.types("--url", api.url() + "/sip/", "routes")).isZero();
        assertThat(operator.types("routes", "--url", api.url() + "/sip")).isZero();

        assertThat(operator.out()).isEqualTo("No routes.\n");
    }

    @Test
    void an_option_is_stronger_than_the_environment(@TempDir Path directory) throws Exception {
        api.answers("GET /v1/routes", 200, "{\"routes\":[]}");
        Path other = Files.writeString(directory.resolve("other"), "  other-token \n");
        Path third = Files.writeString(directory.resolve("third"), "third-token");
        operator.variables.put("IFBUS_TOKEN_FILE", other.toString());

        operator.types("routes");
        operator.types("routes", "--token-file", third.toString());

        assertThat(api.requests())
                .map(request -> request.header("Authorization"))
                .containsExactly("Bearer other-token", "Bearer third-token");
    }

    @Test
    void a_token_file_that_is_not_there_is_named(@TempDir Path directory) {
        Path missing = directory.resolve("missing");

        assertThat(operator.types("calls", "--token-file", missing.toString())).isEqualTo(2);

        assertThat(operator.err()).contains("there is no token file " + missing);
        assertThat(api.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "two words", "secret\nsecret", "sécret"})
    void a_token_file_without_a_token_is_named_without_its_content(String content, @TempDir Path directory)
            throws Exception {
        Path file = Files.writeString(directory.resolve("file"), content);

        assertThat(operator.types("calls", "--token-file", file.toString())).isEqualTo(2);

        assertThat(operator.err())
                .contains(file + " holds no token")
                .doesNotContain("cret")
                .doesNotContain("words");
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void a_token_is_no_argument() {
        assertThat(operator.types("calls", "--token", FakeApi.TOKEN)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "cals", "calls --limit many", "calls extra", "call --header X sip:a@b sip:c@d"})
    void wrong_usage_says_where_help_is(String typed) {
        String[] arguments = typed.isEmpty() ? new String[0] : typed.split(" ");

        assertThat(operator.types(arguments)).isEqualTo(2);

        assertThat(operator.err()).startsWith("ifbus: ").contains(" --help");
        assertThat(operator.out()).isEmpty();
        assertThat(api.requests()).isEmpty();
    }
}
