// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.call;

import io.ifbus.sip.call.Side;
import io.ifbus.sip.control.SendDigits;
import io.ifbus.sip.rest.problem.Problem;
import io.ifbus.sip.rest.problem.ProblemType;
import io.ifbus.sip.rest.problem.RequestRefused;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;

/** Digits for a party. */
@Path("calls/{id}/dtmf")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "token")
@APIResponse(
        responseCode = "default",
        description = "Refused; the type says why, and 'field' names what was wrong",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@Dependent
public class DtmfResource {

    private final SendDigits sendDigits;

    /** For RESTEasy's look at the class (RESTEASY-1538); CDI uses the other one. */
    public DtmfResource() {
        this(null);
    }

    @Inject
    public DtmfResource(SendDigits sendDigits) {
        this.sendDigits = sendDigits;
    }

    /**
     * What to send.
     *
     * @param digits 1 to 64 of 0-9, *, #, A-D
     * @param party to whom; the callee if nobody says and there is one
     */
    @Schema(name = "Dtmf", requiredProperties = "digits")
    record Body(
            @Schema(examples = "123#", pattern = "[0-9*#A-D]{1,64}")
            String digits,

            @Schema(
                    enumeration = {"caller", "callee"},
                    description = "The callee, or the caller of a call without a callee")
            String party) {}

    @POST
    @Operation(operationId = "sendDtmf", summary = "Sends digits by INFO, one after the other")
    @APIResponse(
            responseCode = "202",
            description = "They are being sent",
            content = @Content(schema = @Schema(implementation = CallBody.class)))
    public Response send(@PathParam("id") String id, @RequestBody(required = true) Body body) {
        if (body == null) {
            throw new RequestRefused(ProblemType.MALFORMED_BODY, "A JSON object is needed");
        }
        Optional<Side> party = Sides.parse("party", body.party());
        return Response.accepted(CallBody.of(sendDigits.handle(CallAddress.parse(id), party, body.digits())))
                .build();
    }
}
