// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.control;

import io.ifbus.sip.call.Call;
import io.ifbus.sip.call.CallAction;
import io.ifbus.sip.call.CallEvent;
import io.ifbus.sip.call.Step;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

/**
 * One call in the register: its state, and what was decided but not done yet. Both change together by compare-and-set,
 * and one thread at a time does what was decided, so actions happen in the order in which they were decided whichever
 * threads the events came on. Nobody ever waits.
 */
final class CallRun {
    private record Now(Call call, List<CallAction> decided) {}

    private final AtomicReference<Now> now;
    private final AtomicInteger turns = new AtomicInteger();
    private final InstantSource clock;
    private final BiConsumer<CallRun, CallAction> performer;
    final Timers timers;
    final Admissions admissions = new Admissions();

    CallRun(Call call, InstantSource clock, Timers timers, BiConsumer<CallRun, CallAction> performer) {
        this.now = new AtomicReference<>(new Now(call, List.of()));
        this.clock = clock;
        this.timers = timers;
        this.performer = performer;
    }

    Call call() {
        return now.get().call();
    }

    /** Applies {@code event}; its actions are done on return unless another thread is at it. */
    void apply(CallEvent event) {
        admissions.heard(event);
        decide(event);
        if (turns.getAndIncrement() == 0) {
            int done = 1;
            do {
                performDecided();
                done = turns.addAndGet(-done);
            } while (done != 0);
        }
    }

    private void decide(CallEvent event) {
        Now before;
        Now after;
        do {
            before = now.get();
            Step step = before.call().on(event, clock.instant());
            List<CallAction> decided = new ArrayList<>(before.decided());
            decided.addAll(step.actions());
            after = new Now(step.next(), List.copyOf(decided));
        } while (!now.compareAndSet(before, after));
    }

    /** One action that fails unforeseen must not stop those behind it. */
    private void performOne(CallAction action) {
        try {
            performer.accept(this, action);
        } catch (RuntimeException e) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }

    private void performDecided() {
        List<CallAction> decided =
                now.getAndUpdate(n -> new Now(n.call(), List.of())).decided();
        decided.forEach(this::performOne);
    }
}
