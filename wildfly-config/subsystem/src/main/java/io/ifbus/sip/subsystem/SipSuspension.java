// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.subsystem;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jboss.as.server.suspend.ServerResumeContext;
import org.jboss.as.server.suspend.ServerSuspendContext;
import org.jboss.as.server.suspend.SuspendableActivity;

/**
 * Suspends SIP together with the server: new calls are refused at once, and the suspension is complete when the last
 * dialog has ended. Whoever suspended the server decides how long to wait for that.
 */
final class SipSuspension implements SuspendableActivity {
    /** The part of a SIP server that is suspended. */
    interface Signaling {
        /** Answers new calls 503 with this Retry-After from now on. */
        void suspend(int retryAfterSeconds);

        void resume();

        /** Dialogs that live now. */
        int dialogCount();

        /** Whether messages wait or are being worked on: a call that came before may not have its dialog yet. */
        boolean isWorking();
    }

    private static final long LOOK_EVERY_MILLIS = 100;

    private final Signaling signaling;
    private final int retryAfterSeconds;
    private final Executor later;
    private volatile CompletableFuture<Void> draining = CompletableFuture.completedFuture(null);
    private volatile boolean announced; // not at boot, where nothing was running before

    SipSuspension(Signaling signaling, int retryAfterSeconds, Executor executor) {
        this.signaling = signaling;
        this.retryAfterSeconds = retryAfterSeconds;
        this.later = CompletableFuture.delayedExecutor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS, executor);
    }

    @Override
    public CompletionStage<Void> suspend(ServerSuspendContext context) {
        signaling.suspend(retryAfterSeconds);
        if (context.isStarting()) {
            return COMPLETED;
        }
        announced = true;
        SubsystemLogger.LOG.suspended(signaling.dialogCount());
        CompletableFuture<Void> drained = new CompletableFuture<>();
        draining = drained;
        look(drained);
        return drained;
    }

    /** Until the last dialog has ended, or nobody waits any more, or the server is resumed. */
    private void look(CompletableFuture<Void> drained) {
        if (drained.isDone()) {
            return;
        }
        try {
            if (signaling.isWorking() || signaling.dialogCount() > 0) {
                later.execute(() -> look(drained));
            } else if (drained.complete(null)) {
                SubsystemLogger.LOG.drained();
            }
        } catch (RuntimeException e) { // or the server would wait for ever
            drained.completeExceptionally(e);
        }
    }

    @Override
    public CompletionStage<Void> resume(ServerResumeContext context) {
        draining.cancel(false); // a suspension that did not come to its end is no longer one
        signaling.resume();
        if (announced) {
            announced = false;
            SubsystemLogger.LOG.resumed();
        }
        return COMPLETED;
    }
}
