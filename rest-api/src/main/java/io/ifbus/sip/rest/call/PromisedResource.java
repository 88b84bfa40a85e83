// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.call;

import jakarta.enterprise.context.Dependent;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The nouns of the API that do not exist yet. */
@Path("{noun: " + PromisedResource.NOUNS + "}{rest: (/.*)?}")
@Dependent
public class PromisedResource {

    static final String NOUNS = "webhooks|cluster|conferences|recordings|transcripts|witness"
            + "|servers|regions|routing|experiments|fleet|forecasts";

    @Path("")
    @Operation(hidden = true)
    public NotBuiltYet notBuiltYet(@PathParam("noun") String noun) {
        return new NotBuiltYet(noun);
    }
}
