// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.call;

import io.ifbus.sip.call.CallId;
import io.ifbus.sip.control.CallSnapshot;
import io.ifbus.sip.control.Calls;
import io.ifbus.sip.control.HangUpCall;
import io.ifbus.sip.control.HangUpCalls;
import io.ifbus.sip.control.InvalidRequest;
import io.ifbus.sip.control.NoSuchCall;
import io.ifbus.sip.control.OriginateCall;
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
import jakarta.ws.rs.QueryParam;
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

/** Calls: started, listed, looked at and hung up. */
@Path("calls")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "token")
@APIResponse(
        responseCode = "default",
        description = "Refused; the type says why, and 'field' names what was wrong",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@Dependent
public class CallsResource {

    private static final int USUAL_PAGE = 100;
    private static final List<String> FILTERS = List.of("state", "from", "to", "all");
    private static final String PROMISED = "evidence|recordings";

    private final OriginateCall originateCall;
    private final HangUpCall hangUpCall;
    private final HangUpCalls hangUpCalls;
    private final Calls calls;

    /** For RESTEasy's look at the class (RESTEASY-1538); CDI uses the other one. */
    public CallsResource() {
        this(null, null, null, null);
    }

    @Inject
    public CallsResource(OriginateCall originateCall, HangUpCall hangUpCall, HangUpCalls hangUpCalls, Calls calls) {
        this.originateCall = originateCall;
        this.hangUpCall = hangUpCall;
        this.hangUpCalls = hangUpCalls;
        this.calls = calls;
    }

    @POST
    @Operation(operationId = "originate", summary = "Rings 'from', then 'to', and connects them")
    @APIResponse(
            responseCode = "202",
            description = "The call has begun",
            headers =
                    @Header(
                            name = "Location",
                            description = "Where the call can be watched and hung up",
                            schema = @Schema(type = SchemaType.STRING, format = "uri")),
            content = @Content(schema = @Schema(implementation = CallBody.class)))
    public Response originate(
            @RequestBody(required = true) OriginateBody body,
            @Parameter(description = "Joins this call to an operation of the client's") @HeaderParam("X-IF-Trace-ID")
                    String traceId,
            @Parameter(description = "The same key gives the same call, for 24 hours") @HeaderParam("Idempotency-Key")
                    String key,
            @Context UriInfo uri) {
        if (body == null) {
            throw new RequestRefused(ProblemType.MALFORMED_BODY, "A JSON object is needed");
        }
        CallSnapshot call = originateCall.handle(
                body.request(Optional.ofNullable(traceId).filter(id -> !id.isBlank())), Optional.ofNullable(key));
        return Response.accepted(CallBody.begun(call))
                .location(uri.getAbsolutePathBuilder().path(call.id().bare()).build())
                .build();
    }

    @GET
    @Operation(operationId = "listCalls", summary = "Calls that live or ended not long ago, newest first")
    @APIResponse(
            responseCode = "200",
            description = "One page of them",
            content = @Content(schema = @Schema(implementation = CallPage.class)))
    public Response list(
            @QueryParam("state") @Parameter(description = "Only calls in this state") String state,
            @QueryParam("from") @Parameter(description = "Only calls of this caller") String from,
            @QueryParam("to") @Parameter(description = "Only calls to this callee") String to,
            @QueryParam("offset")
                    @Parameter(schema = @Schema(type = SchemaType.INTEGER, defaultValue = "0", minimum = "0"))
                    String offset,
            @QueryParam("limit")
                    @Parameter(
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            defaultValue = "100",
                                            minimum = "1",
                                            maximum = "1000"))
                    String limit) {
        int first = WholeNumber.parse("offset", offset, 0);
        int most = WholeNumber.parse("limit", limit, USUAL_PAGE);
        HangUpCalls.Filter filter = CallFilter.of(state, from, to);
        return Response.ok(CallPage.of(
                        calls.list().stream().filter(filter::matches).toList(), first, most))
                .build();
    }

    @DELETE
    @Operation(operationId = "hangUpMany", summary = "Hangs up all living calls that match")
    @APIResponse(
            responseCode = "202",
            description = "They are ending",
            content = @Content(schema = @Schema(implementation = Count.class)))
    public Response hangUpMany(
            @QueryParam("state") @Parameter(description = "Only calls in this state") String state,
            @QueryParam("from") @Parameter(description = "Only calls of this caller") String from,
            @QueryParam("to") @Parameter(description = "Only calls to this callee") String to,
            @QueryParam("all")
                    @Parameter(description = "'true' when no other filter is given: nobody ends all calls by mistake")
                    String all,
            @Context UriInfo uri) {
        for (String parameter : uri.getQueryParameters().keySet()) { // a filter that is misspelt would end too many
            if (!FILTERS.contains(parameter)) {
                throw new InvalidRequest(parameter, "There is no such parameter; known: " + FILTERS);
            }
        }
        if (state == null && from == null && to == null && !"true".equals(all)) {
            throw new InvalidRequest("all", "Give 'state', 'from' or 'to', or 'all=true' for all calls");
        }
        return Response.accepted(new Count(hangUpCalls.handle(CallFilter.of(state, from, to))))
                .build();
    }

    /** How many. */
    @Schema(name = "Count")
    record Count(int count) {}

    @GET
    @Path("{id}")
    @Operation(operationId = "getCall", summary = "One call as it is now")
    @APIResponse(
            responseCode = "200",
            description = "The call",
            content = @Content(schema = @Schema(implementation = CallBody.class)))
    public Response get(@PathParam("id") String id) {
        CallId callId = CallAddress.parse(id);
        return Response.ok(CallBody.of(calls.find(callId).orElseThrow(() -> new NoSuchCall(callId))))
                .build();
    }

    @DELETE
    @Path("{id}")
    @Operation(operationId = "hangUp", summary = "Hangs up, whatever the call's state; may be repeated")
    @APIResponse(
            responseCode = "202",
            description = "The call is ending or has ended",
            content = @Content(schema = @Schema(implementation = CallBody.class)))
    public Response hangUp(@PathParam("id") String id) {
        return Response.accepted(CallBody.of(hangUpCall.handle(CallAddress.parse(id))))
                .build();
    }

    @Path("{id}/{part: " + PROMISED + "}{rest: (/.*)?}")
    @Operation(hidden = true)
    public NotBuiltYet notBuiltYet(@PathParam("part") String part) {
        return new NotBuiltYet(part);
    }
}
