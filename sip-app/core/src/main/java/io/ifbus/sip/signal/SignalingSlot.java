// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.signal;

import static java.util.Objects.requireNonNull;

import io.ifbus.sip.call.CallId;
import io.ifbus.sip.call.SipAction;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Room for one SIP stack. Core is made before the stack's module starts and cannot see it, so the stack binds itself
 * here when its servlet is initialised; readiness reads the same place. Safe for use by any thread.
 */
public final class SignalingSlot implements Signaling {
    private final AtomicReference<Signaling> bound = new AtomicReference<>();

    /** @throws IllegalStateException if another stack is bound */
    public void bind(Signaling signaling) {
        if (!bound.compareAndSet(null, requireNonNull(signaling, "signaling"))) {
            throw new IllegalStateException("a SIP stack is bound already");
        }
    }

    /** Empties the slot if {@code signaling} is in it. */
    public void unbind(Signaling signaling) {
        bound.compareAndSet(signaling, null);
    }

    public boolean isBound() {
        return bound.get() != null;
    }

    @Override
    public void perform(CallId call, SipAction action) {
        Signaling signaling = bound.get();
        if (signaling == null) {
            throw new SignalingUnbound();
        }
        signaling.perform(call, action);
    }
}
