// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.access;

import io.ifbus.sip.platform.access.ApiToken;
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

/** Lets a request to a resource in when it bears the API token, before anything else is looked at. */
@Provider
@PreMatching
@Priority(Priorities.AUTHENTICATION)
@Dependent
public class BearerTokenFilter implements ContainerRequestFilter {

    private final Admission admission;

    /** For RESTEasy's look at the class (RESTEASY-1538); CDI uses the other one. */
    public BearerTokenFilter() {
        this(null);
    }

    @Inject
    public BearerTokenFilter(ApiToken token) {
        this.admission = new Admission(token);
    }

    /** @throws RequestRefused if the token is missing, is another one, or cannot be compared because none is configured */
    @Override
    public void filter(ContainerRequestContext request) {
        admission.judge(request.getHeaderString(HttpHeaders.AUTHORIZATION));
    }
}
