// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.access;

import io.ifbus.sip.rest.problem.ProblemType;
import io.ifbus.sip.rest.problem.RequestRefused;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Refuses bodies that no resource needs, whether or not their length is announced; never holds more than one byte above
 * {@link #MOST}. The server's own limit ({@code max-post-size}) is far above it.
 */
@Provider
@Priority(Priorities.ENTITY_CODER)
@Dependent
public class BodyLimitFilter implements ContainerRequestFilter {

    /** Longest body, in bytes. */
    public static final int MOST = 64 * 1024;

    /**
     * @throws RequestRefused if the body is longer
     * @throws IOException if it cannot be read
     */
    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        if (request.getLength() > MOST) {
            throw refused();
        }
        InputStream stream = request.getEntityStream();
        if (stream == null) {
            return;
        }
        byte[] body = stream.readNBytes(MOST + 1);
        if (body.length > MOST) {
            throw refused();
        }
        if (body.length > 0) {
            request.setEntityStream(new ByteArrayInputStream(body));
        }
    }

    private static RequestRefused refused() {
        return new RequestRefused(ProblemType.BODY_TOO_LARGE, "At most " + MOST + " bytes are read");
    }
}
