// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import java.io.Serializable;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.servlet.sip.ServletTimer;
import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.TimerListener;
import javax.servlet.sip.TimerService;
import org.mobicents.servlet.sip.core.session.MobicentsSipApplicationSession;
import org.mobicents.servlet.sip.core.timers.ServletTimerImpl;

/** JSR 289's timers (section 8): each expiry is work on its application session's queue. Safe for use by any thread. */
final class ServletTimers implements TimerService {
    private final Timers timers;

    ServletTimers(Timers timers) {
        this.timers = timers;
    }

    @Override
    public ServletTimer createTimer(SipApplicationSession owner, long delay, boolean isPersistent, Serializable info) {
        MobicentsSipApplicationSession session = usable(owner);
        ServletTimerImpl timer = new ServletTimerImpl(info, delay, listener(session), session);
        ScheduledFuture<?> future = timers.once(session, timer, delay, TimeUnit.MILLISECONDS);
        return started(timer, future, session);
    }

    @Override
    public ServletTimer createTimer(
            SipApplicationSession owner,
            long delay,
            long period,
            boolean fixedDelay,
            boolean isPersistent,
            Serializable info) {
        if (period < 1) {
            throw new IllegalArgumentException("period must be at least 1 ms, was " + period);
        }
        MobicentsSipApplicationSession session = usable(owner);
        ServletTimerImpl timer = new ServletTimerImpl(info, delay, fixedDelay, period, listener(session), session);
        ScheduledFuture<?> future = fixedDelay
                ? timers.fixedDelay(session, timer, delay, period)
                : timers.fixedRate(session, timer, delay, period);
        return started(timer, future, session);
    }

    private static ServletTimer started(
            ServletTimerImpl timer, ScheduledFuture<?> future, MobicentsSipApplicationSession session) {
        timer.setFuture(future);
        session.addServletTimer(timer);
        return timer;
    }

    private static MobicentsSipApplicationSession usable(SipApplicationSession owner) {
        if (!owner.isValid()) {
            throw new IllegalStateException("the application session has been invalidated");
        }
        return (MobicentsSipApplicationSession) owner;
    }

    private static TimerListener listener(MobicentsSipApplicationSession session) {
        TimerListener listener = session.getSipContext().getListeners().getTimerListener();
        if (listener == null) {
            throw new IllegalStateException("the application declares no TimerListener; annotate it with @SipListener");
        }
        return listener;
    }
}
