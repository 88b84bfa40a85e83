// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.call;

import io.ifbus.sip.control.HoldCall;
import io.ifbus.sip.rest.problem.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;

/** Whether a call is on hold. */
@Path("calls/{id}/hold")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "token")
@APIResponse(
        responseCode = "default",
        description = "Refused; the type says why, and 'field' names what was wrong",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@Dependent
public class HoldResource {

    private final HoldCall holdCall;

    /** For RESTEasy's look at the class (RESTEASY-1538); CDI uses the other one. */
    public HoldResource() {
        this(null);
    }

    @Inject
    public HoldResource(HoldCall holdCall) {
        this.holdCall = holdCall;
    }

    @PUT
    @Operation(operationId = "hold", summary = "Puts both parties on hold; may be repeated")
    @APIResponse(
            responseCode = "202",
            description = "They are being put on hold; the state becomes on_hold when both phones have agreed",
            content = @Content(schema = @Schema(implementation = CallBody.class)))
    public Response hold(@PathParam("id") String id) {
        return Response.accepted(CallBody.of(holdCall.handle(CallAddress.parse(id))))
                .build();
    }

    @DELETE
    @Operation(operationId = "resume", summary = "Lets the parties hear each other again; may be repeated")
    @APIResponse(
            responseCode = "202",
            description = "They are being joined; the state becomes connected when both phones have agreed",
            content = @Content(schema = @Schema(implementation = CallBody.class)))
    public Response resume(@PathParam("id") String id) {
        return Response.accepted(CallBody.of(holdCall.resume(CallAddress.parse(id))))
                .build();
    }
}
