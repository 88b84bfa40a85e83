// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.call;

import io.ifbus.sip.call.Dialing;
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
 * @param headers further headers for the INVITEs
 * @param mode {@code connect}, the default, or {@code leg}
 * @param earlyMedia the first party hears what the second's phone plays before it is answered
 * @param privacy the second party is not to learn who calls
 * @param record not built yet
 */
@Schema(
        name = "Originate",
        description = "Two parties to be rung and connected, or one",
        requiredProperties = {"from", "to"})
record OriginateBody(
        @Schema(
                description = "SIP URI of the party that is rung first; with mode 'leg' only shown as the caller",
                examples = "sip:alice@example.com")
        String from,

        @Schema(description = "SIP URI of the party that is rung next, or alone", examples = "sip:bob@example.com")
        String to,

        @Schema(description = "How long each may ring, in seconds", minimum = "1", maximum = "600")
        Integer timeout,

        @Schema(description = "Shown to 'to' as the name of 'from'")
        String callerIdName,

        @Schema(description = "Further headers for the INVITEs; those of the protocol cannot be given")
        Map<String, String> headers,

        @Schema(
                enumeration = {"connect", "leg"},
                description = "'leg' rings 'to' alone; it hears itself until the call is transferred")
        String mode,

        @Schema(description = "'from' hears what the phone of 'to' plays before it is answered")
        Boolean earlyMedia,

        @Schema(description = "'to' is not told who calls, unless its host is trusted")
        Boolean privacy,

        @Schema(description = "Not built yet") Boolean record) {

    private static final String CONNECT = "connect";
    private static final String LEG = "leg";

    /**
     * What core is asked for.
     *
     * @throws InvalidRequest if {@code mode} is unknown, or does not go with the rest
     * @throws io.ifbus.sip.rest.problem.RequestRefused if an option is asked for that is not built yet
     */
    OriginateCall.Request request(Optional<String> traceId) {
        if (Boolean.TRUE.equals(record)) {
            throw NotBuiltYet.refusal("record");
        }
        return new OriginateCall.Request(
                from,
                to,
                dialing(),
                Optional.ofNullable(timeout).map(Duration::ofSeconds),
                traceId,
                Optional.ofNullable(callerIdName),
                Boolean.TRUE.equals(privacy),
                given());
    }

    private Map<String, String> given() {
        if (headers == null) {
            return Map.of();
        }
        if (headers.containsValue(null)) {
            throw new InvalidRequest("headers", "'headers' must have texts for values");
        }
        return headers;
    }

    private Dialing dialing() {
        boolean early = Boolean.TRUE.equals(earlyMedia);
        if (LEG.equals(mode)) {
            if (early) {
                throw new InvalidRequest("early_media", "'early_media' needs two parties");
            }
            return Dialing.CALLEE_ALONE;
        }
        if (mode != null && !CONNECT.equals(mode)) {
            throw new InvalidRequest("mode", "'mode' is 'connect' or 'leg'");
        }
        return early ? Dialing.BOTH_WITH_EARLY_MEDIA : Dialing.BOTH;
    }
}
