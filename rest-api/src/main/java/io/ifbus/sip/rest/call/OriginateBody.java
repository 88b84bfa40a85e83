// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.call;

import io.ifbus.sip.control.InvalidRequest;
import io.ifbus.sip.control.OriginateCall;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What {@code POST /v1/calls} takes. Core checks the values; here is checked only what core does not know.
 *
 * @param from SIP URI of the party that is rung first
 * @param to SIP URI of the party that is rung next
 * @param timeout how long each may ring, in seconds
 * @param callerIdName shown to {@code to} as the name of {@code from}
 * @param headers {@code X-IF-*} headers for the INVITEs
 * @param mode {@code connect}, the default; {@code leg} is not built yet
 * @param earlyMedia not built yet
 * @param record not built yet
 */
@Schema(
        name = "Originate",
        description = "Two parties to be rung and connected",
        requiredProperties = {"from", "to"})
record OriginateBody(
        @Schema(description = "SIP URI of the party that is rung first", examples = "sip:alice@example.com")
        String from,

        @Schema(description = "SIP URI of the party that is rung next", examples = "sip:bob@example.com")
        String to,

        @Schema(description = "How long each may ring, in seconds", minimum = "1", maximum = "600")
        Integer timeout,

        @Schema(description = "Shown to 'to' as the name of 'from'")
        String callerIdName,

        @Schema(description = "X-IF-* headers for the INVITEs")
        Map<String, String> headers,

        @Schema(
                enumeration = {"connect", "leg"},
                description = "'leg' is not built yet")
        String mode,

        @Schema(description = "Not built yet") Boolean earlyMedia,
        @Schema(description = "Not built yet") Boolean record) {

    private static final String CONNECT = "connect";
    private static final String LEG = "leg";

    /**
     * What core is asked for.
     *
     * @throws InvalidRequest if {@code mode} is unknown
     * @throws io.ifbus.sip.rest.problem.RequestRefused if an option is asked for that is not built yet
     */
    OriginateCall.Request request(Optional<String> traceId) {
        if (LEG.equals(mode)) {
            throw NotBuiltYet.refusal("mode leg");
        }
        if (mode != null && !CONNECT.equals(mode)) {
            throw new InvalidRequest("mode", "'mode' is 'connect' or 'leg'");
        }
        refuseIfAsked("early_media", earlyMedia);
        refuseIfAsked("record", record);
        return new OriginateCall.Request(
                from,
                to,
                Optional.ofNullable(timeout).map(Duration::ofSeconds),
                traceId,
                Optional.ofNullable(callerIdName),
                headers == null ? Map.of() : headers);
    }

    private static void refuseIfAsked(String option, Boolean asked) {
        if (Boolean.TRUE.equals(asked)) {
            throw NotBuiltYet.refusal(option);
        }
    }
}
