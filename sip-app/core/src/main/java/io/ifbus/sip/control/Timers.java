// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.control;

import io.ifbus.sip.call.TimerName;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/** The timers of one call. Used by one thread at a time: the one that performs the call's actions. */
final class Timers {
    private final Map<TimerName, Runnable> running = new EnumMap<>(TimerName.class);
    private final Timer timer;

    Timers(Timer timer) {
        this.timer = timer;
    }

    void start(TimerName name, Duration delay, Consumer<TimerName> fired) {
        stop(name);
        running.put(name, timer.start(delay, () -> fired.accept(name)));
    }

    void stop(TimerName name) {
        Runnable stop = running.remove(name);
        if (stop != null) {
            stop.run();
        }
    }

    void stopAll() {
        running.values().forEach(Runnable::run);
        running.clear();
    }
}
