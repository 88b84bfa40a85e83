// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.wire;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Notes what is logged as an error or a warning while it is open. */
final class ErrorLog extends Handler implements AutoCloseable {
    private static final int MOST = 50;

    private final long since = System.nanoTime();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final AtomicInteger warnings = new AtomicInteger();

    ErrorLog() {
        Logger.getLogger("").addHandler(this);
    }

    List<String> errors() {
        return List.copyOf(errors);
    }

    int warnings() {
        return warnings.get();
    }

    /** How many warnings are allowed until now: one of each of so many kinds in ten seconds. */
    int allowance(int kinds) {
        return kinds * (1 + (int) Duration.ofNanos(System.nanoTime() - since).dividedBy(Duration.ofSeconds(10)));
    }

    @Override
    public void publish(LogRecord entry) {
        if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
            warnings.incrementAndGet();
        }
        if (entry.getLevel().intValue() >= Level.SEVERE.intValue() && errors.size() < MOST) {
            String text = String.valueOf(entry.getMessage()).lines().findFirst().orElse("");
            errors.add(entry.getLoggerName() + ": " + text
                    + (entry.getThrown() == null ? "" : " (" + entry.getThrown() + ")"));
        }
    }

    @Override
    public void flush() {
        // nothing is buffered
    }

    @Override
    public void close() {
        Logger.getLogger("").removeHandler(this);
    }
}
