// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The wire form of a refusal (RFC 9457 section 3.1).
 *
 * @param type {@code if://problem/} and the stable name
 * @param title one sentence, the same for each occurrence
 * @param status the HTTP status
 * @param detail what was wrong this time
 * @param field the name on the wire of the field, header or query parameter at fault
 * @param fault client, server, upstream or unknown
 * @param retryable whether the same request may be sent again later
 * @param state the call's, if that was in the way
 * @param allowed what is possible in that state
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Problem", description = "Problem details (RFC 9457) of a refused request")
public record Problem(
        @Schema(examples = "if://problem/invalid-request") String type,
        String title,
        int status,
        String detail,

        @Schema(description = "Wire name of the field, header or query parameter at fault")
        String field,

        @Schema(enumeration = {"client", "server", "upstream", "unknown"})
        String fault,

        boolean retryable,

        @Schema(description = "State of the call that was in the way")
        String state,

        @Schema(description = "What is possible in that state")
        List<String> allowed) {

    /** Media type of problem details. */
    public static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(ProblemType type, String detail, String field) {
        return new Problem(
                "if://problem/" + type.word(),
                type.title(),
                type.status(),
                detail,
                field,
                type.fault().name().toLowerCase(Locale.ROOT),
                type.retryable(),
                null,
                null);
    }

    /** This one, and what state was in the way. */
    Problem in(String callState, List<String> possible) {
        return new Problem(type, title, status, detail, field, fault, retryable, callState, possible);
    }

    static Problem of(ProblemType type, String detail) {
        return of(type, detail, null);
    }
}
