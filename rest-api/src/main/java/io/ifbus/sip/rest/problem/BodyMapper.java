// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.enterprise.context.Dependent;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Takes the place of RESTEasy's own mapper of this exception, which names no field. */
@Provider
@Dependent
public class BodyMapper implements ExceptionMapper<JsonProcessingException> {

    private final ProblemMapper mapper = new ProblemMapper();

    @Override
    public Response toResponse(JsonProcessingException thrown) {
        return mapper.toResponse(thrown);
    }
}
