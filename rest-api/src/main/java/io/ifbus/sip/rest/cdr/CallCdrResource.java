// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.cdr;

import io.ifbus.sip.call.CallId;
import io.ifbus.sip.cdr.Cdr;
import io.ifbus.sip.cdr.CdrStore;
import io.ifbus.sip.control.CallSnapshot;
import io.ifbus.sip.control.Calls;
import io.ifbus.sip.rest.problem.Problem;
import io.ifbus.sip.rest.problem.ProblemType;
import io.ifbus.sip.rest.problem.RequestRefused;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;

/** The detail record of one call. */
@Path("calls/{id}/cdr")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "token")
@APIResponse(
        responseCode = "default",
        description = "Refused; the type says why, and 'field' names what was wrong",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@Dependent
public class CallCdrResource {

    private final Calls calls;
    private final CdrStore store;

    /** For RESTEasy's look at the class (RESTEASY-1538); CDI uses the other one. */
    public CallCdrResource() {
        this(null, null);
    }

    @Inject
    public CallCdrResource(Calls calls, CdrStore store) {
        this.calls = calls;
        this.store = store;
    }

    @GET
    @Operation(operationId = "getCdr", summary = "The detail record of a call that has ended")
    @APIResponse(
            responseCode = "200",
            description = "The record",
            content = @Content(schema = @Schema(implementation = CdrBody.class)))
    public Response get(@PathParam("id") String id) {
        CallId call = CallId.parse(id).orElseThrow(() -> refusal("A call's address has its uuid"));
        return Response.ok(CdrBody.of(record(call))).build();
    }

    /** A call that ended just now need not be on disk yet, so what is in memory is asked first. */
    private Cdr record(CallId id) {
        Optional<CallSnapshot> call = calls.find(id);
        if (call.isPresent()) {
            return call.filter(it -> it.endedAt().isPresent())
                    .map(Cdr::of)
                    .orElseThrow(() -> refusal("The call is living; there is a record when it has ended"));
        }
        return store.find(id).orElseThrow(() -> refusal("The call is unknown here, or its record is no longer kept"));
    }

    private static RequestRefused refusal(String detail) {
        return new RequestRefused(ProblemType.NO_SUCH_CDR, detail);
    }
}
