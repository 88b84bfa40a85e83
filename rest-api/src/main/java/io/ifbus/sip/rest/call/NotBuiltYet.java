// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.call;

import io.ifbus.sip.rest.problem.ProblemType;
import io.ifbus.sip.rest.problem.RequestRefused;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.core.Response;

/** A part of the API that is promised and does not exist yet: 501 to each method, so that it is not mistaken for a 404. */
public final class NotBuiltYet {

    private final String part;

    NotBuiltYet(String part) {
        this.part = part;
    }

    @GET
    public Response get() {
        throw refusal(part);
    }

    @POST
    public Response post() {
        throw refusal(part);
    }

    @PUT
    public Response put() {
        throw refusal(part);
    }

    @DELETE
    public Response delete() {
        throw refusal(part);
    }

    static RequestRefused refusal(String part) {
        return new RequestRefused(ProblemType.NOT_BUILT_YET, "'" + part + "' is not built yet");
    }
}
