// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.cdr;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.ifbus.sip.cdr.Cdr;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A call detail record on the wire. All is there but {@code connectTime} if nobody talked; {@code cost} is null if
 * nobody priced the call.
 *
 * @param startTime like all times UTC in ISO 8601 with {@code Z}
 * @param duration of the talk, in whole seconds
 */
@Schema(name = "Cdr", description = "What is kept of a call when it is over")
record CdrBody(
        @Schema(examples = "if://call/3f1c2a9e-0000-4000-8000-000000000001")
        String callId,

        String traceId,
        @Schema(enumeration = {"inbound", "outbound"}) String direction,
        String from,
        String to,
        @Schema(format = "date-time") String startTime,

        @Schema(format = "date-time", description = "Left out if nobody talked")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        String connectTime,

        @Schema(format = "date-time") String endTime,

        @Schema(description = "Of the talk, in whole seconds")
        long duration,

        @Schema(enumeration = {"completed", "no_answer", "busy", "failed", "cancelled"})
        String result,

        Cause hangupCause,

        @Schema(description = "In US dollars; null if nobody priced the call", nullable = true)
        BigDecimal cost,

        @Schema(description = "What else is known, by name") Map<String, String> details) {

    /** Why the call ended. */
    @Schema(name = "CdrHangupCause")
    record Cause(
            @Schema(description = "The SIP status that tells it best", examples = "486")
            int code,

            String reason,

            @Schema(enumeration = {"api", "caller", "callee", "system"})
            String by) {}

    static CdrBody of(Cdr record) {
        return new CdrBody(
                record.callId().toString(),
                record.traceId(),
                record.direction().word(),
                record.from(),
                record.to(),
                record.startTime().toString(),
                record.connectTime().map(Instant::toString).orElse(null),
                record.endTime().toString(),
                record.duration().toSeconds(),
                record.result().word(),
                cause(record.hangupCause()),
                record.cost().orElse(null),
                record.details());
    }

    private static Cause cause(Cdr.HangupCause cause) {
        return new Cause(cause.code(), cause.reason(), cause.by().word());
    }
}
