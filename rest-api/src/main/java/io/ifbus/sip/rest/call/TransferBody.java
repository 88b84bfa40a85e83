// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.call;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.ifbus.sip.call.CallId;
import io.ifbus.sip.call.Transfer;
import io.ifbus.sip.rest.json.Json;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A transfer on the wire. What is not known yet is left out.
 *
 * @param code SIP status that tells best how it ended
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Transfer")
record TransferBody(
        @Schema(examples = "if://transfer/3f1c2a9e-0000-4000-8000-000000000002")
        String transferId,

        String callId,

        @Schema(enumeration = {"blind", "attended", "join", "replacement"})
        String kind,

        @Schema(
                enumeration = {"auto", "refer", "b2bua"},
                description = "Who makes the new call: the phone (refer), or the server (b2bua)")
        String method,

        @Schema(
                enumeration = {"caller", "callee"},
                description = "The side that leaves")
        String transferor,

        String target,

        @Schema(
                enumeration = {
                    "requested",
                    "dialing",
                    "ringing",
                    "consulting",
                    "joining",
                    "referring",
                    "completed",
                    "failed"
                })
        String state,

        @Schema(description = "SIP status that tells best how it ended")
        Integer code,

        String reason,
        @Schema(format = "date-time") String createdAt,
        @Schema(format = "date-time") String endedAt) {

    static TransferBody of(CallId call, Transfer transfer) {
        boolean ended = transfer.hasEnded();
        return new TransferBody(
                transfer.id().toString(),
                call.toString(),
                transfer.kind().word(),
                transfer.method().word(),
                transfer.transferor().word(),
                transfer.target(),
                transfer.state().word(),
                ended ? transfer.code() : null,
                ended ? transfer.reason() : null,
                Json.time(transfer.createdAt()),
                transfer.endedAt().map(Json::time).orElse(null));
    }
}
