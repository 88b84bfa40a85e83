// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.control;

import io.ifbus.sip.call.TimerKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The timers of one call. Used by one thread at a time: the one that performs the call's actions. */
final class Timers {
    private final Map<TimerKey, Runnable> running = new HashMap<>();
    private final Timer timer;

    Timers(Timer timer) {
        this.timer = timer;
    }

    void start(TimerKey key, Duration delay, Consumer<TimerKey> fired) {
        stop(key);
        running.put(key, timer.start(delay, () -> fired.accept(key)));
    }

    void stop(TimerKey key) {
        Runnable stop = running.remove(key);
        if (stop != null) {
            stop.run();
        }
    }

    void stopAll() {
        running.values().forEach(Runnable::run);
        running.clear();
    }
}
