// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.ifbus.sip.cdr.CdrStoreUnavailable;
import io.ifbus.sip.control.Refusal;
import io.ifbus.sip.control.UpstreamUnavailable;
import jakarta.enterprise.context.Dependent;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Turns whatever a request threw into problem details, and logs it. */
@Provider
@Dependent
public class ProblemMapper implements ExceptionMapper<Throwable> {

    /** What comes with a 401 (RFC 6750 section 3). */
    static final String CHALLENGE = "Bearer realm=\"ifbus\"";

    @Override
    public Response toResponse(Throwable thrown) {
        if (thrown instanceof WebApplicationException e && e.getResponse().getStatus() < 400) {
            return e.getResponse(); // the answer to OPTIONS comes as an exception too
        }
        Throwable known = known(thrown);
        Problem problem = logged(known);
        Response.ResponseBuilder response =
                Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
        if (problem.status() == Response.Status.UNAUTHORIZED.getStatusCode()) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
        }
        if (known instanceof UpstreamUnavailable e) { // RFC 9110 section 10.2.3
            long seconds = e.retryAfter().plusMillis(999).toSeconds(); // not a moment too early
            response.header(HttpHeaders.RETRY_AFTER, Math.max(1, seconds));
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
        if (thrown instanceof JsonProcessingException) {
            return thrown; // it knows the field, its cause does not
        }
        return thrown.getCause() instanceof JsonProcessingException json ? json : thrown;
    }

    /** What {@code thrown} means to the client, having logged it. */
    static Problem logged(Throwable thrown) {
        Problem problem = Problems.of(thrown);
        log(problem, thrown);
        return problem;
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
