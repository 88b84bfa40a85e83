// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.cdr;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.ifbus.sip.cdr.CdrCursor;
import io.ifbus.sip.cdr.CdrPage;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Some of the records on the wire, newest end first.
 *
 * @param nextCursor what gets the next page; left out if there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Cdrs", description = "Newest end first")
record CdrPageBody(
        List<CdrBody> cdrs,

        @Schema(description = "The parameter 'cursor' of the next page; left out on the last")
        String nextCursor) {

    static CdrPageBody of(CdrPage page) {
        return new CdrPageBody(
                page.records().stream().map(CdrBody::of).toList(),
                page.next().map(CdrCursor::text).orElse(null));
    }
}
