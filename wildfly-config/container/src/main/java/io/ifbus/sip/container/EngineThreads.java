// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import io.ifbus.sip.dispatch.SerialQueue;
import io.ifbus.sip.dispatch.SerialQueues;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.mobicents.servlet.sip.core.session.MobicentsSipApplicationSession;

/**
 * Where the engine's threads are: inside which application, alone with which sessions. The engine enters and leaves in
 * pairs, on one thread, the last entered first, and does not keep what it needs to leave; this does, per thread.
 */
final class EngineThreads {
    private static final ThreadLocal<Deque<ApplicationEnvironment.Setup>> SETUPS =
            ThreadLocal.withInitial(ArrayDeque::new);
    /** The queues the calling thread has entered, innermost first; empty for a session that has no queue any more. */
    private static final ThreadLocal<Deque<Optional<SerialQueue>>> ENTERED = ThreadLocal.withInitial(ArrayDeque::new);

    private final ApplicationEnvironment environment;
    private final SerialQueues queues;

    EngineThreads(ApplicationEnvironment environment, SerialQueues queues) {
        this.environment = environment;
        this.queues = queues;
    }

    void enterContext() {
        SETUPS.get().push(environment.enter());
    }

    void exitContext(ClassLoader previous) {
        SETUPS.get().pop().undo();
        Thread.currentThread().setContextClassLoader(previous);
    }

    /**
     * Waits until the calling thread is alone with {@code session}.
     *
     * @throws IllegalStateException as {@link SerialQueue#enter} does; nothing has been entered
     */
    void enterSession(MobicentsSipApplicationSession session) {
        Optional<SerialQueue> queue = Optional.ofNullable(session)
                .map(known ->
                        queues.find(SerialQueues.sessionName(known.getKey().getId())));
        Deque<Optional<SerialQueue>> entered = ENTERED.get();
        try {
            queue.ifPresent(SerialQueue::enter);
        } catch (RuntimeException | Error e) {
            if (!entered.isEmpty()) {
                entered.push(Optional.empty()); // for the exit that follows; it must not leave what is around it
            }
            throw e;
        }
        entered.push(queue);
    }

    /** Does nothing where nothing was entered: the engine also leaves what it failed to enter. */
    void exitSession() {
        Optional<SerialQueue> entered = ENTERED.get().poll();
        if (entered != null) {
            entered.ifPresent(SerialQueue::exit);
        }
    }
}
