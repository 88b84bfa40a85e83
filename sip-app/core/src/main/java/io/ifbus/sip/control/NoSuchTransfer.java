// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.control;

import io.ifbus.sip.call.TransferId;

/** The call has no transfer of that id. */
public final class NoSuchTransfer extends Refusal {
    public NoSuchTransfer(TransferId id) {
        super(new Verdict(Verdict.Fault.CLIENT, "no-such-transfer", false), "No transfer " + id);
    }
}
