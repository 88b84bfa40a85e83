// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.guard;

import io.ifbus.sip.guard.GuardBoard;
import io.ifbus.sip.rest.problem.Problem;
import io.ifbus.sip.rest.problem.ProblemType;
import io.ifbus.sip.rest.problem.RequestRefused;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;

/** Guards of target hosts: looked at and reset. Those of the node that is asked. */
@Path("guards")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "token")
@APIResponse(
        responseCode = "default",
        description = "Refused; the type says why",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@Dependent
public class GuardsResource {

    private final GuardBoard board;

    /** For RESTEasy's look at the class (RESTEASY-1538); CDI uses the other one. */
    public GuardsResource() {
        this(null);
    }

    @Inject
    public GuardsResource(GuardBoard board) {
        this.board = board;
    }

    @GET
    @Operation(operationId = "listGuards", summary = "The guards of this node, those that are not closed first")
    @APIResponse(
            responseCode = "200",
            description = "All of them",
            content = @Content(schema = @Schema(implementation = GuardList.class)))
    public Response list() {
        return Response.ok(GuardList.of(board.list())).build();
    }

    @DELETE
    @Path("{host}")
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE}) // clients may ask for the form of a refusal alone
    @Operation(operationId = "resetGuard", summary = "Closes a guard and forgets what it has seen; may be repeated")
    @APIResponse(responseCode = "204", description = "The guard is closed")
    public Response reset(
            @Parameter(description = "As the list names it; without regard to case") @PathParam("host") String host) {
        if (!board.reset(host.toLowerCase(Locale.ROOT))) {
            throw new RequestRefused(ProblemType.NO_SUCH_GUARD, "No call has gone to that host yet");
        }
        return Response.noContent().build();
    }
}
