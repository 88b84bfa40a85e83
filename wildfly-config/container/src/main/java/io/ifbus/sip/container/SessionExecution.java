// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import io.ifbus.sip.dispatch.SerialQueues;
import io.ifbus.sip.spi.SerialExecution;
import java.util.function.BooleanSupplier;
import javax.servlet.sip.SipApplicationSession;
import org.mobicents.servlet.sip.core.session.MobicentsSipApplicationSession;

/** Gives an application's own threads a place in the order of its sessions. Safe for use by any thread. */
final class SessionExecution implements SerialExecution {
    private final SerialQueues queues;
    private final ApplicationEnvironment environment;
    private final BooleanSupplier stopping;

    SessionExecution(SerialQueues queues, ApplicationEnvironment environment, BooleanSupplier stopping) {
        this.queues = queues;
        this.environment = environment;
        this.stopping = stopping;
    }

    @Override
    public void execute(SipApplicationSession session, Runnable task) {
        if (stopping.getAsBoolean() || !session.isValid()) {
            throw new IllegalStateException("the application session " + session.getId() + " has ended");
        }
        String id = ((MobicentsSipApplicationSession) session).getKey().getId();
        queues.execute(SerialQueues.sessionName(id), () -> runInside(task));
    }

    /** Runs {@code task} on the calling thread as the application's own; not at all once the application stops. */
    void runInside(Runnable task) {
        if (stopping.getAsBoolean()) {
            return; // what it would have used is gone
        }
        ApplicationEnvironment.Setup setup = environment.enter();
        try {
            task.run();
        } finally {
            setup.undo();
        }
    }
}
