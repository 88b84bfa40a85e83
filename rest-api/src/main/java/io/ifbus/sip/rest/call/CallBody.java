// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.call;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.ifbus.sip.call.EndCause;
import io.ifbus.sip.call.StateChange;
import io.ifbus.sip.control.CallSnapshot;
import io.ifbus.sip.rest.json.Json;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A call on the wire. What is not known yet is left out.
 *
 * @param callId {@code if://call/} and the uuid that stands for the call in URLs
 * @param createdAt like all times UTC in ISO 8601 with {@code Z}
 * @param duration of the talk so far, in whole seconds
 * @param result how it ended
 * @param hangupCause why it ended, or ends
 * @param history the changes of its state, oldest first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Call")
record CallBody(
        @Schema(examples = "if://call/3f1c2a9e-0000-4000-8000-000000000001")
        String callId,

        String traceId,

        @Schema(
                enumeration = {
                    "created",
                    "dialing",
                    "ringing",
                    "incoming",
                    "connected",
                    "on_hold",
                    "transferring",
                    "hanging_up",
                    "terminated"
                })
        String state,

        @Schema(enumeration = {"inbound", "outbound"}) String direction,
        String from,
        String to,
        @Schema(format = "date-time") String createdAt,
        @Schema(format = "date-time") String connectedAt,
        @Schema(format = "date-time") String endedAt,

        @Schema(description = "Of the talk so far, in whole seconds")
        long duration,

        @Schema(enumeration = {"completed", "no_answer", "busy", "failed", "cancelled"})
        String result,

        HangupCause hangupCause,
        List<Change> history) {

    /**
     * Why a call ended, or ends.
     *
     * @param code the SIP status that tells it best
     * @param by {@code api}, {@code caller}, {@code callee} or {@code system}
     */
    @Schema(name = "HangupCause")
    record HangupCause(
            @Schema(description = "The SIP status that tells it best", examples = "486")
            int code,

            String reason,

            @Schema(enumeration = {"api", "caller", "callee", "system"})
            String by) {

        static HangupCause of(EndCause cause) {
            return new HangupCause(cause.code(), cause.reason(), cause.by().word());
        }
    }

    /** One change of state; {@code sequence} counts from 1. */
    @Schema(name = "StateChange")
    record Change(
            long sequence,
            String state,
            @Schema(format = "date-time") String at) {

        static Change of(StateChange change) {
            return new Change(change.sequence(), change.state().word(), Json.time(change.at()));
        }
    }

    /** The call as it is. */
    static CallBody of(CallSnapshot call) {
        return of(call, call.history());
    }

    /** The call as it began: what the answer to a command to begin one says, however fast the first message leaves. */
    static CallBody begun(CallSnapshot call) {
        return of(call, call.history().subList(0, 1));
    }

    private static CallBody of(CallSnapshot call, List<StateChange> history) {
        return new CallBody(
                call.id().toString(),
                call.traceId(),
                history.get(history.size() - 1).state().word(),
                call.direction().word(),
                call.from(),
                call.to(),
                Json.time(call.createdAt()),
                call.connectedAt().map(Json::time).orElse(null),
                call.endedAt().map(Json::time).orElse(null),
                call.duration().toSeconds(),
                call.cause().map(cause -> cause.result().word()).orElse(null),
                call.cause().map(HangupCause::of).orElse(null),
                history.stream().map(Change::of).toList());
    }
}
