// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli.api;

import com.fasterxml.jackson.databind.JsonNode;

/** What a refusal says (RFC 9457), in words. */
final class Problem {

    private Problem() {}

    /**
     * The failure that a status outside of 2xx is: 4xx is a refusal, everything else is trouble.
     *
     * @param request the method and address, named when the body is no problem document
     */
    static Failure of(int status, String body, String request) {
        ExitCode code = status >= 400 && status < 500 ? ExitCode.REFUSED : ExitCode.TROUBLE;
        JsonNode problem = Json.parse(body).orElse(Json.object());
        String name = Json.uuid(Json.text(problem, "type"));
        String title = Json.text(problem, "title");
        if (name.isEmpty() && title.isEmpty()) {
            return new Failure(code, "the server answered " + status + " to " + request);
        }
        return new Failure(code, words(problem, name, title) + " (" + status + ")" + advice(status, problem));
    }

    private static String words(JsonNode problem, String name, String title) {
        String detail = Json.text(problem, "detail");
        String field = Json.text(problem, "field");
        return (name.isEmpty() ? "" : name + ": ")
                + (detail.isEmpty() ? title : detail)
                + (field.isEmpty() ? "" : " [field " + field + "]");
    }

    private static String advice(int status, JsonNode problem) {
        if (status == 401) {
            return "; the token is read from --token-file or IFBUS_TOKEN_FILE";
        }
        return problem.path("retryable").asBoolean(false) ? "; the same may be tried again later" : "";
    }
}
