// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.call;

import io.ifbus.sip.call.CallId;
import io.ifbus.sip.control.CallSnapshot;
import io.ifbus.sip.control.DecideCall;
import io.ifbus.sip.control.InvalidRequest;
import io.ifbus.sip.rest.problem.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;

/** What becomes of a call that was offered. */
@Path("calls/{id}/{decision: answer|ring|reject|redirect}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "token")
@APIResponse(
        responseCode = "default",
        description = "Refused; the type says why, and 'field' names what was wrong",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@Dependent
public class DecisionResource {

    private final DecideCall decideCall;

    /** For RESTEasy's look at the class (RESTEASY-1538); CDI uses the other one. */
    public DecisionResource() {
        this(null);
    }

    @Inject
    public DecisionResource(DecideCall decideCall) {
        this.decideCall = decideCall;
    }

    /**
     * The details of a decision; each goes with some decisions only.
     *
     * @param target of {@code redirect}: whom to call instead; of {@code answer}: whom to ring and connect
     * @param connect of {@code answer}: {@code echo} lets the caller hear itself
     * @param code of {@code reject}: the SIP status, 486 if nobody says
     * @param reason of {@code reject}: the reason phrase
     */
    @Schema(name = "Decision")
    record Body(
            @Schema(description = "redirect: call this instead; answer: ring this and connect")
            String target,

            @Schema(enumeration = "echo", description = "answer: the caller hears itself")
            String connect,

            @Schema(minimum = "400", maximum = "699", description = "reject: the SIP status; 486 if absent")
            Integer code,

            @Schema(description = "reject: the reason phrase")
            String reason) {

        static final Body NONE = new Body(null, null, null, null);

        /** @throws InvalidRequest if a field is given that the decision would ignore */
        void refuseWhatDoesNotGoWith(String decision) {
            refuse("target", target, decision.equals("answer") || decision.equals("redirect"), decision);
            refuse("connect", connect, decision.equals("answer"), decision);
            refuse("code", code, decision.equals("reject"), decision);
            refuse("reason", reason, decision.equals("reject"), decision);
            if (connect != null && !connect.equals("echo")) {
                throw new InvalidRequest("connect", "'connect' is 'echo', or left out");
            }
            if (connect != null && target != null) {
                throw new InvalidRequest("connect", "'connect' goes without 'target'");
            }
        }

        private static void refuse(String field, Object value, boolean fits, String decision) {
            if (value != null && !fits) {
                throw new InvalidRequest(field, "'" + field + "' does not go with '" + decision + "'");
            }
        }
    }

    @POST
    @Operation(
            operationId = "decide",
            summary = "Answers, rings, rejects or redirects a call that was offered",
            description = "Answered without a target the caller hears nothing until the call is transferred")
    @APIResponse(
            responseCode = "202",
            description = "It is done",
            content = @Content(schema = @Schema(implementation = CallBody.class)))
    public Response decide(
            @PathParam("id") String id,
            @Parameter(
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {"answer", "ring", "reject", "redirect"}))
                    @PathParam("decision")
                    String decision,
            @RequestBody(required = false) Body body) {
        CallSnapshot call = decided(id, decision, body == null ? Body.NONE : body);
        return Response.accepted(CallBody.of(call)).build();
    }

    private CallSnapshot decided(String id, String decision, Body body) {
        CallId call = CallAddress.parse(id);
        body.refuseWhatDoesNotGoWith(decision);
        return switch (decision) {
            case "ring" -> decideCall.ring(call);
            case "reject" -> decideCall.reject(call, body.code(), body.reason());
            case "redirect" -> decideCall.redirect(call, body.target());
            default -> {
                if (body.target() != null) {
                    yield decideCall.bridge(call, body.target());
                }
                yield body.connect() == null ? decideCall.answer(call) : decideCall.echo(call);
            }
        };
    }
}
