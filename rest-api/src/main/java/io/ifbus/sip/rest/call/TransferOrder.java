// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.call;

import io.ifbus.sip.call.CallId;
import io.ifbus.sip.call.Transfer;
import io.ifbus.sip.control.InvalidRequest;
import io.ifbus.sip.control.TransferCall;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What {@code POST .../transfers} takes.
 *
 * @param target SIP or tel URI of the party to hand over to
 * @param consult the transferor talks with the target first
 * @param replaces another call, whose far party is the target
 * @param transferor the side that leaves
 * @param method who makes the new call
 */
@Schema(name = "TransferOrder", description = "Either 'target' or 'replaces'")
record TransferOrder(
        @Schema(description = "SIP or tel URI of the party to hand over to", examples = "sip:carol@example.com")
        String target,

        @Schema(description = "The transferor talks with the target first; complete it when they are done")
        Boolean consult,

        @Schema(description = "Another call's id: its far party is the target")
        String replaces,

        @Schema(
                enumeration = {"caller", "callee"},
                description = "The side that leaves; the callee, or in a call with one party the empty side")
        String transferor,

        @Schema(
                enumeration = {"auto", "refer", "b2bua"},
                defaultValue = "auto",
                description = "The phone makes the new call (refer), or the server (b2bua); auto: the phone if it can")
        String method) {

    /** @throws InvalidRequest if a word is unknown */
    TransferCall.Request request() {
        return new TransferCall.Request(
                target,
                Boolean.TRUE.equals(consult),
                replaces == null ? null : call(replaces),
                Sides.parse("transferor", transferor),
                method == null ? Transfer.Method.AUTO : parsed(method));
    }

    private static CallId call(String id) {
        return CallId.read(id).orElseThrow(() -> new InvalidRequest("replaces", "'replaces' must be a call's id"));
    }

    private static Transfer.Method parsed(String word) {
        return Stream.of(Transfer.Method.values())
                .filter(m -> m.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new InvalidRequest("method", "'method' is 'auto', 'refer' or 'b2bua'"));
    }
}
