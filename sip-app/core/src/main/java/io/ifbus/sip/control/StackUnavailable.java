// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.control;

/** The SIP stack has not started or has been stopped. */
public final class StackUnavailable extends Refusal {
    StackUnavailable() {
        super(new Verdict(Verdict.Fault.SERVER, "sip-stack-unavailable", true), "The SIP stack is not available");
    }
}
