// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.call;

import io.ifbus.sip.call.CallId;
import io.ifbus.sip.call.TransferId;
import io.ifbus.sip.rest.problem.ProblemType;
import io.ifbus.sip.rest.problem.RequestRefused;

/** Calls and transfers as URLs name them. */
final class CallAddress {

    private CallAddress() {}

    /** @throws RequestRefused if it is no uuid */
    static CallId parse(String id) {
        return CallId.parse(id)
                .orElseThrow(() -> new RequestRefused(ProblemType.NO_SUCH_CALL, "A call's address has its uuid"));
    }

    /** @throws RequestRefused if it is no uuid */
    static TransferId transfer(String id) {
        return TransferId.parse(id)
                .orElseThrow(
                        () -> new RequestRefused(ProblemType.NO_SUCH_TRANSFER, "A transfer's address has its uuid"));
    }
}
