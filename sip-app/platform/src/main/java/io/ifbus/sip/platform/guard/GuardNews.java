// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.guard;

import static java.util.Objects.requireNonNull;

import io.ifbus.sip.guard.GuardListener;
import io.ifbus.sip.guard.GuardMeter;
import io.ifbus.sip.guard.GuardState;
import io.ifbus.sip.guard.RefusedBecause;
import java.util.List;

/** Tells the log, the meter and the listeners. A listener that breaks is logged and harms nobody else. */
final class GuardNews {

    private final GuardMeter meter;
    private final List<GuardListener> listeners;

    GuardNews(GuardMeter meter, List<GuardListener> listeners) {
        this.meter = requireNonNull(meter, "meter");
        this.listeners = List.copyOf(listeners);
    }

    void refused(String host, RefusedBecause reason) {
        meter.refused(host, reason);
    }

    void changed(String host, GuardState from, GuardState to) {
        if (to == GuardState.OPEN) {
            GuardLog.LOG.opened(host, from.word());
        } else {
            GuardLog.LOG.changed(host, from.word(), to.word());
        }
        for (GuardListener listener : listeners) {
            try {
                listener.changed(host, from, to);
            } catch (RuntimeException e) {
                GuardLog.LOG.listenerBroke(e);
            }
        }
    }
}
