// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.spi;

import javax.servlet.sip.SipApplicationSession;

/**
 * Runs work on the serial queue of one SIP application session.
 *
 * <p>Messages, timers and work handed over here run one after the other, in the order in which they were queued, so a
 * task may use the session and its SIP sessions without a lock. Obtained by {@code @Inject} or {@code @Resource} in any
 * component of a deployment that has SIP servlets. Safe for use by any thread.
 */
public interface SerialExecution {
    /**
     * Queues {@code task} behind what {@code session} has still to do, and returns at once, also when called from the
     * queue itself. The task runs with the application's class loader, naming context and CDI request scope. What the
     * task throws is logged and ends that task only.
     *
     * @throws IllegalStateException if the session is invalid or the application is being undeployed; the task will
     *     not run
     */
    void execute(SipApplicationSession session, Runnable task);
}
