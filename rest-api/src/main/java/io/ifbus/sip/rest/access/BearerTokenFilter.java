// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.access;

import io.ifbus.sip.platform.access.ApiToken;
import io.ifbus.sip.rest.problem.ProblemType;
import io.ifbus.sip.rest.problem.RequestRefused;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

/** Lets a request under {@code /v1} in when it bears the API token (RFC 6750 section 2.1), before anything else is looked at. */
@Provider
@PreMatching
@Priority(Priorities.AUTHENTICATION)
@Dependent
public class BearerTokenFilter implements ContainerRequestFilter {

    private static final String SCHEME = "Bearer ";

    private final ApiToken token;

    /** For RESTEasy's look at the class (RESTEASY-1538); CDI uses the other one. */
    public BearerTokenFilter() {
        this(null);
    }

    @Inject
    public BearerTokenFilter(ApiToken token) {
        this.token = token;
    }

    /** @throws RequestRefused if the token is missing, is another one, or cannot be compared because none is configured */
    @Override
    public void filter(ContainerRequestContext request) {
        String header = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw new RequestRefused(ProblemType.TOKEN_REFUSED, "The request has no 'Authorization: Bearer' header");
        }
        switch (token.judge(header.substring(SCHEME.length()).strip())) {
            case ACCEPTED -> {}
            case REFUSED ->
                throw new RequestRefused(ProblemType.TOKEN_REFUSED, "The token is not the one of this server");
            case NOT_CONFIGURED ->
                throw new RequestRefused(
                        ProblemType.TOKEN_NOT_CONFIGURED, "Setting ifbus.api.token-file leads to no token");
        }
    }
}
