// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.call;

import io.ifbus.sip.control.CallSnapshot;
import io.ifbus.sip.control.InvalidRequest;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Some of the calls on the wire, newest first.
 *
 * @param total how many there are in all
 */
@Schema(name = "Calls", description = "Newest first")
record CallPage(List<CallBody> calls, int total, int offset, int limit) {

    private static final int LARGEST = 1000;

    /** @throws InvalidRequest if {@code offset} or {@code limit} is out of bounds */
    static CallPage of(List<CallSnapshot> calls, int offset, int limit) {
        if (offset < 0) {
            throw new InvalidRequest("offset", "'offset' must be 0 or more");
        }
        if (limit < 1 || limit > LARGEST) {
            throw new InvalidRequest("limit", "'limit' must be from 1 to " + LARGEST);
        }
        List<CallBody> page =
                calls.stream().skip(offset).limit(limit).map(CallBody::of).toList();
        return new CallPage(page, calls.size(), offset, limit);
    }
}
