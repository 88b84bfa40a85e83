// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.signal;

/** There is no SIP stack: its application has not started or has been stopped. Nothing has been sent. */
public final class SignalingUnbound extends RuntimeException {
    public SignalingUnbound() {
        super("The SIP stack is not available");
    }
}
