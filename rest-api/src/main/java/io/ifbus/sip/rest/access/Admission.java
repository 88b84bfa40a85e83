// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.access;

import io.ifbus.sip.platform.access.ApiToken;
import io.ifbus.sip.rest.problem.ProblemType;
import io.ifbus.sip.rest.problem.RequestRefused;

/** Judges the Authorization header of a request under {@code /v1} (RFC 6750 section 2.1), whoever serves it. */
public final class Admission {

    private static final String SCHEME = "Bearer ";

    private final ApiToken token;

    public Admission(ApiToken token) {
        this.token = token;
    }

    /**
     * Returns if {@code header} bears the token.
     *
     * @param header null if there is none
     * @throws RequestRefused if the token is missing, is another one, or cannot be compared because none is configured
     */
    public void judge(String header) {
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
