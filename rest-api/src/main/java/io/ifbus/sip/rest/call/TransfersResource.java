// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.call;

import io.ifbus.sip.call.CallId;
import io.ifbus.sip.call.Transfer;
import io.ifbus.sip.control.Calls;
import io.ifbus.sip.control.NoSuchCall;
import io.ifbus.sip.control.TransferCall;
import io.ifbus.sip.rest.problem.Problem;
import io.ifbus.sip.rest.problem.ProblemType;
import io.ifbus.sip.rest.problem.RequestRefused;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;

/** The transfers of a call: begun, looked at, completed and given up. */
@Path("calls/{id}/transfers")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "token")
@APIResponse(
        responseCode = "default",
        description = "Refused; the type says why, and 'field' names what was wrong",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@Dependent
public class TransfersResource {

    private final TransferCall transferCall;
    private final Calls calls;

    /** For RESTEasy's look at the class (RESTEASY-1538); CDI uses the other one. */
    public TransfersResource() {
        this(null, null);
    }

    @Inject
    public TransfersResource(TransferCall transferCall, Calls calls) {
        this.transferCall = transferCall;
        this.calls = calls;
    }

    /** All transfers of one call, oldest first. */
    @Schema(name = "Transfers", description = "Oldest first")
    record Page(List<TransferBody> transfers) {}

    @POST
    @Operation(
            operationId = "transfer",
            summary = "Hands one party over: blind, after a consultation, or to a party of another call",
            description = "Until the target has answered the transferor keeps the call")
    @APIResponse(
            responseCode = "202",
            description = "It has begun",
            headers =
                    @Header(
                            name = "Location",
                            description = "Where the transfer can be watched and given up",
                            schema = @Schema(type = SchemaType.STRING, format = "uri")),
            content = @Content(schema = @Schema(implementation = TransferBody.class)))
    public Response transfer(
            @PathParam("id") String id,
            @RequestBody(required = true) TransferOrder order,
            @Parameter(description = "The same key gives the same transfer, for 24 hours")
                    @HeaderParam("Idempotency-Key")
                    String key,
            @Context UriInfo uri) {
        if (order == null) {
            throw new RequestRefused(ProblemType.MALFORMED_BODY, "A JSON object is needed");
        }
        CallId call = CallAddress.parse(id);
        Transfer transfer = transferCall.handle(call, order.request(), Optional.ofNullable(key));
        return Response.accepted(TransferBody.of(call, transfer))
                .location(
                        uri.getAbsolutePathBuilder().path(transfer.id().bare()).build())
                .build();
    }

    @GET
    @Operation(operationId = "listTransfers", summary = "All transfers of the call, oldest first")
    @APIResponse(
            responseCode = "200",
            description = "All of them",
            content = @Content(schema = @Schema(implementation = Page.class)))
    public Response list(@PathParam("id") String id) {
        CallId call = CallAddress.parse(id);
        List<Transfer> transfers =
                calls.find(call).orElseThrow(() -> new NoSuchCall(call)).transfers();
        return Response.ok(new Page(
                        transfers.stream().map(t -> TransferBody.of(call, t)).toList()))
                .build();
    }

    @GET
    @Path("{tid}")
    @Operation(operationId = "getTransfer", summary = "One transfer as it is now")
    @APIResponse(
            responseCode = "200",
            description = "The transfer",
            content = @Content(schema = @Schema(implementation = TransferBody.class)))
    public Response get(@PathParam("id") String id, @PathParam("tid") String tid) {
        CallId call = CallAddress.parse(id);
        return Response.ok(TransferBody.of(call, transferCall.find(call, CallAddress.transfer(tid))))
                .build();
    }

    @POST
    @Path("{tid}/complete")
    @Operation(operationId = "completeTransfer", summary = "Ends the consultation and hands over; may be repeated")
    @APIResponse(
            responseCode = "202",
            description = "It is being completed, or has ended",
            content = @Content(schema = @Schema(implementation = TransferBody.class)))
    public Response complete(@PathParam("id") String id, @PathParam("tid") String tid) {
        CallId call = CallAddress.parse(id);
        return Response.accepted(TransferBody.of(call, transferCall.complete(call, CallAddress.transfer(tid))))
                .build();
    }

    @DELETE
    @Path("{tid}")
    @Operation(operationId = "cancelTransfer", summary = "Gives it up: the call is to be as it was; may be repeated")
    @APIResponse(
            responseCode = "202",
            description = "It is given up, or has ended",
            content = @Content(schema = @Schema(implementation = TransferBody.class)))
    public Response cancel(@PathParam("id") String id, @PathParam("tid") String tid) {
        CallId call = CallAddress.parse(id);
        return Response.accepted(TransferBody.of(call, transferCall.cancel(call, CallAddress.transfer(tid))))
                .build();
    }
}
