// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.TimerTask;
import java.util.concurrent.TimeUnit;
import org.mobicents.javax.servlet.sip.ResponseType;
import org.mobicents.servlet.sip.core.session.MobicentsSipApplicationSession;
import org.mobicents.servlet.sip.core.timers.ProxyTimerService;
import org.mobicents.servlet.sip.proxy.ProxyBranchImpl;
import org.mobicents.servlet.sip.proxy.ProxyBranchTimerTask;

/**
 * The timers of proxy branches (RFC 3261 section 16.8, Timer C), each on its application session's queue: a busy session
 * gets it later, but gets it. The engine cancels its task and tells nobody, so each {@linkplain CallProxyBranch branch}
 * keeps what was set for it. Safe for use by any thread.
 */
final class ProxyTimers implements ProxyTimerService {
    private static final VarHandle SESSION = field("sipApplicationSession", MobicentsSipApplicationSession.class);
    private static final VarHandle BRANCH = field("proxyBranch", ProxyBranchImpl.class);
    private static final VarHandle AWAITED = field("responseType", ResponseType.class);

    private final Timers timers;

    ProxyTimers(Timers timers) {
        this.timers = timers;
    }

    /** The engine's task knows whose it is, and shows it to nobody. */
    private static VarHandle field(String name, Class<?> type) {
        try {
            return MethodHandles.privateLookupIn(ProxyBranchTimerTask.class, MethodHandles.lookup())
                    .findVarHandle(ProxyBranchTimerTask.class, name, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @Override
    public void schedule(TimerTask task, long delay) {
        MobicentsSipApplicationSession session = (MobicentsSipApplicationSession) SESSION.get(task);
        CallProxyBranch branch = (CallProxyBranch) (ProxyBranchImpl) BRANCH.get(task);
        branch.awaits((ResponseType) AWAITED.get(task), timers.once(session, task::run, delay, TimeUnit.MILLISECONDS));
    }

    @Override
    public void cancel(TimerTask task) {
        task.cancel(); // its branch takes it off the clock
    }

    @Override
    public void start() {
        // the server's clock runs already
    }

    @Override
    public void stop() {
        // with the server's clock
    }

    @Override
    public boolean isStarted() {
        return true;
    }
}
