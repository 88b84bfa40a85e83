// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.ifbus.sip.cdr.CdrStoreUnavailable;
import io.ifbus.sip.control.Refusal;
import jakarta.enterprise.context.Dependent;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Turns whatever a request threw into problem details; the one place where failures of requests are logged. */
@Provider
@Dependent
public class ProblemMapper implements ExceptionMapper<Throwable> {

    @Override
    public Response toResponse(Throwable thrown) {
        if (thrown instanceof WebApplicationException e && e.getResponse().getStatus() < 400) {
            return e.getResponse(); // the answer to OPTIONS comes as an exception too
        }
        Throwable known = known(thrown);
        Problem problem = Problems.of(known);
        log(problem, known);
        Response.ResponseBuilder response =
                Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
        if (problem.status() == Response.Status.UNAUTHORIZED.getStatusCode()) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"ifbus\""); // RFC 6750 section 3
        }
        if (thrown instanceof WebApplicationException e) {
            String allow = e.getResponse().getHeaderString(HttpHeaders.ALLOW); // RFC 9110 section 15.5.6
            if (allow != null) {
                response.header(HttpHeaders.ALLOW, allow);
            }
        }
        return response.build();
    }

    /** RESTEasy wraps what the reading of a body throws. */
    private static Throwable known(Throwable thrown) {
        return thrown.getCause() instanceof JsonProcessingException json ? json : thrown;
    }

    /** The store tells of its outage itself, once. */
    private static boolean isForeseen(Throwable thrown) {
        return thrown instanceof RequestRefused || thrown instanceof Refusal || thrown instanceof CdrStoreUnavailable;
    }

    private static void log(Problem problem, Throwable thrown) {
        if (problem.status() >= 500 && !isForeseen(thrown)) {
            RestLog.LOG.requestBroke(thrown);
        } else {
            RestLog.LOG.requestRefused(problem.status(), problem.type(), problem.field());
        }
    }
}
