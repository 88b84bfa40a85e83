// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import io.ifbus.sip.dispatch.SerialQueues;
import java.io.Serializable;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.servlet.sip.ServletTimer;
import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.TimerListener;
import javax.servlet.sip.TimerService;
import org.mobicents.servlet.sip.core.session.MobicentsSipApplicationSession;
import org.mobicents.servlet.sip.core.timers.ServletTimerImpl;

/** JSR 289's timers (section 8): each expiry is work on its application session's queue. Safe for use by any thread. */
final class ServletTimers implements TimerService {
    private final Timers timers;
    private final SerialQueues queues;

    ServletTimers(Timers timers, SerialQueues queues) {
        this.timers = timers;
        this.queues = queues;
    }

    @Override
    public ServletTimer createTimer(SipApplicationSession owner, long delay, boolean isPersistent, Serializable info) {
        MobicentsSipApplicationSession session = usable(owner);
        ServletTimerImpl timer = new ServletTimerImpl(info, delay, listener(session), session);
        return started(timer, session, () -> timers.once(session, timer, delay, TimeUnit.MILLISECONDS));
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
        return started(timer, session, () -> timers.repeat(session, timer, delay, period, fixedDelay));
    }

    /** Alone with the session, or a timer could expire before the session knows it. */
    private ServletTimer started(
            ServletTimerImpl timer, MobicentsSipApplicationSession session, Supplier<ScheduledFuture<?>> schedule) {
        queues.alone(SerialQueues.sessionName(session.getKey().getId()), () -> {
            timer.setFuture(schedule.get());
            session.addServletTimer(timer);
        });
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
