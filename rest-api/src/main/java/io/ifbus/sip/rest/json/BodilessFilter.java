// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.json;

import jakarta.enterprise.context.Dependent;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;

/**
 * A request without a body need not say that its body is JSON: RESTEasy would answer 415 to it, where a resource could
 * have one.
 */
@Provider
@PreMatching
@Dependent
public class BodilessFilter implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        boolean announced = request.getLength() > 0 || request.getHeaderString("Transfer-Encoding") != null;
        if (!announced && request.getHeaderString(HttpHeaders.CONTENT_TYPE) == null) {
            request.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
        }
    }
}
