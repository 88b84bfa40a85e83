// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.signal;

import io.ifbus.sip.call.CallId;
import io.ifbus.sip.call.SipAction;

/**
 * The SIP stack as a call sees it.
 *
 * <p>Actions of one call arrive one at a time, in the order in which they must leave; different calls' at the same
 * time, on any thread. What cannot be sent comes back as {@link io.ifbus.sip.call.LegEvent.SendFailed}, now or later.
 */
@FunctionalInterface
public interface Signaling {
    /**
     * Sends, or queues for sending, and returns at once.
     *
     * @throws SignalingUnbound if there is no stack; nothing has been sent
     */
    void perform(CallId call, SipAction action);
}
