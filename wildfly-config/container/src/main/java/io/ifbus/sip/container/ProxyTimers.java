// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Map;
import java.util.TimerTask;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.mobicents.servlet.sip.core.session.MobicentsSipApplicationSession;
import org.mobicents.servlet.sip.core.timers.ProxyTimerService;
import org.mobicents.servlet.sip.proxy.ProxyBranchTimerTask;

/**
 * The timers of proxy branches (RFC 3261 section 16.8, Timer C), each on its application session's queue: a busy session
 * gets it later, but gets it. Safe for use by any thread.
 */
final class ProxyTimers implements ProxyTimerService {
    private static final VarHandle SESSION = session();

    private final Timers timers;
    private final Map<TimerTask, ScheduledFuture<?>> set = new ConcurrentHashMap<>();

    ProxyTimers(Timers timers) {
        this.timers = timers;
    }

    /** The engine's task knows its session, and shows it to nobody. */
    private static VarHandle session() {
        try {
            return MethodHandles.privateLookupIn(ProxyBranchTimerTask.class, MethodHandles.lookup())
                    .findVarHandle(
                            ProxyBranchTimerTask.class, "sipApplicationSession", MobicentsSipApplicationSession.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @Override
    public void schedule(TimerTask task, long delay) {
        MobicentsSipApplicationSession session = (MobicentsSipApplicationSession) SESSION.get(task);
        set.put(
                task,
                timers.once(
                        session,
                        () -> {
                            if (set.remove(task) != null) { // else it was cancelled while it waited
                                task.run();
                            }
                        },
                        delay,
                        TimeUnit.MILLISECONDS));
    }

    @Override
    public void cancel(TimerTask task) {
        task.cancel();
        ScheduledFuture<?> future = set.remove(task);
        if (future != null) {
            future.cancel(false);
        }
    }

    @Override
    public void start() {
        // the server's clock runs already
    }

    @Override
    public void stop() {
        set.clear();
    }

    @Override
    public boolean isStarted() {
        return true;
    }
}
