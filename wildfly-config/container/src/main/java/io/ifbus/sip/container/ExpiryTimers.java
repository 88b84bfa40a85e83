// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.mobicents.servlet.sip.core.session.MobicentsSipApplicationSession;
import org.mobicents.servlet.sip.core.timers.DefaultSasTimerTask;
import org.mobicents.servlet.sip.core.timers.SipApplicationSessionTimerService;
import org.mobicents.servlet.sip.core.timers.SipApplicationSessionTimerTask;

/** Ends application sessions at their expiry (JSR 289 section 6.1.2.1), on their own queues. */
final class ExpiryTimers implements SipApplicationSessionTimerService {
    private final Timers timers;

    ExpiryTimers(Timers timers) {
        this.timers = timers;
    }

    @Override
    public SipApplicationSessionTimerTask createSipApplicationSessionTimerTask(MobicentsSipApplicationSession session) {
        return new DefaultSasTimerTask(session);
    }

    @Override
    @SuppressWarnings("unchecked") // the engine's field has a type argument that it never uses
    public SipApplicationSessionTimerTask schedule(SipApplicationSessionTimerTask task, long delay, TimeUnit unit) {
        DefaultSasTimerTask expiry = (DefaultSasTimerTask) task;
        ScheduledFuture<?> future = timers.once(expiry.getSipApplicationSession(), expiry, delay, unit);
        expiry.setScheduledFuture((ScheduledFuture<MobicentsSipApplicationSession>) future);
        return expiry;
    }

    @Override
    public boolean cancel(SipApplicationSessionTimerTask task) {
        ScheduledFuture<?> future = ((DefaultSasTimerTask) task).getScheduledFuture();
        return future != null && future.cancel(false);
    }

    @Override
    public void start() {
        // the server's clock runs already
    }

    @Override
    public void stop() {
        // the clock is the server's and stops with it
    }

    @Override
    public boolean isStarted() {
        return true;
    }
}
