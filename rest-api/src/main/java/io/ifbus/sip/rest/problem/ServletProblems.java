// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.problem;

import io.ifbus.sip.rest.json.Json;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The same problem details for what is served by a servlet. */
public final class ServletProblems {

    private ServletProblems() {}

    /**
     * Answers with the problem that {@code thrown} means, and logs it.
     *
     * @param response nothing of it has been sent; headers that are set stay
     */
    public static void answer(RuntimeException thrown, HttpServletResponse response) throws IOException {
        Problem problem = ProblemMapper.logged(thrown);
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        if (problem.status() == HttpServletResponse.SC_UNAUTHORIZED) {
            response.setHeader("WWW-Authenticate", ProblemMapper.CHALLENGE);
        }
        response.getOutputStream().write(Json.mapper().writeValueAsBytes(problem));
    }
}
