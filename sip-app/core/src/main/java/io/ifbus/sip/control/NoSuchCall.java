// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.control;

import io.ifbus.sip.call.CallId;

/** There is no call of that id, or it ended too long ago. */
public final class NoSuchCall extends Refusal {
    public NoSuchCall(CallId id) {
        super(new Verdict(Verdict.Fault.CLIENT, "no-such-call", false), "No call " + id);
    }
}
