// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.cdr;

import io.ifbus.sip.cdr.CdrFilter;
import io.ifbus.sip.cdr.CdrStore;
import io.ifbus.sip.rest.problem.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;

/** The call detail records of this node, searched. */
@Path("cdrs")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "token")
@APIResponse(
        responseCode = "default",
        description = "Refused; the type says why, and 'field' names what was wrong",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@Dependent
public class CdrsResource {

    private final CdrStore store;

    /** For RESTEasy's look at the class (RESTEASY-1538); CDI uses the other one. */
    public CdrsResource() {
        this(null);
    }

    @Inject
    public CdrsResource(CdrStore store) {
        this.store = store;
    }

    @GET
    @Operation(operationId = "listCdrs", summary = "Detail records of calls that have ended, newest end first")
    @APIResponse(
            responseCode = "200",
            description = "One page of them",
            content = @Content(schema = @Schema(implementation = CdrPageBody.class)))
    public Response list(
            @Parameter(description = "Exactly this URI of the caller") @QueryParam("from") String from,
            @Parameter(description = "Exactly this URI of the callee") @QueryParam("to") String to,
            @QueryParam("result")
                    @Parameter(
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {"completed", "no_answer", "busy", "failed", "cancelled"}))
                    String result,
            @QueryParam("direction")
                    @Parameter(
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {"inbound", "outbound"}))
                    String direction,
            @QueryParam("since")
                    @Parameter(
                            description = "Ended then or later",
                            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
                    String since,
            @QueryParam("until")
                    @Parameter(
                            description = "Ended before that",
                            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
                    String until,
            @QueryParam("limit")
                    @Parameter(
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            defaultValue = "100",
                                            minimum = "1",
                                            maximum = "1000"))
                    String limit,
            @Parameter(description = "The 'next_cursor' of the page before") @QueryParam("cursor") String cursor) {
        CdrFilter filter = Parameters.filter(from, to, result, direction, since, until);
        return Response.ok(CdrPageBody.of(store.page(filter, Parameters.cursor(cursor), Parameters.limit(limit))))
                .build();
    }
}
